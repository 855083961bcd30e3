import { describe, expect, test } from "vitest";
import { type StaffWords, staffTexts } from "../../gateway/console/texts/staff/words.ts";
import { languages } from "../../gateway/console/texts/texts.ts";

const textsIn = (value: unknown, way: string[] = []): [string, string][] =>
  typeof value === "string"
    ? [[way.join("."), value]]
    : Object.entries(value as StaffWords).flatMap(([name, each]) => textsIn(each, [...way, name]));
const filledIn = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{(\w+)/g)].map(([, name = ""]) => name))].toSorted();

const english = new Map(textsIn(staffTexts.en));

describe.each(languages.filter((each) => each !== "en"))("what staff reads in %s", (language) => {
  const own = new Map(textsIn(staffTexts[language]));

  test("is what English says, no more and no less, with the same filled in", () => {
    expect([...own.keys()].toSorted()).toEqual([...english.keys()].toSorted());
    // A plural's own words count as filled in where they stand alone; the names of what is filled in stay.
    for (const [way, text] of own)
      for (const name of filledIn(english.get(way) ?? ""))
        if (["n", "time", "day", "vaccine", "what", "moment", "most"].includes(name))
          expect(filledIn(text), way).toContain(name);
  });

  test("leaves nothing empty, and nothing in English", () => {
    for (const [way, text] of own) {
      expect(text.trim(), way).not.toBe("");
      if (text.includes(" ") && !way.includes("counts")) expect(text, way).not.toBe(english.get(way));
    }
  });
});
