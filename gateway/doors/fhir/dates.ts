import { type Day, type Instant, instant, local, millis } from "../../../schema/primitives.ts";
import { fault } from "./outcome.ts";

/* FHIR's dates (R4, 3.1.1.4.6). One without an offset is read on the clocks of Belgium, where every centre is. */

const minute = 60_000;

/** The moment at which the clocks of Belgium show that; of an hour that comes twice, the first. */
export const onTheWall = (day: Day, time: string): Instant => {
  const wanted = Date.parse(`${day}T${time}Z`);
  const shownAt = (at: number) => Date.parse(`${local(instant(at)).join("T")}Z`);
  const first = wanted - (shownAt(wanted - 120 * minute) - (wanted - 120 * minute));
  const off = shownAt(first) - wanted;
  return instant(first - off);
};

export const dayAfter = (day: Day, days = 1): Day =>
  instant(Date.parse(day) + days * 86_400_000).slice(0, 10);

/** From the one until before the other. */
export type Span = { from: Instant; until: Instant };

const shapes =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/;

const isMoment = (at: number) =>
  Number.isFinite(at) && at > Date.parse("1000-01-01") && at < Date.parse("9999-01-01");

/** All that a date as long or as short as this can mean; nothing of what is none. */
export const spanOf = (text: string): Span | undefined => {
  // A plus that nobody escaped is a blank once an address is read.
  const found = shapes.exec(text.trim().replace(" ", "+"));
  if (!found) return undefined;
  const [, year = "", month, day, hour, minutes, seconds, fraction, offset] = found;
  const whole: Day = `${year}-${month ?? "01"}-${day ?? "01"}`;
  if (!isMoment(Date.parse(whole)) || new Date(whole).toISOString().slice(0, 10) !== whole) return undefined;
  if (hour === undefined) {
    const next = day
      ? dayAfter(whole)
      : month
        ? dayAfter(whole, 32).slice(0, 8).concat("01")
        : `${Number(year) + 1}-01-01`;
    return { from: onTheWall(whole, "00:00:00"), until: onTheWall(next, "00:00:00") };
  }
  const time = `${hour}:${minutes}:${seconds ?? "00"}.${(fraction ?? "0").slice(0, 3).padEnd(3, "0")}`;
  const at = offset ? Date.parse(`${whole}T${time}${offset}`) : Date.parse(`${whole}T${time}Z`);
  if (!isMoment(at)) return undefined;
  const from = offset ? instant(at) : onTheWall(whole, time);
  const long = fraction ? 1 : seconds ? 1000 : minute;
  return { from, until: instant(millis(from) + long) };
};

/** Between which moments something may lie, and whether one of them does. */
export type When = Partial<Span> & { holds(at: Instant): boolean };

const later = (one: Instant | undefined, other: Instant | undefined) =>
  one && other ? (one > other ? one : other) : (one ?? other);
const sooner = (one: Instant | undefined, other: Instant | undefined) =>
  one && other ? (one < other ? one : other) : (one ?? other);

/** What one value of a date parameter asks, with its prefix. */
const asked = (name: string, text: string): When => {
  const [, prefix = "eq", date = ""] = /^(eq|ne|gt|lt|ge|le|sa|eb|ap)?(.*)$/s.exec(text) ?? [];
  const span = spanOf(date) ?? fault(400, "value", `${name}: not a date that FHIR knows`, name);
  const { from, until } = span;
  switch (prefix) {
    case "ne":
      return { holds: (at) => at < from || at >= until };
    case "gt":
    case "sa":
      return { from: until, holds: (at) => at >= until };
    case "ge":
      return { from, holds: (at) => at >= from };
    case "lt":
    case "eb":
      return { until: from, holds: (at) => at < from };
    case "le":
      return { until, holds: (at) => at < until };
    case "ap":
      return fault(400, "not-supported", `${name}: say between which moments instead of "ap"`, name);
    default:
      return { from, until, holds: (at) => at >= from && at < until };
  }
};

/** What all values of a date parameter ask together. */
export const whenOf = (name: string, values: readonly string[]): When =>
  values.reduce<When>(
    (before, text) => {
      const one = asked(name, text);
      return {
        from: later(before.from, one.from),
        until: sooner(before.until, one.until),
        holds: (at) => before.holds(at) && one.holds(at),
      };
    },
    { holds: () => true },
  );
