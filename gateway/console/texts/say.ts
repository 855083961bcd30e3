import { IntlMessageFormat } from "intl-messageformat";
import type { Language } from "../../../schema/primitives.ts";

type Values = Record<string, string | number | Date>;

/** In Belgium, the language is written as there. */
const locales = { fr: "fr-BE", nl: "nl-BE", de: "de-BE", en: "en-GB" } as const satisfies Record<
  Language,
  string
>;
export const localeOf = (language: Language): string => locales[language];

const read = new Map<string, IntlMessageFormat>();
const formatOf = (language: Language, message: string): IntlMessageFormat => {
  const key = `${language} ${message}`;
  const found =
    read.get(key) ?? new IntlMessageFormat(message, locales[language], undefined, { ignoreTag: true });
  read.set(key, found);
  return found;
};

/**
 * A text with what is filled in, its plurals and numbers as the language has them: `{n, plural, one {a dose} other {#
 * doses}}` (ICU MessageFormat). `message` is one of ours, never something that somebody wrote.
 */
export const say = (language: Language, message: string, values: Values = {}): string =>
  String(formatOf(language, message).format(values));

/** All that happens here happens in Belgium. */
const timeZone = "Europe/Brussels";
const written = new Map<string, Intl.DateTimeFormat>();
const dated = (language: Language, how: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = language + JSON.stringify(how);
  const found = written.get(key) ?? new Intl.DateTimeFormat(locales[language], { timeZone, ...how });
  written.set(key, found);
  return found;
};

const dayAlone = /^\d{4}-\d\d-\d\d$/;
/** A day alone ("1950-01-15") is that day wherever it is read; a moment is of the day that it is in Belgium. */
const dayWritten = (language: Language, day: string, how: Intl.DateTimeFormatOptions): string =>
  dated(language, dayAlone.test(day) ? { timeZone: "UTC", ...how } : how).format(Date.parse(day));

/** 18:42 */
export const timeIn = (language: Language, at: string): string =>
  dated(language, { hour: "2-digit", minute: "2-digit" }).format(Date.parse(at));
/** Tuesday 18 May */
export const dayIn = (language: Language, at: string): string =>
  dated(language, { weekday: "long", day: "numeric", month: "long" }).format(Date.parse(at));
/** Tuesday 18 May, 18:42 */
export const momentIn = (language: Language, at: string): string =>
  `${dayIn(language, at)}, ${timeIn(language, at)}`;
/** 18 May, 18:42: in few letters, for a column. */
export const shortMomentIn = (language: Language, at: string): string =>
  `${dayWritten(language, at, { day: "numeric", month: "short" })}, ${timeIn(language, at)}`;
/** 18/5 */
export const shortDayIn = (language: Language, day: string): string =>
  dayWritten(language, day, { day: "numeric", month: "numeric" });
/** 15 January 1950 */
export const longDayIn = (language: Language, day: string): string =>
  dayWritten(language, day, { day: "numeric", month: "long", year: "numeric" });
/** 15/01/1950, as a card shows a birth date. */
export const birthIn = (language: Language, day: string): string =>
  dayWritten(language, day, { day: "2-digit", month: "2-digit", year: "numeric" });

/** Any Monday will do to name the days from. */
const monday = Date.UTC(2021, 3, 5);
/** Monday is 0. */
export const weekdayIn = (language: Language, nth: number): string =>
  dated(language, { timeZone: "UTC", weekday: "long" }).format(monday + nth * 86_400_000);

export const numberIn = (language: Language, value: number, how?: Intl.NumberFormatOptions): string =>
  new Intl.NumberFormat(locales[language], how).format(value);
