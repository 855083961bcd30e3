import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { protectParts, protectSteps, type Told } from "../../gateway/core/disclosure/parts.ts";
import { tellFigures, tellWeek, weeksOf } from "../../gateway/core/figures.ts";
import { leastTold, type WeekCounts, withinMinutes } from "../../schema/figures.ts";
import { RegionId } from "../../schema/primitives.ts";
import { ageBands } from "../../schema/report.ts";

/** What follows for each hidden part from the others and their sum: the least and the most that it can be. */
const boundsOf = (told: readonly Told[], sum: number): { least: number; most: number }[] => {
  const left = sum - told.reduce<number>((all, each) => all + (each ?? 0), 0);
  const hidden = told.filter((each) => each === null).length;
  return told.flatMap((each) => (each === null ? [{ least: hidden === 1 ? left : 0, most: left }] : []));
};

const total = (counts: readonly number[]) => counts.reduce((all, each) => all + each, 0);
const people = fc.oneof(fc.nat(25), fc.nat(4000));

describe("the parts of a known sum", () => {
  test("none below the threshold is told, and each that is hidden can be anything from nobody to the threshold", () => {
    fc.assert(
      fc.property(fc.array(people, { maxLength: 30 }), (counts) => {
        const { told, isSumTold } = protectParts(counts, leastTold);
        for (const each of told) expect(each ?? leastTold).toBeGreaterThanOrEqual(leastTold);
        if (!isSumTold) return;
        for (const { least, most } of boundsOf(told, total(counts))) {
          expect(least).toBe(0);
          expect(most).toBeGreaterThanOrEqual(leastTold);
        }
      }),
    );
  });

  test("what is told is true, and nothing is hidden where nobody is few", () => {
    fc.assert(
      fc.property(fc.array(people), (counts) => {
        const { told } = protectParts(counts, leastTold);
        for (const [nth, each] of told.entries()) if (each !== null) expect(each).toBe(counts[nth]);
      }),
    );
    expect(protectParts([10, 4000, 12], leastTold)).toEqual({ told: [10, 4000, 12], isSumTold: true });
  });

  test.each([
    { counts: [3, 50, 80], told: [null, null, 80], why: "a single one would follow" },
    { counts: [3, 4, 50, 80], told: [null, null, null, 80], why: "seven are few" },
    {
      counts: [9, 9, 50, 80],
      told: [null, null, null, 80],
      why: "eighteen of two below ten are nine and nine",
    },
    { counts: [3, 50, 50, 80], told: [null, null, null, 80], why: "those that are equal go together" },
  ])("$counts: $why", ({ counts, told }) => {
    expect(protectParts(counts, leastTold)).toEqual({ told, isSumTold: true });
  });

  test("where nothing else is left to hide, the sum is not told either", () => {
    expect(protectParts([9], leastTold)).toEqual({ told: [null], isSumTold: false });
    expect(protectParts([4, 5], leastTold)).toEqual({ told: [null, null], isSumTold: false });
  });

  test("whoever knows this rule by heart and tries every table finds none of the small ones either", () => {
    const threshold = 3;
    const values = [0, 1, 2, 3, 4, 5, 6];
    const worlds = new Map<string, number[][]>();
    for (const a of values)
      for (const b of values)
        for (const c of values)
          for (const d of values) {
            const counts = [a, b, c, d];
            const { told, isSumTold } = protectParts(counts, threshold);
            const seen = JSON.stringify([told, isSumTold && total(counts)]);
            worlds.set(seen, [...(worlds.get(seen) ?? []), counts]);
          }
    const found = [...worlds].flatMap(([seen, tables]) =>
      [0, 1, 2, 3].flatMap((nth) => {
        const first = tables[0]?.[nth] ?? 0;
        const isFound = first < threshold && tables.every((table) => table[nth] === first);
        return isFound ? [`${seen}: ${nth} is ${first}`] : [];
      }),
    );
    expect(found).toEqual([]);
  });
});

describe("steps of time", () => {
  test("no two that are told differ by a few people, nor does the last from all", () => {
    fc.assert(
      fc.property(fc.array(people, { minLength: 1, maxLength: 10 }), (counts) => {
        const { byStep, total: all } = protectSteps(counts, leastTold);
        if (all === null) expect(byStep.every((each) => each === null)).toBe(true);
        const told = [0, ...byStep, all].filter((each) => each !== null);
        for (const one of told)
          for (const other of told)
            if (one !== other) expect(Math.abs(one - other)).toBeGreaterThanOrEqual(leastTold);
      }),
    );
  });

  test("a step that has too few is told with the next", () => {
    expect(protectSteps([3, 8, 40, 2, 30], leastTold)).toEqual({ byStep: [null, 11, 51, null], total: 83 });
    expect(protectSteps([20, 0, 0], leastTold)).toEqual({ byStep: [20, 20], total: 20 });
    expect(protectSteps([4, 5, 0], leastTold)).toEqual({ byStep: [null, null], total: null });
  });
});

