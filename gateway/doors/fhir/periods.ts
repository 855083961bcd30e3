import type { Period } from "@medplum/fhirtypes";
import { type Day, type Instant, instant, local, localDay, millis } from "../../../schema/primitives.ts";
import { type Availability, type DayPart, weekdays } from "../../../schema/volunteer.ts";
import { dayAfter, onTheWall, type Span, spanOf } from "./dates.ts";
import { fault } from "./outcome.ts";

/* When somebody can come: here as parts of a week that repeats, in FHIR as periods of the calendar. */

const parts: readonly DayPart[] = ["morning", "afternoon", "evening"];
/** Until noon, until 17:00, and the evening, by the clocks of Belgium. */
const begins: Record<DayPart, string> = { morning: "00:00:00", afternoon: "12:00:00", evening: "17:00:00" };
const spanOfPart = (day: Day, part: DayPart): Span => {
  const next = parts[parts.indexOf(part) + 1];
  return {
    from: onTheWall(day, begins[part]),
    until: next ? onTheWall(day, begins[next]) : onTheWall(dayAfter(day), "00:00:00"),
  };
};

const weekdayOf = (day: Day) => weekdays[(Date.parse(day) / 86_400_000 + 3) % 7] ?? "monday";
const daysFrom = (from: Day, day: Day) => (Date.parse(day) - Date.parse(from)) / 86_400_000;

const partsOn = ({ from, week, repeats, exceptions }: Availability, day: Day): readonly DayPart[] => {
  const exception = exceptions.find((each) => each.day === day);
  if (exception) return exception.parts;
  const passed = from ? daysFrom(from, day) : 0;
  return passed < 0 || (!repeats && passed > 6) ? [] : week[weekdayOf(day)];
};

const isAlways = ({ week, repeats, exceptions }: Availability) =>
  repeats &&
  exceptions.length === 0 &&
  weekdays.every((day) => parts.every((part) => week[day].includes(part)));

/** In days: a week that repeats has no end, and FHIR no word for that. */
const shownDays = 14;

/** The periods of the days to come in which somebody can; one without an end for whoever always can. */
export const periodsOf = (availability: Availability, now: Instant): Period[] => {
  const today = localDay(now);
  const first = availability.from && availability.from > today ? availability.from : today;
  if (isAlways(availability)) return [{ start: onTheWall(first, "00:00:00") }];
  const days = Array.from({ length: shownDays }, (_, nth) => dayAfter(today, nth));
  const spans = days.flatMap((day) =>
    parts.filter((part) => partsOn(availability, day).includes(part)).map((part) => spanOfPart(day, part)),
  );
  const merged: Span[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (last?.until === span.from) last.until = span.until;
    else merged.push({ ...span });
  }
  return merged.map(({ from, until }) => ({ start: from, end: until }));
};

const whole = Object.fromEntries(weekdays.map((day) => [day, [...parts]])) as Availability["week"];
const none = Object.fromEntries(weekdays.map((day) => [day, []])) as unknown as Availability["week"];
const mostDays = 60;

const at = "Appointment.requestedPeriod";
const momentOf = (text: string, end: "from" | "until"): Instant =>
  spanOf(text)?.[end] ?? fault(400, "value", "not a date that FHIR knows", at);

/**
 * A part of a day counts where a period reaches into it. Without periods somebody can always come; one without an end
 * begins what has none.
 */
export const availabilityOf = (periods: readonly Period[], now: Instant): Availability => {
  const [first, ...others] = periods;
  if (!first || (first.end === undefined && others.length === 0)) {
    const from = first?.start && localDay(momentOf(first.start, "from"));
    return { ...(from && { from }), week: whole, repeats: true, exceptions: [] };
  }
  const byDay = new Map<Day, Set<DayPart>>();
  for (const { start, end } of periods) {
    if (end === undefined)
      return fault(
        400,
        "business-rule",
        "a period without an end stands alone: it has all the others in it",
        at,
      );
    const from = start === undefined ? now : momentOf(start, "from");
    // A day is in a period whole; an hour ends it.
    const until = momentOf(end, end.includes("T") ? "from" : "until");
    if (until <= from) return fault(400, "value", "a period ends before it begins", at);
    if (millis(until) - millis(from) > mostDays * 86_400_000)
      return fault(
        400,
        "business-rule",
        `a period of ${mostDays} days at the most; without an end, for as long as one is on the list`,
        at,
      );
    const [last] = local(instant(millis(until) - 1));
    for (let day = localDay(from); day <= last; day = dayAfter(day))
      for (const part of parts) {
        const span = spanOfPart(day, part);
        if (span.from >= until || span.until <= from) continue;
        byDay.set(day, (byDay.get(day) ?? new Set()).add(part));
      }
  }
  if (byDay.size > mostDays) return fault(400, "business-rule", `at most ${mostDays} days`, at);
  const exceptions = [...byDay]
    .map(([day, of]) => ({ day, parts: parts.filter((part) => of.has(part)) }))
    .toSorted((one, other) => (one.day < other.day ? -1 : 1));
  return { from: exceptions[0]?.day, week: none, repeats: false, exceptions };
};
