import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { protect } from "../../gateway/core/disclosure/protect.ts";
import { type Release, type Row, type ToldCell, thresholds } from "../../gateway/core/disclosure/question.ts";
import { whatFollows } from "../../gateway/protect/prove.ts";
import { protectProven } from "../../gateway/protect/release.ts";
import { anySize, everything, question, tableOf, trueCount } from "./tables.ts";

const nameOf = ({ key }: ToldCell) => JSON.stringify(Object.entries(key).toSorted());

/** What whoever can subtract, and no more, finds: totals of which one part is hidden. */
const bySubtraction = ({ cells }: Release): ToldCell[] =>
  cells.flatMap((total) =>
    ["TOWN", "PROVINCE", "AGE", "SEX"].flatMap((column) => {
      if (column in total.key || total.count === null) return [];
      const width = Object.keys(total.key).length + (column === "TOWN" && !("PROVINCE" in total.key) ? 2 : 1);
      const parts = cells.filter(
        ({ key }) =>
          column in key &&
          Object.keys(key).length === width &&
          Object.entries(total.key).every(([name, value]) => key[name] === value),
      );
      const hidden = parts.filter(({ count }) => count === null);
      return hidden.length === 1 ? hidden : [];
    }),
  );

const holds = (rows: readonly Row[], release: Release) => {
  expect(release.cells.length).toBe(everything(rows).length);
  for (const cell of release.cells) {
    const count = trueCount(rows, cell);
    if (cell.count !== null) expect(cell.count, nameOf(cell)).toBe(count);
    const isSmall = count > 0 && count < release.threshold;
    expect(cell.flag === "primary", nameOf(cell)).toBe(isSmall);
    // What the marker says is true too.
    if (cell.flag === "complementary") expect(count).toBeGreaterThanOrEqual(release.threshold);
  }
  expect(bySubtraction(release)).toEqual([]);
};

