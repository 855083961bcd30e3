import { instant, millis } from "../../../schema/primitives.ts";
import { lastInvitation } from "../../core/hours.ts";
import { createClock } from "../clock.ts";
import { type Evening, type Left, minutesAfter } from "../evening.ts";
import { missedAt, type Outcome, type Question } from "../outcome.ts";
import type { Person } from "../people.ts";

/** What a strategy does when something is heard. */
type Ears = {
  yes(question: Question): void;
  no?(question: Question): void;
  /** Someone who was promised a dose stayed away, and it is free again. */
  missed?(left: Left): void;
};

/**
 * An evening for a strategy that asks people by itself: messages go out in the authority's order, nobody gets two
 * in an evening, and answers come back as the people's fates have it.
 */
export const createAsking = (evening: Evening) => {
  const clock = createClock(Math.min(...evening.left.map(({ at }) => at)));
  const outcome: Outcome = [];
  const asked = new Set<Person>();
  const places = evening.order.map(() => 0);
  const free = evening.left.map(({ doses }) => doses);
  let ears: Ears = { yes: () => undefined };

  const nextFor = ({ index }: Left): Person | undefined => {
    const list = evening.order[index] ?? [];
    let place = places[index] ?? 0;
    for (let person = list[place]; person && asked.has(person); person = list[place]) place += 1;
    places[index] = place;
    return list[place];
  };

  const hear = (question: Question) => {
    const { fate } = question.person;
    if (!fate.isReached || fate.answer === "silence") return;
    clock.plan(minutesAfter(clock.now(), fate.delay + fate.minutes), () => {
      if (fate.answer === "no") return ears.no?.(question);
      question.yesAt = clock.now();
      ears.yes(question);
    });
  };

  return {
    clock,
    freeOf: ({ index }: Left) => free[index] ?? 0,
    /** Whether an invitation may still leave; the last moment is the policy's for all. */
    mayAsk: ({ usableUntil }: Left) =>
      clock.now() <= millis(lastInvitation(evening.rules, instant(usableUntil))),
    /** Writes to the next in the order, who may answer for so long; nothing where nobody is left. */
    ask: (left: Left, minutes: number): Question | undefined => {
      const person = nextFor(left);
      if (!person) return undefined;
      asked.add(person);
      const until = Math.min(left.deadline, minutesAfter(clock.now(), minutes));
      const question: Question = {
        ...{ person, left, askedAt: clock.now(), isStandby: false, gotIt: false, foundNone: false },
        windowEndsAt: person.fate.isReached ? until : undefined,
      };
      outcome.push(question);
      hear(question);
      return question;
    },
    /** Gives a free dose to whoever said yes in time to come; `false` where there is none. */
    promise: (question: Question): boolean => {
      const { left } = question;
      if ((free[left.index] ?? 0) <= 0 || clock.now() > left.deadline) return false;
      free[left.index] = (free[left.index] ?? 0) - 1;
      question.promisedAt = clock.now();
      question.gotIt = question.person.fate.comes;
      const missed = missedAt(evening, left, question);
      if (missed === undefined) return true;
      clock.plan(missed, () => {
        free[left.index] = (free[left.index] ?? 0) + 1;
        ears.missed?.(left);
      });
      return true;
    },
    /** Begins with each surplus as it is announced, and goes on until nothing more can happen. */
    play: async (begin: (left: Left) => void, heard: Ears): Promise<Outcome> => {
      ears = heard;
      for (const left of evening.left) clock.plan(left.at, () => begin(left));
      await clock.play();
      return outcome;
    },
  };
};
