import { type Instant, millis } from "../../../schema/primitives.ts";

/**
 * A moment on two clocks: the gateway's, which tests and demonstrations move, and the machine's, which only goes on.
 * What is older by either is too old.
 */
export type Mark = { at: Instant; clock: number; machine: number };

export const markOf = (at: Instant): Mark => ({ at, clock: millis(at), machine: performance.now() });

export const msBetween = (earlier: Mark, later: Mark): number =>
  Math.max(Math.abs(later.clock - earlier.clock), later.machine - earlier.machine);
