import { type Instant, instant, millis } from "../../schema/primitives.ts";

export type Clock = {
  now(): Instant;
  /** Waits no real time: the clock is put forward, and whatever else is ready runs first. */
  sleep(milliseconds: number): Promise<void>;
  set(at: Instant): void;
};

/** A clock that stands still unless somebody sleeps. */
export const createClock = (start: Instant): Clock => {
  let at = millis(start);
  return {
    now: () => instant(at),
    sleep: async (milliseconds) => {
      // Two who sleep at once sleep through the same minutes.
      const until = at + milliseconds;
      await new Promise((resolve) => setImmediate(resolve));
      at = Math.max(at, until);
    },
    set: (next) => {
      at = millis(next);
    },
  };
};
