import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Candidate,
  canCome as canComeOnTheWall,
  type Obstacle,
  obstacleFor,
  partOf,
  partsOn,
  sameDays,
} from "../../gateway/core/eligibility.ts";
import {
  type CentreId,
  type Instant,
  instant,
  local,
  plusMinutes,
  Vaccine,
  type VolunteerId,
} from "../../schema/primitives.ts";
import { Availability, always, DayPart, weekdays } from "../../schema/volunteer.ts";
import { moment, rules } from "./samples.ts";

const at = (text: string) => instant(Date.parse(text));
const friday = at("2021-04-16T14:30:00Z");
const parts = fc.subarray([...DayPart.options]);
const availability = fc
  .record({
    week: fc.record(Object.fromEntries(weekdays.map((day) => [day, parts]))),
    repeats: fc.boolean(),
    exceptions: fc.uniqueArray(
      fc.record({ day: fc.constantFrom("2021-04-16", "2021-04-17", "2021-04-18"), parts }),
      { selector: ({ day }) => day },
    ),
  })
  .map((each) => Availability.parse({ from: "2021-04-12", ...each }));
const canCome = (days: Availability, now: Instant, until: Instant) =>
  canComeOnTheWall(days, [local(now), local(until)]);
const never = Availability.parse({ week: {} });

describe("when someone can come", () => {
  test("at no moment of a day part that they did not name, and always in one that they did", () =>
    fc.assert(
      fc.property(availability, moment, (days, now) => {
        const [day, time] = local(now);
        expect(canCome(days, now, now)).toBe(partsOn(days, day).includes(partOf(time)));
      }),
    ));

  test("a longer life of the dose never makes someone unable to come", () =>
    fc.assert(
      fc.property(availability, moment, fc.nat(2000), fc.nat(880), (days, now, first, more) => {
        const sooner = canCome(days, now, plusMinutes(now, first));
        if (sooner) expect(canCome(days, now, plusMinutes(now, first + more))).toBe(true);
      }),
    ));

  test("of doses without an end, some thousand years stopped the gateway: a few weeks tell as much", () => {
    const until = at("9999-12-31T12:00:00Z");
    const mondays = Array.from({ length: 60 }, (_, week) =>
      plusMinutes(at("2021-04-19T12:00:00Z"), week * 7 * 24 * 60).slice(0, 10),
    );
    const away = { exceptions: mondays.map((day) => ({ day, parts: [] })) };
    const monday = Availability.parse({ week: { monday: ["morning"] }, ...away });
    const once = Availability.parse({ week: { monday: ["morning"] }, from: "2021-04-19", repeats: false });
    const before = performance.now();
    expect(canCome(never, friday, until)).toBe(false);
    expect(canCome({ ...once, ...away }, friday, until)).toBe(false);
    expect(canCome(monday, friday, at("2022-06-12T12:00:00Z"))).toBe(false);
    expect(canCome(monday, friday, at("2022-06-13T12:00:00Z"))).toBe(true);
    expect(canCome(monday, friday, until)).toBe(true);
    expect(canCome({ ...always, from: "2400-01-01" }, friday, until)).toBe(true);
    expect(performance.now() - before).toBeLessThan(500);
  });

  test("a free Saturday counts for a dose that lasts from Friday night to Sunday", () => {
    const saturday = Availability.parse({ week: { saturday: ["morning"] } });
    expect(canCome(saturday, at("2021-04-16T21:00:00Z"), at("2021-04-18T20:00:00Z"))).toBe(true);
  });

  test("seven days that do not repeat are over after the seventh; before the first they have not begun", () => {
    const once = { ...always, from: "2021-04-12", repeats: false };
    const days = ["2021-04-11", "2021-04-12", "2021-04-18", "2021-04-19"];
    expect(days.map((day) => partsOn(once, day).length)).toEqual([0, 3, 3, 0]);
  });

  test("a day that differs beats the week", () => {
    const differs = { ...always, exceptions: [{ day: "2021-04-16", parts: [] }] };
    expect(canCome(differs, friday, plusMinutes(friday, 240))).toBe(false);
  });

  test("the same days are the same, in whatever order they are written", () =>
    fc.assert(
      fc.property(availability, (days) => {
        const turned = Object.fromEntries(
          Object.entries(days.week)
            .toReversed()
            .map(([day, named]) => [day, named.toReversed()]),
        );
        const other = Availability.parse({ ...days, week: turned, exceptions: days.exceptions.toReversed() });
        expect(sameDays(days, other)).toBe(true);
        expect(sameDays(days, { ...days, repeats: !days.repeats })).toBe(false);
      }),
    ));
});

describe("what stands in the way", () => {
  const usableUntil = plusMinutes(friday, 240);
  const offer = { centre: "charleroi" as CentreId, vaccine: "astrazeneca" as const, usableUntil };
  const someone: Candidate = {
    id: "0f8fad5b-d9cb-469f-a165-70867728950e" as VolunteerId,
    birthDate: "1950-01-15",
    conditions: [],
    vaccines: [...Vaccine.options],
    availability: always,
  };
  const cases: [string, Partial<Candidate>, Obstacle | undefined][] = [
    ["nothing", {}, undefined],
    ["eighteen tomorrow", { birthDate: "2003-04-17" }, "no-group"],
    ["55 tomorrow", { birthDate: "1966-04-17" }, "too-young-for-vaccine"],
    ["55 today", { birthDate: "1966-04-16" }, undefined],
    ["another vaccine", { vaccines: ["pfizer"] }, "vaccine-not-accepted"],
    ["no day at all", { availability: never }, "not-available"],
  ];
  test.each(cases)("%s (F08)", (_what, differs, expected) => {
    expect(obstacleFor(offer, rules, friday)({ ...someone, ...differs })).toBe(expected);
  });
});
