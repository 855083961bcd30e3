import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { whatFollows } from "../../gateway/protect/prove.ts";
import { followsExhaustively } from "./exhaustive.ts";
import { columns, everything, releaseWith, tableOf } from "./tables.ts";

type Key = Readonly<Record<string, string>>;

const small = tableOf({ towns: 3, ages: 2, sexes: 1, people: fc.nat(7) }).filter(
  (rows) => rows.reduce((sum, { COUNT }) => sum + Number(COUNT), 0) <= 26,
);

/** Which cells are hidden: few or nearly all. */
const anyChoice = fc.record({
  odds: fc.integer({ min: 2, max: 10 }),
  dice: fc.array(fc.nat(9), { minLength: 60, maxLength: 60 }),
});

describe("what follows from what is told", () => {
  test("is found by the proof where every table that agrees is tried one by one, and nothing else is", async () => {
    let [found, safe] = [0, 0];
    await fc.assert(
      fc.asyncProperty(small, anyChoice, async (rows, { odds, dice }) => {
        const release = releaseWith(
          rows,
          ({ key }, nth) => Object.keys(key).length > 0 && (dice[nth] ?? 0) < odds,
        );
        const hidden = release.cells.filter(({ flag }) => flag !== null);
        // Totals of the same hidden people are one number: the proof names one of them.
        const peopleIn = (total: Key) => {
          const isIn = ({ key }: { key: Key }) =>
            columns.every((column) => (total[column] ?? key[column]) === key[column] && column in key);
          return (
            hidden
              .filter(isIn)
              .map(({ key }) => JSON.stringify(key))
              .join() || JSON.stringify(total)
          );
        };
        const tried = followsExhaustively(release, columns);
        const proven = (await whatFollows({ releases: [release] })).map(({ key }) => peopleIn(key));
        expect(new Set(proven)).toEqual(new Set([...tried].map((key) => peopleIn(JSON.parse(key) as Key))));
        found += tried.size;
        safe += hidden.length - tried.size;
      }),
      { numRuns: 150 },
    );
    // Both were met.
    expect(found).toBeGreaterThan(20);
    expect(safe).toBeGreaterThan(20);
  });

  test("a single hidden cell follows from its total", async () => {
    const rows = [
      { TOWN: "a", PROVINCE: "p", AGE: "old", SEX: "f", COUNT: 3 },
      { TOWN: "a", PROVINCE: "p", AGE: "young", SEX: "f", COUNT: 40 },
    ];
    const release = releaseWith(rows, ({ key, count }) => key.AGE === "old" && count === 3);
    const found = await whatFollows({ releases: [release] });
    expect(found.map(({ least, most }) => [least, most])).toEqual([[3, 3]]);
  });

  test("what was hidden yesterday follows today where today tells it and nothing grew elsewhere", async () => {
    const day = (COUNT: number) => [
      { TOWN: "a", PROVINCE: "p", AGE: "old", SEX: "f", COUNT: 3 },
      { TOWN: "a", PROVINCE: "p", AGE: "young", SEX: "f", COUNT },
      { TOWN: "b", PROVINCE: "p", AGE: "old", SEX: "f", COUNT: 20 },
      { TOWN: "b", PROVINCE: "p", AGE: "young", SEX: "f", COUNT: 30 },
    ];
    const inCross = ({ key }: { key: Record<string, string> }) => "TOWN" in key && "AGE" in key;
    const yesterday = releaseWith(day(40), inCross);
    expect(await whatFollows({ releases: [yesterday] })).toEqual([]);
    const today = { ...yesterday, cells: everything(day(40)) };
    expect((await whatFollows({ releases: [yesterday, today] })).length).toBeGreaterThan(0);
  });

  test("three cells of nine make twenty-seven: each is known, since none can be more", async () => {
    const rows = ["a", "b", "c"].map((TOWN) => ({ TOWN, PROVINCE: "p", AGE: "old", SEX: "f", COUNT: 4 }));
    const release = releaseWith(rows, ({ key }) => "TOWN" in key);
    expect((await whatFollows({ releases: [release] })).length).toBe(3);
  });

  test("releases that contradict each other are said to, not found safe", async () => {
    const [cell] = everything([{ TOWN: "a", PROVINCE: "p", AGE: "old", SEX: "f", COUNT: 3 }]);
    const release = releaseWith(
      [{ TOWN: "a", PROVINCE: "p", AGE: "old", SEX: "f", COUNT: 3 }],
      ({ key }) => "TOWN" in key,
    );
    const wrong = {
      ...release,
      cells: release.cells.map((each) => (each.flag ? each : { ...each, count: 50 })),
    };
    expect(cell).toBeDefined();
    await expect(whatFollows({ releases: [wrong] })).rejects.toThrow(/contradict/);
  });
});
