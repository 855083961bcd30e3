import { Person } from "../../schema/volunteer.ts";
import { type Cell, type Reading, textOf } from "./cells.ts";

export type Names = { familyName: string; givenName: string };

const particles = new Set(
  "de den der des du d' di da la le les van von vander vanden ten ter te 't el al ben abu op".split(" "),
);
const capitals = (word: string) => /\p{Lu}.*\p{Lu}|^\p{Lu}['’]?$/u.test(word) && word === word.toUpperCase();

/** How many words at the beginning are the family name: its particles and one word more. */
const familyLength = (words: string[]): number => {
  const first = words.findIndex((word) => !particles.has(word.toLowerCase()));
  return Math.max(1, first + 1);
};

/**
 * Two names in one cell. "Dupont, Jean" says it by its comma and "DUPONT Jean" by its capitals, whichever comes
 * first; else the heading's order holds, and particles ("van der Linden") belong to the family name.
 */
const splitName = (text: string, order: "familyFirst" | "givenFirst"): Names | undefined => {
  const comma = text.indexOf(",");
  if (comma > 0) return both(text.slice(0, comma), text.slice(comma + 1));
  const words = text.split(/\s+/);
  const shouted = words.filter(capitals);
  if (shouted.length > 0 && shouted.length < words.length) {
    const whispered = words.filter((word) => !capitals(word));
    const together = [...shouted, ...whispered].join(" ") === words.join(" ");
    const behind = [...whispered, ...shouted].join(" ") === words.join(" ");
    if (together || behind) return both(shouted.join(" "), whispered.join(" "));
  }
  if (order === "familyFirst") {
    const length = familyLength(words);
    return both(words.slice(0, length).join(" "), words.slice(length).join(" "));
  }
  return both(words.slice(1).join(" "), words[0] ?? "");
};

const both = (family: string, given: string): Names | undefined => {
  const names = { familyName: family.trim(), givenName: given.trim() };
  return names.familyName && names.givenName ? names : undefined;
};

export const readName = (cell: Cell): Reading<string> => {
  const name = Person.shape.familyName.safeParse(textOf(cell));
  if (name.success) return { value: textOf(cell) };
  return {
    fault: textOf(cell) === "" ? "the name is missing: fill it in" : "not a name: write it in letters",
  };
};

export const readFullName = (cell: Cell, order: "familyFirst" | "givenFirst"): Reading<Names> => {
  const whole = readName(cell);
  if (!whole.value) return { fault: whole.fault };
  const names = splitName(whole.value, order);
  return names
    ? { value: names }
    : { fault: 'family name and given name are both needed, for instance "DUPONT Jean"' };
};
