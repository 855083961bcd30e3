import { describe, expect, test } from "vitest";
import { tablesOf, tellParts } from "../../gateway/core/releases.ts";
import type { WeekCounts } from "../../schema/figures.ts";
import type { RegionId } from "../../schema/primitives.ts";

/* What of a number's parts everybody may know who knows the number, and the rule by heart. */

const threshold = 5;

/** All that three parts can be which add up to that. */
const splits = (whole: number): number[][] =>
  Array.from({ length: whole + 1 }, (_, one) =>
    Array.from({ length: whole - one + 1 }, (_, other) => [one, other, whole - one - other]),
  ).flat();

test("no part that is hidden follows from the whole, the others and the rule, and each can be enough", () => {
  for (let whole = threshold; whole <= 24; whole += 1) {
    const by = new Map<string, number[][]>();
    for (const parts of splits(whole)) {
      const seen = JSON.stringify(tellParts(parts, whole, threshold));
      by.set(seen, [...(by.get(seen) ?? []), parts]);
    }
    for (const [seen, possible] of by) {
      const told: (number | null)[] = JSON.parse(seen);
      for (const [nth, count] of told.entries()) {
        const values = possible.map((parts) => parts[nth] ?? 0);
        if (count === null)
          expect(new Set(values).size, `${whole}: ${seen}`).toBeGreaterThanOrEqual(threshold);
        else expect([...new Set(values)]).toEqual([count]);
        if (count) expect(count).toBeGreaterThanOrEqual(threshold);
      }
    }
  }
});

test("parts that do not add up to what was told of the whole are not told", () => {
  expect(tellParts([20, 30, 0], 51)).toEqual([null, null, null]);
  expect(tellParts([20, 30, 0], null)).toEqual([null, null, null]);
});

const wallonia = "wallonia" as RegionId;
const counts: WeekCounts = {
  week: "2021-04-12",
  days: [
    { day: "2021-04-13", region: wallonia, announced: 62, used: 60, lost: 2 },
    { day: "2021-04-14", region: wallonia, announced: 41, used: 40, lost: 1 },
  ],
  ages: [
    { ageBand: "65-74", used: 70 },
    { ageBand: "75-84", used: 30 },
  ],
  yes: [{ region: wallonia, counts: [20, 20, 20, 20, 20, 0, 0, 0, 0] }],
};

describe("a week's tables", () => {
  const used = [
    { ageBand: "65-74", sex: "F", vaccine: "pfizer", used: 40 },
    { ageBand: "65-74", sex: "M", vaccine: "pfizer", used: 30 },
    { ageBand: "75-84", sex: "F", vaccine: "moderna", used: 27 },
    { ageBand: "75-84", sex: "M", vaccine: "moderna", used: 3 },
  ];
  const tables = tablesOf({ counts, used, named: () => "Wallonia" });

  test("tell the days as the public figures do", () => {
    expect(tables["doses-by-region"].slice(0, 3)).toEqual([
      { DATE: "2021-04-13", REGION: "Wallonia", INDICATOR: "announced", COUNT: 62, FLAG: null },
      { DATE: "2021-04-13", REGION: "Wallonia", INDICATOR: "used", COUNT: 60, FLAG: null },
      { DATE: "2021-04-13", REGION: "Wallonia", INDICATOR: "lost", COUNT: 2, FLAG: null },
    ]);
  });

  test("tell the sexes of an age, unless a few people of one would follow", () => {
    const ofAge = (age: string) =>
      tables["doses-by-age-and-sex"]
        .filter(({ AGEGROUP }) => AGEGROUP === age)
        .map(({ SEX, COUNT, FLAG }) => [SEX, COUNT, FLAG]);
    expect(ofAge("65-74")).toEqual([
      ["TOTAL", 70, null],
      ["F", 40, null],
      ["M", 30, null],
      [null, 0, null],
    ]);
    expect(ofAge("75-84")).toEqual([
      ["TOTAL", 30, null],
      ["F", null, "hidden"],
      ["M", null, "hidden"],
      [null, null, "hidden"],
    ]);
  });

  test("tell the brands of all doses", () => {
    expect(tables["doses-by-brand"].map(({ BRAND, COUNT }) => [BRAND, COUNT])).toEqual([
      ["Pfizer-BioNTech", 70],
      ["Moderna", 30],
      ["AstraZeneca-Oxford", 0],
      ["Johnson&Johnson", 0],
      ["TOTAL", 100],
    ]);
  });

  test("tell by which minute people had said yes", () => {
    expect(tables["time-to-yes"].map(({ MINUTES, COUNT }) => [MINUTES, COUNT])).toEqual([
      ["5", 20],
      ["10", 40],
      ["15", 60],
      ["20", 80],
      ["30", 100],
      ["45", 100],
      ["60", 100],
      ["120", 100],
      ["TOTAL", 100],
    ]);
  });
});
