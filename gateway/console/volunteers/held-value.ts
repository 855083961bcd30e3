import type { HeldItem } from "../../../schema/held.ts";
import type { Language } from "../../../schema/primitives.ts";
import { birthIn, momentIn, weekdayIn } from "../texts/say.ts";
import { isLanguage, texts } from "../texts/texts.ts";
import { wordFor } from "../texts/word-for.ts";
import { days, parts } from "./register-form.ts";

/** "monday: morning, evening; …" in the reader's words, Monday first. */
const weekIn = (language: Language, value: string): string => {
  const words = texts[language].register.parts;
  const pieces = value.split("; ");
  const nth = (piece: string) => days.findIndex((day) => piece.startsWith(`${day}:`));
  return pieces
    .toSorted((one, other) => nth(one) - nth(other))
    .map((piece) => {
      const day = nth(piece);
      const said = parts.reduce((text, part) => text.replace(part, words[part]), piece);
      return day < 0 ? said : said.replace(days[day] ?? "", weekdayIn(language, day));
    })
    .join("; ");
};

/** What is held, as a person reads it; the file that they take along has it as it is. */
export const heldIn = (language: Language, { field, value }: Pick<HeldItem, "field" | "value">): string => {
  const { place, register } = texts[language];
  if (field === "birthDate") return birthIn(language, value);
  if (field === "registered") return momentIn(language, value);
  if (field === "availability") return weekIn(language, value);
  if (field === "language") return isLanguage(value) ? texts[value].answer.name : value;
  if (field === "state") return wordFor(place.states, value);
  if (field !== "conditions") return value;
  const conditions = value.split(", ");
  return conditions.map((each) => wordFor(register.conditions, each)).join("; ");
};
