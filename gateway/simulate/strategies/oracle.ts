import { byRank, rankOf } from "../../core/order.ts";
import { createClock } from "../clock.ts";
import { type Evening, type Left, yesWhenAsked } from "../evening.ts";
import { missedAt, type Outcome, type Question } from "../outcome.ts";
import { day, type Person } from "../people.ts";

/** Everybody who would say yes in time, the first in order first, with the doses that they would say it to. */
const comers = ({ left: surpluses, order, rules }: Evening): Map<Person, Left[]> => {
  const found = new Map<Person, Left[]>();
  for (const left of surpluses)
    for (const person of order[left.index] ?? []) {
      const yesAt = yesWhenAsked(person, left.at);
      if (yesAt !== undefined && yesAt <= left.deadline)
        found.set(person, [...(found.get(person) ?? []), left]);
    }
  const ranked = [...found].map(([person, left]) => ({ person, left, rank: rankOf(rules, person, day) }));
  return new Map(ranked.sort(byRank).map(({ person, left }) => [person, left]));
};

/**
 * Gives a person a dose, moving others to other centres' doses where that makes room (Kuhn's augmenting path), so
 * that no other choice gives more doses.
 */
const seat = (
  person: Person,
  { wishes, seated }: { wishes: Map<Person, Left[]>; seated: Map<Left, Person[]> },
  seen = new Set<Left>(),
): boolean => {
  for (const left of wishes.get(person) ?? []) {
    if (seen.has(left)) continue;
    seen.add(left);
    const there = seated.get(left) ?? [];
    const place =
      there.length < left.doses
        ? there.length
        : there.findIndex((each) => seat(each, { wishes, seated }, seen));
    if (place < 0) continue;
    there[place] = person;
    seated.set(left, there);
    return true;
  }
  return false;
};

const promise = (person: Person, left: Left, promisedAt: number): Question => ({
  ...{ person, left, askedAt: left.at, isStandby: false, windowEndsAt: left.deadline, promisedAt },
  yesAt: yesWhenAsked(person, left.at),
  gotIt: person.fate.comes,
  foundNone: false,
});

/**
 * Knows each answer and its minute, and not who stays away: asks, in order, those who will say yes in time, one for
 * each dose. When someone stays away, the next whose yes is in by then gets the place, while there is time to come.
 * The bound: without people who stay away, nobody who asks and waits can use more doses.
 */
export const oracle = async (evening: Evening): Promise<Outcome> => {
  const wishes = comers(evening);
  const seated = new Map<Left, Person[]>();
  for (const person of wishes.keys()) seat(person, { wishes, seated });
  const taken = new Set([...seated.values()].flat());
  const outcome: Outcome = [];
  const clock = createClock(Math.min(...evening.left.map(({ at }) => at)));

  const give = (person: Person, left: Left, at: number) => {
    const question = promise(person, left, at);
    outcome.push(question);
    const missed = missedAt(evening, left, question);
    if (missed !== undefined && missed <= left.deadline) clock.plan(missed, () => refill(left));
  };
  const refill = (left: Left) => {
    for (const [person, wished] of wishes) {
      const yesAt = yesWhenAsked(person, left.at) ?? Infinity;
      if (taken.has(person) || !wished.includes(left) || Math.max(yesAt, clock.now()) > left.deadline)
        continue;
      taken.add(person);
      return give(person, left, Math.max(yesAt, clock.now()));
    }
  };
  for (const [left, people] of seated)
    for (const person of people) give(person, left, yesWhenAsked(person, left.at) ?? left.at);
  await clock.play();
  return outcome;
};
