/** What the page says on which somebody consents, as Belgians of each language write it. */
export type ConsentWords = {
  title: string;
  question: string;
  why: string;
  /** Before the version of the text. */
  text: string;
  /** In place of a text that was not written in this language. */
  missing: string;
  yes: string;
  /** Where silence and a no are not the same. */
  no?: string;
  declined?: string;
  silence: string;
  given: string;
  over: string;
  noToken: string;
  again: string;
  failed: string;
  /** Where no script runs: what is asked instead, and the button under it. */
  paste: string;
  goOn: string;
};
