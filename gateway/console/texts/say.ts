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

/** 18:42 */
export const timeIn = (language: Language, at: string): string =>
  dated(language, { hour: "2-digit", minute: "2-digit" }).format(Date.parse(at));
/** Tuesday 18 May */
export const dayIn = (language: Language, at: string): string =>
  dated(language, { weekday: "long", day: "numeric", month: "long" }).format(Date.parse(at));
/** Tuesday 18 May, 18:42 */
export const momentIn = (language: Language, at: string): string =>
  `${dayIn(language, at)}, ${timeIn(language, at)}`;
