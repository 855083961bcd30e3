type Words = Readonly<Record<string, string>>;

/** The word for a code, where there is one. */
export const knownWord = (words: Words, code: string): string | undefined =>
  Object.hasOwn(words, code) ? words[code] : undefined;

/** The same; a code that is new stands for itself. */
export const wordFor = (words: Words, code: string): string => knownWord(words, code) ?? code;