const regions = ["brussels", "wallonia"].map((id) => RegionId.parse(id));
const bands = [...ageBands, null];

/** A week of doses, the same ones by day and by age. */
const aWeek = fc
  .array(fc.record({ region: fc.constantFrom(...regions), day: fc.nat(6), used: people, lost: fc.nat(30) }), {
    maxLength: 14,
  })
  .chain((given) => {
    const cells = new Map(given.map((each) => [`${each.day} ${each.region}`, each]));
    const rows = [...cells.values()];
    const used = total(rows.map((each) => each.used));
    return fc
      .array(fc.nat(used), { minLength: bands.length - 1, maxLength: bands.length - 1 })
      .map((cuts) => {
        const marks = [0, ...cuts.toSorted((one, other) => one - other), used];
        return {
          week: "2021-04-12",
          days: rows.map(({ region, day, used, lost }) => ({
            ...{ day: `2021-04-${12 + day}`, region, used, lost, announced: used + lost },
          })),
          ages: bands.map((ageBand, nth) => ({ ageBand, used: (marks[nth + 1] ?? 0) - (marks[nth] ?? 0) })),
          yes: [],
        } satisfies WeekCounts;
      });
  });

test("no small number of a week follows from its days, its ages and its sum together", () => {
  fc.assert(
    fc.property(aWeek, (week) => {
      const { days, ages, sums } = tellWeek(week);
      const byDay = days.map(({ used }) => used);
      const byAge = ages.map(({ used }) => used);
      // The sum is known where it is told, and where all parts of either table are.
      const known = [byDay, byAge].filter((told) => told.length > 0 && told.every((each) => each !== null));
      const sum = sums.used ?? (known[0] && total(known[0].map((each) => each ?? 0)));
      if (sum === undefined) return;
      // All of them hidden at once, with a sum that is known: anything up to it.
      for (const told of [byDay, byAge])
        for (const { least, most } of boundsOf(told, sum)) {
          expect(least).toBe(0);
          expect(most).toBeGreaterThanOrEqual(leastTold);
        }
    }),
    { numRuns: 1000 },
  );
});

test("a longer stretch of days tells of each week what a shorter one does, so that two answers differ by no person", () => {
  fc.assert(
    fc.property(aWeek, aWeek, (one, other) => {
      const next = {
        ...other,
        week: "2021-04-19",
        days: other.days.map((each) => ({ ...each, day: "2021-04-20" })),
      };
      const asked = { regions, from: "2021-04-12", until: "2021-04-25" };
      const both = tellFigures({ ...asked, weeks: [one, next] });
      const alone = tellFigures({ ...asked, weeks: [one] });
      expect(both.weeks[0]).toEqual(alone.weeks[0]);
      expect(both.ages.filter(({ week }) => week === one.week)).toEqual(alone.ages);
      expect(both.days.filter(({ day }) => day < next.week)).toEqual(alone.days);
      const told = both.weeks.reduce((all, { used }) => all + (used ?? 0), 0);
      expect(both.totals.used).toBe(told);
    }),
  );
});

test("time to yes is what the weeks that are told come to, and leaves out the others, saying how many", () => {
  const [, wallonia] = regions as [RegionId, RegionId];
  const week = (monday: string, counts: number[]): WeekCounts => ({
    ...{ week: monday, days: [], ages: [] },
    yes: [{ region: wallonia, counts }],
  });
  const weeks = [
    week("2021-04-05", [20, 20, 10, 0, 0, 0, 0, 0, 0]),
    week("2021-04-12", [1, 0, 0, 0, 0, 0, 0, 0, 1]),
  ];
  const [figures] = tellFigures({
    weeks,
    from: "2021-04-05",
    until: "2021-04-18",
    regions: [wallonia],
  }).regions;
  expect(figures).toMatchObject({ yes: 50, hiddenWeeks: 1, medianMinutes: 6 });
  expect(figures?.within.map(({ share }) => share)).toEqual([0.4, 0.8, 1, 1, 1, 1, 1, 1]);
  expect(figures?.within.map(({ minutes }) => minutes)).toEqual([...withinMinutes]);
});

test("the weeks are those that the days touch, as soon as they were over for two days", () => {
  const asked = { from: "2021-04-07", until: "2021-04-20" };
  expect(weeksOf({ ...asked, today: "2021-04-20" })).toEqual(["2021-04-05"]);
  expect(weeksOf({ ...asked, today: "2021-04-21" })).toEqual(["2021-04-05", "2021-04-12"]);
  expect(weeksOf({ ...asked, today: "2021-06-01" })).toEqual(["2021-04-05", "2021-04-12", "2021-04-19"]);
  expect(weeksOf({ ...asked, today: "2021-04-08" })).toEqual([]);
});
