import { type Evening, inMinutes, type Left, yesWhenAsked } from "./evening.ts";
import type { Outcome, Question } from "./outcome.ts";
import type { Person } from "./people.ts";

/** The measures of one evening, or of many added up. */
export type Account = {
  runs: number;
  /** Announced. */
  doses: number;
  /** Given to someone who was promised one and came in time. Who stayed away counts here only if it was filled. */
  used: number;
  /** Messages ordered, also those that never arrived. */
  invited: number;
  /** People who were told that a dose is theirs, came, and found none. */
  brokenPromises: number;
  /** People who said yes within the time that they were told, to a message that spoke of a dose, and got none. */
  turnedAway: number;
  orderInversions: number;
  /** Standbys who had said yes and were told that they are not needed. */
  standbysReleased: number;
  /** Standbys who were told so before they had answered; no measure of the comparison. */
  releasedSilent: number;
  /** Of each promise: minutes since the announcement. */
  minutesToYes: number[];
};

export const emptyAccount = (): Account => ({
  ...{ runs: 0, doses: 0, used: 0, invited: 0, brokenPromises: 0, turnedAway: 0, orderInversions: 0 },
  ...{ standbysReleased: 0, releasedSilent: 0, minutesToYes: [] },
});

type Promised = Question & { promisedAt: number };
const isPromised = (each: Question): each is Promised => each.promisedAt !== undefined;

/**
 * Whether `person`, who stands above `winner` and got no dose, lost this one to them:
 *
 * - nobody had asked them for any doses by the time of that promise, and had they been asked together with the
 *   winner, their yes would have come before the deadline;
 * - or they had been asked for these, their yes would come within the time that they were told, and the dose was
 *   promised to the winner before that time ended, or after they had said yes and before they were told anything.
 *
 * People whom no message reaches, or whom the channel takes longer to reach than policy lets an invitation wait,
 * could not have said yes. Those who are asked for other doses meanwhile cannot be asked for these.
 */
const lostTo = (
  { rules }: Evening,
  winner: Promised,
  { person, questions }: { person: Person; questions: readonly Question[] },
): boolean => {
  const before = questions.filter(({ askedAt }) => askedAt <= winner.promisedAt);
  if (before.length === 0) {
    const yesAt = yesWhenAsked(person, winner.askedAt);
    return (
      yesAt !== undefined && yesAt <= winner.left.deadline && person.fate.delay < rules.leaveWithinMinutes
    );
  }
  return before.some(({ left, askedAt, windowEndsAt, yesAt, releasedAt }) => {
    const wouldSay = yesWhenAsked(person, askedAt);
    if (left !== winner.left || windowEndsAt === undefined || wouldSay === undefined) return false;
    if (wouldSay > windowEndsAt) return false;
    const stoodUntil = yesAt === undefined ? windowEndsAt : Math.max(windowEndsAt, releasedAt ?? Infinity);
    return winner.promisedAt < stoodUntil && !(releasedAt !== undefined && releasedAt <= winner.promisedAt);
  });
};

/** Pairs of a dose promised to someone, and somebody above them in the order who lost it to them: see `lostTo`. */
const inversions = (evening: Evening, left: Left, outcome: Outcome): number => {
  const winners = outcome.filter(isPromised).filter((each) => each.left === left);
  const lucky = new Set(outcome.filter(isPromised).map(({ person }) => person));
  const asked = new Map<Person, Question[]>();
  for (const each of outcome) asked.set(each.person, [...(asked.get(each.person) ?? []), each]);
  let above = [...winners];
  const winnerOf = new Map(winners.map((each) => [each.person, each]));
  let count = 0;
  for (const person of evening.order[left.index] ?? []) {
    const passed = winnerOf.get(person);
    if (passed) above = above.filter((each) => each !== passed);
    if (above.length === 0) break;
    if (lucky.has(person) || person.fate.answer !== "yes") continue;
    const loser = { person, questions: asked.get(person) ?? [] };
    count += above.filter((winner) => lostTo(evening, winner, loser)).length;
  }
  return count;
};

const wasTurnedAway = ({ isStandby, windowEndsAt, yesAt, promisedAt }: Question) =>
  !isStandby &&
  promisedAt === undefined &&
  yesAt !== undefined &&
  windowEndsAt !== undefined &&
  yesAt <= windowEndsAt;

const count = (outcome: Outcome, holds: (each: Question) => boolean) => outcome.filter(holds).length;

/** All measures of one evening as one strategy played it. */
export const accountOf = (evening: Evening, outcome: Outcome): Account => ({
  runs: 1,
  doses: evening.left.reduce((sum, { doses }) => sum + doses, 0),
  used: count(outcome, ({ gotIt }) => gotIt),
  invited: outcome.length,
  brokenPromises: count(outcome, ({ foundNone }) => foundNone),
  turnedAway: count(outcome, wasTurnedAway),
  orderInversions: evening.left.reduce((sum, left) => sum + inversions(evening, left, outcome), 0),
  standbysReleased: count(
    outcome,
    ({ releasedAt, yesAt }) => releasedAt !== undefined && yesAt !== undefined,
  ),
  releasedSilent: count(outcome, ({ releasedAt, yesAt }) => releasedAt !== undefined && yesAt === undefined),
  minutesToYes: outcome.filter(isPromised).map(({ left, promisedAt }) => inMinutes(left.at, promisedAt)),
});

/** Adds one evening to many. */
export const addTo = (sum: Account, one: Account): void => {
  for (const key of Object.keys(one) as (keyof Account)[]) {
    if (key === "minutesToYes") sum.minutesToYes.push(...one.minutesToYes);
    else sum[key] += one[key];
  }
};
