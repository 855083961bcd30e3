import { IntlMessageFormat } from "intl-messageformat";
import { describe, expect, test } from "vitest";
import { agencyTexts } from "../../gateway/console/texts/agency/words.ts";
import { listTexts } from "../../gateway/console/texts/lists/words.ts";
import { signInTexts } from "../../gateway/console/texts/sign-in/words.ts";
import { staffTexts } from "../../gateway/console/texts/staff/words.ts";
import { languages, texts } from "../../gateway/console/texts/texts.ts";
import { whoMayTexts } from "../../gateway/console/texts/who-may/words.ts";
import { permissions } from "../../gateway/http/permissions.ts";

/** Each text by the way to it: `register.labels.email`. */
const textsIn = (value: unknown, way: string[] = []): [string, string][] =>
  typeof value === "string"
    ? [[way.join("."), value]]
    : Object.entries(value as Record<string, unknown>).flatMap(([name, each]) =>
        textsIn(each, [...way, name]),
      );
/** By the number of its kind, a part is a text or the `#` of a plural: neither names anything. */
const nameless = [0, 7];
type Parts = ReturnType<IntlMessageFormat["getAst"]>;
const namesIn = (parts: Parts): string[] =>
  parts.flatMap((part) => [
    ...("value" in part && !nameless.includes(part.type) ? [String(part.value)] : []),
    ...("options" in part ? Object.values(part.options).flatMap(({ value }) => namesIn(value)) : []),
  ]);
/** What is filled in, once each: a plural may take it as often as its language wants. */
const filledIn = (text: string): string[] =>
  [
    ...new Set(namesIn(new IntlMessageFormat(text, "en", undefined, { ignoreTag: true }).getAst())),
  ].toSorted();

/** All that is said, each by the file in which it stands. */
const said = Object.fromEntries(
  languages.map((language) => [
    language,
    new Map(
      textsIn({
        pages: texts[language],
        staff: staffTexts[language],
        lists: listTexts[language],
        agency: agencyTexts[language],
        "sign-in": signInTexts[language],
        "who-may": whoMayTexts[language],
      }),
    ),
  ]),
);
const english = said.en ?? new Map();

/** Two words or more beside what is filled in: one word, a name or a sign may be the same in two languages. */
const isSentence = (text: string): boolean => /\p{L} \p{L}/u.test(text.replaceAll(/\{[^{}]*\}/g, ""));

describe.each(languages.filter((each) => each !== "en"))("%s", (language) => {
  const own = said[language] ?? new Map();

  test("says what English says, no more and no less", () =>
    expect([...own.keys()].toSorted()).toEqual([...english.keys()].toSorted()));

  test("has the same filled in", () => {
    for (const [way, text] of own) expect(filledIn(text), way).toEqual(filledIn(english.get(way) ?? ""));
  });

  test("leaves nothing empty, and nothing in English", () => {
    for (const [way, text] of own) {
      expect(text.trim(), way).not.toBe("");
      if (isSentence(text) && !way.endsWith(".name")) expect(text, way).not.toBe(english.get(way));
    }
  });
});

test("every line of the table of who may do what is said in words", () => {
  const lines = new Set(permissions.map(({ id }) => id));
  for (const language of languages) expect(new Set(Object.keys(whoMayTexts[language].may))).toEqual(lines);
});