describe("a protected table", () => {
  test("hides every small cell and total, tells the truth of the others, and nothing follows", async () => {
    await fc.assert(
      fc.asyncProperty(anySize, async (rows) => {
        const proven = await protectProven(question, rows);
        expect(proven.recoverable).toBe(0);
        holds(rows, proven.release);
        expect(proven.cells).toBe(rows.length);
        expect(proven.primary).toBe(
          rows.filter(({ COUNT }) => Number(COUNT) > 0 && Number(COUNT) < 5).length,
        );
      }),
      { numRuns: 150 },
    );
  });

  test("leaves each small cell as many numbers as are asked for", async () => {
    await fc.assert(
      fc.asyncProperty(anySize, async (rows) => {
        const { recoverable, release } = await protectProven({ ...question, threshold: 10, width: 5 }, rows);
        expect(recoverable).toBe(0);
        expect(await whatFollows({ releases: [release], width: 5 })).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test("is the same for the same rows, in one line a cell or one a person", () => {
    fc.assert(
      fc.property(anySize, (rows) => {
        const people = rows.flatMap((row) =>
          Array.from({ length: Number(row.COUNT) }, () => ({ ...row, COUNT: 1 })),
        );
        const nobody = rows.map((row) => ({ ...row, COUNT: 0 }));
        expect(protect(question, [...nobody, ...people])).toEqual(protect(question, rows));
      }),
      { numRuns: 50 },
    );
  });

  test("of nobody but few hides all, and the total too", () => {
    const rows = [{ TOWN: "a", PROVINCE: "p", AGE: "old", SEX: "f", COUNT: 3 }];
    expect(protect(question, rows).release.cells.every(({ flag }) => flag === "primary")).toBe(true);
  });
});

describe("somebody who is alone in a cell, and knows it,", () => {
  /** What a person finds who knows one cell: the others of a told total, where all but one of them are told. */
  const foundBy = ({ cells }: Release, own: ToldCell): ToldCell[] =>
    bySubtraction({
      ...({} as Release),
      cells: cells.map((cell) => (cell === own ? { ...cell, count: 1 } : cell)),
    }).filter(({ flag }) => flag === "primary");

  test("does not learn the nine from a sum of ten", async () => {
    const rows = [
      { TOWN: "a", PROVINCE: "p", AGE: "old", SEX: "f", COUNT: 1 },
      { TOWN: "a", PROVINCE: "p", AGE: "old", SEX: "m", COUNT: 9 },
      { TOWN: "a", PROVINCE: "p", AGE: "young", SEX: "f", COUNT: 50 },
      { TOWN: "a", PROVINCE: "p", AGE: "young", SEX: "m", COUNT: 60 },
    ];
    const { release } = await protectProven({ ...question, threshold: 10 }, rows);
    const total = release.cells.find(({ key }) => key.TOWN && key.AGE === "old" && !key.SEX);
    expect(total).toMatchObject({ count: null, flag: "complementary" });
  });

  test("finds no small cell by subtracting", () => {
    fc.assert(
      fc.property(anySize, (rows) => {
        const { release } = protect(question, rows);
        for (const cell of release.cells)
          if (Object.keys(cell.key).length === 4 && trueCount(rows, cell) === 1)
            expect(foundBy(release, cell), nameOf(cell)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

const growing = fc
  .record({
    first: tableOf({ towns: 3, ages: 3, sexes: 1, people: fc.oneof(fc.nat(6), fc.nat(60)) }),
    days: fc.array(
      fc.array(fc.oneof(fc.constant(0), fc.nat(6), fc.nat(20)), { minLength: 9, maxLength: 9 }),
      { minLength: 1, maxLength: 2 },
    ),
  })
  .map(({ first, days }) => {
    const all = [first];
    for (const more of days)
      all.push(
        (all.at(-1) ?? []).map((row, nth) => ({ ...row, COUNT: Number(row.COUNT) + (more[nth] ?? 0) })),
      );
    return all;
  });

describe("releases of following days", () => {
  test("tell no small growth, nothing that follows, and nothing anew of what was hidden", async () => {
    await fc.assert(
      fc.asyncProperty(growing, async (days) => {
        const earlier: Release[] = [];
        for (const rows of days) {
          const { release, recoverable } = await protectProven({ ...question, earlier: [...earlier] }, rows);
          expect(recoverable).toBe(0);
          holds(rows, release);
          for (const before of earlier) {
            const told = new Map(before.cells.map((cell) => [nameOf(cell), cell.count]));
            for (const cell of release.cells) {
              const then = told.get(nameOf(cell)) ?? null;
              if (cell.count === null || then === null) continue;
              const growth = cell.count - then;
              expect(growth === 0 || growth >= release.threshold, `${nameOf(cell)} grew by ${growth}`).toBe(
                true,
              );
            }
          }
          earlier.push(release);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("that became fewer somewhere, by a correction, are protected all the same", async () => {
    const day = (old: number, young: number) => [
      { TOWN: "a", PROVINCE: "p", AGE: "old", SEX: "f", COUNT: old },
      { TOWN: "a", PROVINCE: "p", AGE: "young", SEX: "f", COUNT: young },
      { TOWN: "b", PROVINCE: "p", AGE: "old", SEX: "f", COUNT: 30 },
      { TOWN: "b", PROVINCE: "p", AGE: "young", SEX: "f", COUNT: 50 },
    ];
    const first = await protectProven(question, day(3, 40));
    const second = await protectProven({ ...question, earlier: [first.release] }, day(2, 21));
    expect(second.recoverable).toBe(0);
  });
});

describe("several tables of one release", () => {
  test("hide in all or in none, and nothing follows from them together", async () => {
    await fc.assert(
      fc.asyncProperty(
        tableOf({ towns: 3, ages: 2, sexes: 2, people: fc.oneof(fc.nat(6), fc.nat(60)) }),
        async (rows) => {
          const tables = [
            ["TOWN", "AGE"],
            ["PROVINCE", "SEX"],
            ["AGE", "SEX"],
          ];
          const proven = await protectProven({ ...question, tables }, rows);
          expect(proven.recoverable).toBe(0);
          expect(proven.release.cells.some(({ key }) => "TOWN" in key && "SEX" in key)).toBe(false);
          for (const cell of proven.release.cells)
            if (cell.count !== null) expect(cell.count).toBe(trueCount(rows, cell));
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe("rounding to 5", () => {
  test("tells a multiple of 5 next to each count, the same for the same question, and nothing follows", async () => {
    await fc.assert(
      fc.asyncProperty(anySize, async (rows) => {
        const asked = { ...question, mode: "round", seed: "kept to ourselves" } as const;
        const { release, recoverable } = await protectProven(asked, rows);
        expect(recoverable).toBe(0);
        for (const cell of release.cells) {
          expect(cell.flag).toBe("rounded");
          expect((cell.count ?? 1) % 5).toBe(0);
          expect(Math.abs((cell.count ?? 0) - trueCount(rows, cell))).toBeLessThan(5);
        }
        expect((await protectProven(asked, rows)).release).toEqual(release);
      }),
      { numRuns: 80 },
    );
  });

  test("adds and takes away nothing on average", () => {
    const rows = Array.from({ length: 2000 }, (_, nth) => ({
      TOWN: `t${nth}`,
      PROVINCE: `p${nth}`,
      AGE: "old",
      SEX: "f",
      COUNT: 1 + (nth % 9),
    }));
    const { release } = protect({ ...question, mode: "round", seed: "s" }, rows);
    const towns = release.cells.filter(({ key }) => Object.keys(key).length === 4);
    const off = towns.reduce((sum, cell, nth) => sum + (cell.count ?? 0) - Number(rows[nth]?.COUNT), 0);
    expect(Math.abs(off) / towns.length).toBeLessThan(0.15);
  });

  test("a following release without the seed of the first is refused", () => {
    const rows = [{ TOWN: "a", PROVINCE: "p", AGE: "old", SEX: "f", COUNT: 33 }];
    const first = protect({ ...question, mode: "round" }, rows);
    expect(() => protect({ ...question, mode: "round", earlier: [first.release] }, rows)).toThrow(
      /seed is missing/,
    );
  });
});

test.each([
  {
    asked: { threshold: thresholds.least - 1 },
    says: /threshold is 4: it must be a whole number, 5 or more/,
  },
  { asked: { by: ["TOWN", "NOWHERE"] }, says: /no column NOWHERE: the columns are TOWN, PROVINCE/ },
  { asked: { by: [] }, says: /by names no column/ },
  { asked: { by: ["TOWN", "COUNT"] }, says: /COUNT is the count/ },
  {
    asked: { hierarchies: [{ child: "VILLAGE", parent: "TOWN" }] },
    says: /hierarchy VILLAGE:TOWN names the column VILLAGE/,
  },
  {
    asked: { hierarchies: [{ child: "PROVINCE", parent: "TOWN" }] },
    says: /PROVINCE p lies in TOWN a and in TOWN b/,
  },
  { asked: { width: 5 }, says: /width is 5/ },
  { asked: { tables: [["TOWN"], ["DAY"]] }, says: /tables names the column DAY/ },
])("$says", ({ asked, says }) => {
  const rows = ["a", "b"].map((TOWN) => ({ TOWN, PROVINCE: "p", AGE: "old", SEX: "f", COUNT: 33 }));
  const by = ["TOWN", "PROVINCE", "AGE", "SEX"];
  expect(() => protect({ ...question, by, ...asked }, rows)).toThrow(says);
});
