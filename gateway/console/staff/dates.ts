import type { Language } from "../../../schema/primitives.ts";
import { localeOf } from "../texts/say.ts";

/** A birth date as a card shows it, 15/01/1950; it is a day, and of no time zone. */
export const dateIn = (language: Language, day: string): string =>
  new Intl.DateTimeFormat(localeOf(language), {
    timeZone: "UTC",
    day: "2-digit",
    month: "2-digit",
    year: "numeric",
  }).format(Date.parse(day));
