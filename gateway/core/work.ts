import { type Instant, millis } from "../../schema/primitives.ts";
import type { WorkState } from "../../schema/work.ts";

/* How far long work has come, and what may still be done with it. */

type Progress = { done: number; total?: number; startedAt?: Instant };

/** By its own pace so far; nothing before that tells anything. */
export const secondsLeft = ({ done, total, startedAt }: Progress, now: Instant): number | null => {
  if (total === undefined || startedAt === undefined || done === 0) return null;
  const seconds = (millis(now) - millis(startedAt)) / 1000;
  if (seconds <= 0) return null;
  return Math.ceil((Math.max(0, total - done) * seconds) / done);
};

/** Whether it goes on, or will: nobody has ended it yet. */
export const isOpen = (state: WorkState): boolean =>
  state === "proposed" || state === "waiting" || state === "running" || state === "stopping";

/** Whether somebody may still stop it. */
export const isStoppable = (state: WorkState): boolean => isOpen(state) && state !== "stopping";
