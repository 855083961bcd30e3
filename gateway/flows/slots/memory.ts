import type { Slot } from "../../../schema/adapter.ts";
import type { Mark } from "./mark.ts";

/** What a platform answered. `asked`: when it was asked, so that the answer is never younger than it says. */
export type Remembered = { slots: readonly Slot[]; asked: Mark };

export type Memory = {
  get(key: string): Remembered | undefined;
  keep(key: string, answer: Remembered): void;
};

/**
 * The last good answers of one platform. The one that was renewed longest ago is forgotten first, so that whoever
 * asks something new each time drives out what others did and not what everybody asks.
 */
export const createMemory = (limits: { answers: number; slots: number }): Memory => {
  const answers = new Map<string, Remembered>();
  let slots = 0;
  const forget = (key: string, { slots: own }: Remembered) => {
    answers.delete(key);
    slots -= own.length;
  };
  return {
    get: (key) => answers.get(key),
    keep: (key, answer) => {
      const before = answers.get(key);
      // A call that was overtaken by a later one brings older news.
      if (before && before.asked.machine > answer.asked.machine) return;
      if (before) forget(key, before);
      answers.set(key, answer);
      slots += answer.slots.length;
      for (const [oldest, its] of answers) {
        if ((answers.size <= limits.answers && slots <= limits.slots) || oldest === key) return;
        forget(oldest, its);
      }
    },
  };
};
