import { describe, expect, test } from "vitest";
import { agencyTexts } from "../../gateway/console/texts/agency/words.ts";
import { say } from "../../gateway/console/texts/say.ts";

const textsIn = (value: unknown, way: string[] = []): [string, string][] =>
  typeof value === "string"
    ? [[way.join(" "), value]]
    : Object.entries(value as Record<string, unknown>).flatMap(([name, each]) =>
        textsIn(each, [...way, name]),
      );
/** The names of what is filled in. */
const filledIn = (text: string): string[] => [
  ...new Set([...text.matchAll(/(?<!(?:one|other|=0) )\{(\w+)(?=[,}])/g)].map(([, name = ""]) => name)),
];

const english = new Map(textsIn(agencyTexts.en));

describe.each(["fr", "nl", "de"] as const)("%s", (language) => {
  const own = new Map(textsIn(agencyTexts[language]));

  test("says what English says, no more and no less", () =>
    expect([...own.keys()]).toEqual([...english.keys()]));

  test("has the same filled in, and each text can be read", () => {
    for (const [way, text] of own) {
      const names = filledIn(english.get(way) ?? "");
      expect(new Set(filledIn(text)), way).toEqual(new Set(names));
      const values = Object.fromEntries(names.map((name) => [name, 2]));
      expect(say(language, text, values), way).not.toBe("");
    }
  });

  test("leaves nothing empty, and no sentence in English", () => {
    for (const [way, text] of own) {
      expect(text.trim(), way).not.toBe("");
      if (text.split(" ").length > 3 && !text.startsWith("{")) expect(text, way).not.toBe(english.get(way));
    }
  });
});
