import { Temporal } from "temporal-polyfill";
import { type Instant, instant, millis, zone } from "../../schema/primitives.ts";

/*
 * Doctena writes appointments on the wall clock of Brussels, without an offset. Twice a year that is not enough.
 *
 * In spring the clock goes from 02:00 to 03:00: a time between them is nobody's, and a slot drawn there is not one
 * (`fromLocal` gives nothing; moving it to 03:30 would invent a slot beside the real one).
 *
 * In autumn 02:00 to 03:00 comes twice and Doctena draws it once. It is read as the first pass, in summer time:
 * who comes then and is wrong waits an hour, and who comes an hour late finds the dose gone. So the second pass has
 * no local time that leads back to it, and nothing can be booked in it.
 */

const wallClock = (at: Instant | number) =>
  Temporal.Instant.fromEpochMilliseconds(typeof at === "number" ? at : millis(at))
    .toZonedDateTimeISO(zone)
    .toPlainDateTime();

/** "2021-04-06T18:30:00": the minute in which the instant falls, on the wall in Brussels. */
export const toLocal = (at: Instant): string =>
  wallClock(at).round({ smallestUnit: "minute", roundingMode: "floor" }).toString();

/** The instant of a local time, the first of two; nothing in the hour that spring skips. */
export const fromLocal = (text: string): Instant | undefined => {
  const wall = Temporal.PlainDateTime.from(text);
  const read = wall.toZonedDateTime(zone, { disambiguation: "earlier" });
  return read.toPlainDateTime().equals(wall) ? instant(read.epochMilliseconds) : undefined;
};

const hour = 3_600_000;

/**
 * Local bounds [from, to) that hold every slot which begins within [from, until). When clocks go back in autumn, the
 * first pass of the hour can lie outside the plain bounds, so both sides are an hour wider all the year round.
 */
export const localBounds = ({ from, until }: { from: Instant; until: Instant }) => ({
  from: toLocal(instant(millis(from) - hour)),
  to: wallClock(millis(until) + hour)
    .round({ smallestUnit: "minute", roundingMode: "ceil" })
    .toString(),
});
