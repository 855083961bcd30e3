import { seeded } from "../../adapters/kit/chance.ts";
import {
  ageOn,
  type CentreId,
  type Instant,
  instant,
  millis,
  type Vaccine,
} from "../../schema/primitives.ts";
import type { PolicyRules } from "../../schema/region.ts";
import { answersUntil } from "../core/hours.ts";
import { groupOf } from "../core/policy.ts";
import { seedOf } from "./chance.ts";
import { day, inventPeople, type Person } from "./people.ts";
import { rulesOf, type Scenario } from "./scenario.ts";

/** Doses left over in an evening. Moments are milliseconds since 1970. */
export type Left = {
  index: number;
  centre: CentreId;
  vaccine: Vaccine;
  doses: number;
  at: number;
  usableUntil: number;
  /** Until when an answer counts: the end, less the way to the centre. */
  deadline: number;
};

/** One evening before anything has happened: the same for whoever plays it. */
export type Evening = {
  scenario: Scenario;
  rules: PolicyRules;
  left: Left[];
  /** Everybody, the eldest first. */
  people: Person[];
  /** Of each surplus, by its index: who may be asked for it, in the authority's order. */
  order: Person[][];
};

/** Belgian summer time. */
const moment = (time: string): Instant => instant(new Date(`${day}T${time}:00+02:00`));

const leftIn = (scenario: Scenario, rules: PolicyRules): Left[] =>
  scenario.surpluses.map(({ at, doses, usableUntil, centre, vaccine }, index) => ({
    ...{ index, doses, vaccine, centre: centre ?? scenario.centre },
    at: millis(moment(at)),
    usableUntil: millis(moment(usableUntil)),
    deadline: millis(answersUntil(rules, moment(usableUntil))),
  }));

/** The order of the policy, as flows/candidates.ts reads it from the queue: group by group, the eldest first. */
const orderFor = (people: readonly Person[], rules: PolicyRules, { centre, vaccine }: Left): Person[] => {
  const fromAge = rules.vaccineFromAge[vaccine] ?? 0;
  const groups = new Map(rules.order.map((group) => [group, [] as Person[]]));
  for (const person of people) {
    if (!person.isAvailable || !person.centres.includes(centre)) continue;
    if (fromAge > 0 && ageOn(person.birthDate, day) < fromAge) continue;
    const group = groupOf(rules, person, day);
    if (group) groups.get(group)?.push(person);
  }
  return [...groups.values()].flat();
};

/** The evening with its people; for `people` of one's own, those. They stand the eldest first. */
export const eveningOf = (scenario: Scenario, people: Person[], rules = rulesOf(scenario)): Evening => {
  const left = leftIn(scenario, rules);
  return { scenario, rules, left, people, order: left.map((each) => orderFor(people, rules, each)) };
};

/** The evening of that number: the same seed gives the same people and fates. */
export const drawEvening = (
  scenario: Scenario,
  { seed, number }: { seed: number; number: number },
): Evening => eveningOf(scenario, inventPeople(scenario, seeded(seedOf(seed, number))));

export const minutesAfter = (at: number, minutes: number): number => at + Math.round(minutes * 60_000);

/** When someone says yes who is asked then, if they ever do. */
export const yesWhenAsked = ({ fate }: Person, askedAt: number): number | undefined =>
  fate.isReached && fate.answer === "yes" ? minutesAfter(askedAt, fate.delay + fate.minutes) : undefined;

/** How long a centre waits for someone before it notes that they stayed away. */
export const graceMinutes = 10;

export const inMinutes = (from: number, to: number): number => (to - from) / 60_000;
