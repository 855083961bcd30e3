import {
  ageOn,
  type CentreId,
  type Day,
  type Instant,
  instant,
  local,
  type Vaccine,
  type VolunteerId,
} from "../../schema/primitives.ts";
import type { PolicyRules } from "../../schema/region.ts";
import { type Availability, type Condition, DayPart, weekdays } from "../../schema/volunteer.ts";
import { groupOf } from "./policy.ts";

/** All that decides whether and when someone is called; nothing that names them. */
export type Candidate = {
  id: VolunteerId;
  birthDate: Day;
  conditions: readonly Condition[];
  vaccines: readonly Vaccine[];
  availability: Availability;
  /** Of an earlier dose, where one is known. */
  lastDoseOn?: Day | null;
  /** On whose list: 0 or absent, the centre's own; otherwise its neighbours', the nearest first. */
  ring?: number;
};

export type Offer = { centre: CentreId; vaccine: Vaccine; usableUntil: Instant };

/** Why a person is not called for these doses now. */
export type Obstacle =
  | "no-group"
  | "too-young-for-vaccine"
  | "vaccine-not-accepted"
  | "too-soon-after-dose"
  | "not-available";

/** The part of the day that a moment on the wall falls into: until noon, until 17:00, from then on. */
export const partOf = (time: string): DayPart =>
  time < "12:00" ? "morning" : time < "17:00" ? "afternoon" : "evening";

export const daysBetween = (from: Day, to: Day) => (Date.parse(to) - Date.parse(from)) / 86_400_000;
export const daysBefore = (day: Day, days: number): Day =>
  instant(Date.parse(day) - days * 86_400_000).slice(0, 10);
/** Day 0 of the epoch was a Thursday. */
const weekdayOf = (day: Day) => weekdays[(Date.parse(day) / 86_400_000 + 3) % 7] ?? "monday";

/** The parts of that day on which someone said they can come. */
export const partsOn = (availability: Availability, day: Day): readonly DayPart[] => {
  const exception = availability.exceptions.find((each) => each.day === day);
  if (exception) return exception.parts;
  const passed = availability.from ? daysBetween(availability.from, day) : 0;
  if (passed < 0 || (!availability.repeats && passed > 6)) return [];
  return availability.week[weekdayOf(day)];
};

const spelled = (parts: readonly DayPart[]) => DayPart.options.filter((part) => parts.includes(part)).join();

const said = ({ from, repeats, week, exceptions }: Availability): string =>
  [
    from,
    repeats,
    ...weekdays.map((day) => spelled(week[day])),
    ...exceptions
      .map(({ day, parts }) => `${day} ${spelled(parts)}`)
      .toSorted((one, other) => (one < other ? -1 : 1)),
  ].join("|");

/** Whether two mean the same, whatever order their parts are in: the database and platforms each keep their own. */
export const sameDays = (one: Availability, other: Availability): boolean => said(one) === said(other);

/**
 * The days to look at to know whether someone can come on any day of a span, which may be years long: every exception
 * in it, and then one week after the other. Since weeks repeat, a weekday has shown itself once it comes without an
 * exception, so as many weeks as there are exceptions suffice, and two more: the first, of which a part is over, and
 * one without any.
 */
function* tellingDays({ from, exceptions }: Availability, first: Day, last: Day): Generator<Day> {
  for (const { day } of exceptions) if (day >= first && day <= last) yield day;
  const start = from && from > first ? from : first;
  for (let passed = 0; passed < 7 * (exceptions.length + 2); passed += 1) {
    const day = instant(Date.parse(start) + passed * 86_400_000).slice(0, 10);
    if (day > last) return;
    yield day;
  }
}

/**
 * The days of the week, and of each the parts, that lie between two moments: when somebody has to be able to come. A
 * part of a week that comes twice is in it once.
 */
export const partsBetween = ([[firstDay, firstTime], [lastDay, lastTime]]: Moments) => {
  const order = DayPart.options;
  const found = new Map<(typeof weekdays)[number], readonly DayPart[]>();
  for (let day = firstDay, passed = 0; day <= lastDay && passed < 8; passed += 1) {
    const from = day === firstDay ? order.indexOf(partOf(firstTime)) : 0;
    const until = day === lastDay ? order.indexOf(partOf(lastTime)) : order.length - 1;
    const parts = order.filter(
      (part, at) => (at >= from && at <= until) || found.get(weekdayOf(day))?.includes(part),
    );
    found.set(weekdayOf(day), parts);
    day = daysBefore(day, -1);
  }
  return found;
};

type OnTheWall = readonly [day: Day, time: string];
type Moments = readonly [from: OnTheWall, until: OnTheWall];

/**
 * Whether someone can come at some time between two moments on the wall: in the parts of the day of both, or in one
 * between them.
 */
export const canCome = (
  availability: Availability,
  [[firstDay, firstTime], [lastDay, lastTime]]: Moments,
): boolean => {
  const order = DayPart.options;
  const span = (day: Day) =>
    order.slice(
      day === firstDay ? order.indexOf(partOf(firstTime)) : 0,
      1 + (day === lastDay ? order.indexOf(partOf(lastTime)) : 2),
    );
  const days = firstDay === lastDay ? [firstDay] : tellingDays(availability, firstDay, lastDay);
  for (const day of days)
    if (span(day).some((part) => partsOn(availability, day).includes(part))) return true;
  return false;
};

/**
 * What stands in the way of calling a person for that offer now; nothing where they may be called. Given the offer
 * first, since a whole list is held against it: the clock on the wall, which takes longest to read, is read once.
 */
export const obstacleFor = (
  offer: Offer,
  rules: PolicyRules,
  now: Instant,
): ((candidate: Candidate) => Obstacle | undefined) => {
  const moments: Moments = [local(now), local(offer.usableUntil)];
  const [[day]] = moments;
  return (candidate) => {
    if (!groupOf(rules, candidate, day)) return "no-group";
    if (!candidate.vaccines.includes(offer.vaccine)) return "vaccine-not-accepted";
    if (ageOn(candidate.birthDate, day) < (rules.vaccineFromAge[offer.vaccine] ?? 0))
      return "too-young-for-vaccine";
    if (candidate.lastDoseOn && daysBetween(candidate.lastDoseOn, day) < rules.intervalDays)
      return "too-soon-after-dose";
    return canCome(candidate.availability, moments) ? undefined : "not-available";
  };
};
