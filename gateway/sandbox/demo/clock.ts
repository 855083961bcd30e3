import { type Instant, instant, millis } from "../../../schema/primitives.ts";

/** A clock that runs as many times faster as it is told; waiting on it shortens alike. */
export const fastClock = (start: Instant) => {
  let speed = 1;
  let [base, since] = [millis(start), performance.now()];
  const current = () => base + (performance.now() - since) * speed;
  return {
    now: () => instant(current()),
    sleep: (milliseconds: number) =>
      new Promise<void>((resolve) => void setTimeout(resolve, milliseconds / speed)),
    run: (faster: number) => {
      [base, since] = [current(), performance.now()];
      speed = faster;
    },
    jumpTo: (at: Instant) => {
      [base, since] = [millis(at), performance.now()];
    },
  };
};
export type FastClock = ReturnType<typeof fastClock>;

/** Chance that repeats from its seed (mulberry32). */
export const seeded = (seed: number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};
