import { expect, test } from "vitest";
import { onTheWall, spanOf, whenOf } from "../../../gateway/doors/fhir/dates.ts";
import { availabilityOf, periodsOf } from "../../../gateway/doors/fhir/periods.ts";
import { instant } from "../../../schema/primitives.ts";
import { always } from "../../../schema/volunteer.ts";

/* Dates as FHIR writes them, on the clocks of Belgium. */

const now = instant(Date.parse("2021-04-16T14:30:00Z"));

test.each([
  ["2021-03-27", "23:30:00", "2021-03-27T22:30:00.000Z"],
  ["2021-03-28", "01:59:00", "2021-03-28T00:59:00.000Z"],
  ["2021-03-28", "03:00:00", "2021-03-28T01:00:00.000Z"],
  ["2021-10-31", "02:30:00", "2021-10-31T00:30:00.000Z"],
  ["2021-10-31", "03:00:00", "2021-10-31T02:00:00.000Z"],
  ["2021-10-31", "00:00:00", "2021-10-30T22:00:00.000Z"],
])("%s %s is %s, also where the clocks change", (day, time, at) => {
  expect(onTheWall(day, time)).toBe(at);
});

test.each([
  ["2021", "2020-12-31T23:00:00.000Z", "2021-12-31T23:00:00.000Z"],
  ["2021-12", "2021-11-30T23:00:00.000Z", "2021-12-31T23:00:00.000Z"],
  ["2021-03-28", "2021-03-27T23:00:00.000Z", "2021-03-28T22:00:00.000Z"],
  ["2021-04-16T10:00", "2021-04-16T08:00:00.000Z", "2021-04-16T08:01:00.000Z"],
  ["2021-04-16T10:00:00Z", "2021-04-16T10:00:00.000Z", "2021-04-16T10:00:01.000Z"],
  ["2021-04-16T10:00:00.5-05:00", "2021-04-16T15:00:00.500Z", "2021-04-16T15:00:00.501Z"],
])("%s is from %s until %s", (text, from, until) => {
  expect(spanOf(text)).toEqual({ from, until });
});

test.each(["", "2021-13", "2021-02-30", "2021-04-16T25:00", "21-04-16", "0000", "2021-04-16T10", "now"])(
  "%j is no date",
  (text) => {
    expect(spanOf(text)).toBeUndefined();
  },
);

test("several values of one parameter hold together", () => {
  const when = whenOf("start", ["ge2021-04-16", "lt2021-04-17", "ne2021-04-16T14:30"]);
  expect([when.from, when.until]).toEqual(["2021-04-15T22:00:00.000Z", "2021-04-16T22:00:00.000Z"]);
  expect(when.holds(now)).toBe(true);
  expect(when.holds(instant(Date.parse("2021-04-16T12:30:30Z")))).toBe(false);
});

test("whoever can always come has one period without an end, there and back", () => {
  const shown = periodsOf(always, now);
  expect(shown).toEqual([{ start: "2021-04-15T22:00:00.000Z" }]);
  expect(periodsOf(availabilityOf(shown, now), now)).toEqual(shown);
  expect(periodsOf(availabilityOf([], now), now)).toEqual(shown);
});

test("periods come back as they were sent, on the parts of a day", () => {
  const sent = [
    { start: "2021-04-18T12:00:00+02:00", end: "2021-04-18T17:00:00+02:00" },
    { start: "2021-04-20", end: "2021-04-21" },
  ];
  expect(periodsOf(availabilityOf(sent, now), now)).toEqual([
    { start: "2021-04-18T10:00:00.000Z", end: "2021-04-18T15:00:00.000Z" },
    { start: "2021-04-19T22:00:00.000Z", end: "2021-04-21T22:00:00.000Z" },
  ]);
});

test.each([
  [[{ start: "2021-04-20", end: "2021-04-18" }]],
  [[{ start: "2021-04-20" }, { start: "2021-04-21", end: "2021-04-22" }]],
  [[{ start: "2021-01-01", end: "2021-12-31" }]],
  [[{ start: "soon", end: "2021-12-31" }]],
])("%j is refused", (periods) => {
  expect(() => availabilityOf(periods, now)).toThrow();
});
