import type { HeldItem } from "../../../schema/held.ts";
import type { Language } from "../../../schema/primitives.ts";
import { momentIn } from "../texts/say.ts";
import { isLanguage, texts } from "../texts/texts.ts";
import { wordFor } from "../texts/word-for.ts";
import { days, parts } from "./register-form.ts";

/** Any Monday will do to name the days from. */
const monday = Date.UTC(2021, 3, 5);
const dayMs = 86_400_000;

/** 30/07/1946 */
export const birthIn = (day: string): string => day.split("-").toReversed().join("/");

/** "monday: morning, evening; …" in the reader's words, Monday first. */
const weekIn = (language: Language, value: string): string => {
  const named = new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" });
  const words = texts[language].register.parts;
  const pieces = value.split("; ");
  const nth = (piece: string) => days.findIndex((day) => piece.startsWith(`${day}:`));
  return pieces
    .toSorted((one, other) => nth(one) - nth(other))
    .map((piece) => {
      const day = nth(piece);
      const said = parts.reduce((text, part) => text.replace(part, words[part]), piece);
      return day < 0 ? said : said.replace(days[day] ?? "", named.format(monday + day * dayMs));
    })
    .join("; ");
};

/** What is held, as a person reads it; the file that they take along has it as it is. */
export const heldIn = (language: Language, { field, value }: Pick<HeldItem, "field" | "value">): string => {
  const { place, register } = texts[language];
  if (field === "birthDate") return birthIn(value);
  if (field === "registered") return momentIn(language, value);
  if (field === "availability") return weekIn(language, value);
  if (field === "language") return isLanguage(value) ? texts[value].answer.name : value;
  if (field === "state") return wordFor(place.states, value);
  if (field !== "conditions") return value;
  const conditions = value.split(", ");
  return conditions.map((each) => wordFor(register.conditions, each)).join("; ");
};
