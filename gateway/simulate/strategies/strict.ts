import { type Evening, type Left, minutesAfter } from "../evening.ts";
import type { Outcome, Question } from "../outcome.ts";
import { createAsking } from "./asking.ts";

const halfHour = 30;

/**
 * One person for each dose, who alone may say yes for half an hour; then the next. A late yes finds the dose at
 * another's. The rule of the Belgian reserve lists in 2021 (qvax.org/flows): half an hour to react;
 * no reaction, and the invitation goes to the next.
 */
export const strict = (evening: Evening): Promise<Outcome> => {
  const asking = createAsking(evening);
  const { clock } = asking;
  const holders = new Set<Question>();

  const askNext = (left: Left) => {
    const question = asking.mayAsk(left) ? asking.ask(left, halfHour) : undefined;
    if (!question) return;
    holders.add(question);
    const until = Math.min(left.deadline, minutesAfter(clock.now(), halfHour));
    clock.plan(until + 1, () => {
      if (holders.delete(question)) askNext(left);
    });
  };

  return asking.play(
    (left) => {
      for (let dose = 0; dose < left.doses; dose += 1) askNext(left);
    },
    {
      yes: (question) => holders.delete(question) && asking.promise(question),
      no: (question) => holders.delete(question) && askNext(question.left),
      missed: askNext,
    },
  );
};
