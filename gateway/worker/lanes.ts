import type { AdapterError } from "../../schema/adapter.ts";
import { type Instant, instant, millis } from "../../schema/primitives.ts";

/** How many orders of one lane run at once: one that hangs takes these places, and no other's. */
const placesEach = 8;

/**
 * Which orders may run now. Each lane has places of its own; one whose platform said when to come back rests until then
 * and is then tried with one order, until a call ends without being told to wait.
 */
export const createLanes = (now: () => Instant) => {
  const running = new Map<string, number>();
  const rests = new Map<string, Instant>();

  const placesOf = (lane: string): number => {
    const until = rests.get(lane);
    if (until === undefined) return placesEach;
    return until > now() ? 0 : 1;
  };

  return {
    /** The lanes whose orders are to wait. */
    closed: (): string[] =>
      [...new Set([...running.keys(), ...rests.keys()])].filter(
        (lane) => (running.get(lane) ?? 0) >= placesOf(lane),
      ),
    /** Takes a place of that lane; `false` where none is left. */
    enter: (lane: string): boolean => {
      const count = running.get(lane) ?? 0;
      if (count >= placesOf(lane)) return false;
      running.set(lane, count + 1);
      return true;
    },
    leave: (lane: string): void => {
      const left = (running.get(lane) ?? 1) - 1;
      if (left > 0) running.set(lane, left);
      else running.delete(lane);
    },
    /** How a call for an order of that lane ended. */
    heard: (lane: string, error?: AdapterError): void => {
      const seconds = error?.retryAfterSeconds;
      if (seconds) rests.set(lane, instant(millis(now()) + seconds * 1000));
      else rests.delete(lane);
    },
  };
};
