import type { Arrival } from "./decide.ts";
import type { Outcome } from "./take-in.ts";

/** Somebody who has come and whose registration has been read; `since`: as `performance.now()` tells it. */
export type Waiting = { arrival: Arrival; since: number; settle(outcome: Outcome): void };

/** Those who are not being written yet, in the order in which they came or came back. */
export const openWaitingRoom = () => {
  let there: Waiting[] = [];
  const callOut = (which: readonly Waiting[]): readonly Waiting[] => {
    const called = new Set(which);
    if (called.size > 0) there = there.filter((each) => !called.has(each));
    return which;
  };
  return {
    size: () => there.length,
    enter: (one: Waiting) => void there.push(one),
    /** Since when the next of them has been there; never where there is nobody. */
    since: (): number => there[0]?.since ?? Number.POSITIVE_INFINITY,
    /** Behind everybody else: the same person a thousand times would keep all others waiting. */
    comeBack: (those: readonly Waiting[]) => void there.push(...those),
    /** Whoever came first, and those who came after them to the same region: no transaction writes for two regions. */
    next(atMost: number): readonly Waiting[] {
      const region = there[0]?.arrival.input.region;
      return callOut(there.filter(({ arrival }) => arrival.input.region === region).slice(0, atMost));
    },
    /** Whoever has been there since before that moment. */
    tired: (before: number): readonly Waiting[] => callOut(there.filter(({ since }) => since < before)),
  };
};
