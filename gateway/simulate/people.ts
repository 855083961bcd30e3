import type { CentreId, Day, VolunteerId } from "../../schema/primitives.ts";
import { Vaccine } from "../../schema/primitives.ts";
import { type Availability, always, type Condition } from "../../schema/volunteer.ts";
import type { Candidate } from "../core/eligibility.ts";
import { answeredWithin, type Curve } from "../core/response.ts";
import { drawAge } from "./ages.ts";
import type { Chance } from "./chance.ts";
import type { Scenario } from "./scenario.ts";

/** How this evening goes for one person, whoever asks them and whenever. */
export type Fate = {
  /** Whether a message to them arrives at all. */
  isReached: boolean;
  /** Minutes until a channel takes their message. */
  delay: number;
  answer: "yes" | "no" | "silence";
  /** Minutes from the arrival of a message to the answer. */
  minutes: number;
  /** Whether they come when they are promised a dose. */
  comes: boolean;
};

export type Person = Omit<Candidate, "conditions" | "vaccines" | "lastDoseOn"> & {
  conditions: Condition[];
  vaccines: Vaccine[];
  lastDoseOn: Day | null;
  centres: readonly CentreId[];
  isAvailable: boolean;
  fate: Fate;
};

/** The day of every evening: a Tuesday. */
export const day: Day = "2021-05-18";

/** Whoever cannot come this evening can on all other days. */
const otherwise: Availability = { ...always, exceptions: [{ day, parts: [] }] };

const longest = 24 * 60;
/** After how many minutes that share of the eventual answers is in: the curve turned round, by halving. */
const minutesUntil = (curve: Curve, share: number): number => {
  let [from, to] = [0, longest];
  for (let step = 0; step < 26; step += 1) {
    const middle = (from + to) / 2;
    if (answeredWithin(curve, middle) < share) from = middle;
    else to = middle;
  }
  return to;
};

const yesOf = ({ yes, yesByAge }: Scenario["people"], age: number): number =>
  yesByAge.reduce((best, [from, share]) => (age >= from && from >= best.from ? { from, share } : best), {
    from: -1,
    share: yes,
  }).share;

/** Every fate takes as many numbers as any other, so that what is asked of one changes nothing for the next. */
export const drawFate = (people: Scenario["people"], age: number, chance: Chance): Fate => {
  const [reached, delayed, answered, minutes, came] = [chance(), chance(), chance(), chance(), chance()];
  const yes = yesOf(people, age);
  const answer = answered < yes ? "yes" : answered < yes + people.no ? "no" : "silence";
  return {
    isReached: reached >= people.undelivered,
    delay: people.delay && delayed < people.delay.share ? people.delay.minutes : 0,
    answer,
    minutes: answer === "silence" ? 0 : minutesUntil(people.curve, minutes),
    comes: came >= people.noShow,
  };
};

const vaccines = [...Vaccine.options];
const atRisk: Condition[] = ["at-risk"];
const healthy: Condition[] = [];

/** Births by year, month and day as one number, 19560730: quicker to sort than text, and written down once. */
const births = new Map<number, Day>();
const birthOf = (born: number): Day => {
  const known = births.get(born);
  if (known) return known;
  const text = String(born);
  const birth = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
  births.set(born, birth);
  return birth;
};

const today = Number(day.replaceAll("-", ""));
const bornFor = (age: number, chance: Chance): number => {
  const monthDay = 100 * (1 + Math.floor(chance() * 12)) + 1 + Math.floor(chance() * 28);
  const year = Math.floor(today / 10_000) - age - (monthDay > today % 10_000 ? 1 : 0);
  return year * 10_000 + monthDay;
};

type Drawn = { born: number; person: Person };

/** Someone on those centres' lists, with what the evening holds for them. */
const draw = (
  scenario: Scenario,
  { centres, serial }: { centres: readonly CentreId[]; serial: number },
  chance: Chance,
): Drawn => {
  const age = drawAge(chance);
  const born = bornFor(age, chance);
  // An id at random, as the gateway's are: it tells those apart who were born on one day.
  const id = `${Math.floor(chance() * 2 ** 30)}-${serial}` as VolunteerId;
  const conditions = chance() < scenario.list.atRiskShare ? atRisk : healthy;
  const isAvailable = chance() < scenario.people.available;
  const availability = isAvailable ? always : otherwise;
  const fate = drawFate(scenario.people, age, chance);
  const birthDate = birthOf(born);
  return {
    born,
    person: {
      id,
      birthDate,
      conditions,
      vaccines,
      availability,
      lastDoseOn: null,
      centres,
      isAvailable,
      fate,
    },
  };
};

const byBirth = (one: Drawn, other: Drawn) =>
  one.born - other.born || (one.person.id < other.person.id ? -1 : 1);

/** Everybody on the lists of an evening, the eldest first. */
export const inventPeople = (scenario: Scenario, chance: Chance): Person[] => {
  const drawn: Drawn[] = [];
  const alone = [scenario.centre];
  for (let count = 0; count < scenario.list.size; count += 1) {
    const also = scenario.centres.filter(({ shared }) => chance() < shared).map(({ id }) => id);
    drawn.push(
      draw(
        scenario,
        { centres: also.length === 0 ? alone : [scenario.centre, ...also], serial: count },
        chance,
      ),
    );
  }
  for (const { id, size } of scenario.centres)
    for (let count = 0; count < size; count += 1)
      drawn.push(draw(scenario, { centres: [id], serial: drawn.length }, chance));
  return drawn.sort(byBirth).map(({ person }) => person);
};
