import { type Instant, millis } from "../../schema/primitives.ts";

/** How far something long has come, and how fast it was of late: measured over stretches of some seconds. */
export type Pace = {
  done: number;
  total: number | null;
  paceAt: Instant;
  paceDone: number;
  perSecond: number | null;
};

const stretchSeconds = 5;

/** So many more are done. `isNews`: a stretch has ended with them, and there is something to tell. */
export const goOn = (
  pace: Pace,
  { more, total, at }: { more: number; total?: number; at: Instant },
): { pace: Pace; isNews: boolean } => {
  const done = pace.done + more;
  // Whoever signs up while it is read comes on top.
  const known = total ?? pace.total;
  const next = { ...pace, done, total: known === null ? null : Math.max(known, done) };
  const seconds = (millis(at) - millis(pace.paceAt)) / 1000;
  if (seconds < stretchSeconds) return { pace: next, isNews: false };
  const perSecond = Math.round((10 * (done - pace.paceDone)) / seconds) / 10;
  return { pace: { ...next, paceAt: at, paceDone: done, perSecond }, isNews: true };
};

/** Nothing where the total or the speed is not known. */
export const secondsLeft = ({ done, total, perSecond }: Pace): number | undefined =>
  total === null || !perSecond ? undefined : Math.ceil((total - done) / perSecond);
