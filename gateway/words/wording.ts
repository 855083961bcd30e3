import type { MessageKind } from "../../schema/surplus.ts";
import type { Condition } from "../../schema/volunteer.ts";

/**
 * What a letter may speak of, already in the words of its language and as long as its form allows. A wording
 * that asks for what was not given makes `compose` throw, so that no letter ever leaves with a hole in it.
 */
export type Told = {
  readonly centre: string;
  /** Alone on its line in a body and last in a short text, so that no reader takes punctuation for a part of it. */
  readonly link: string;
  /** The end of the window, as a time on the wall. */
  readonly until: string;
  /** The day and the time after which the dose is lost. */
  readonly before: string;
  /** The day and the time at which the person is expected. */
  readonly at: string;
  /** When a standby knows at the latest, with its preposition: the time on the wall, and the day where it is another. */
  readonly knownBy: string;
  /** Until when nobody calls a person who did not react; absent where silence costs nothing. */
  readonly pausedUntil?: string;
  /** The name of a campaign, as its authority writes it in this language. */
  readonly campaign: string;
};

type Draft = {
  subject(told: Told): string;
  /** Paragraphs; greeting and closing are put around them. */
  body(told: Told): string[];
  /** Letters of GSM-7 alone: it has à, é, è and ü, but no ê, ç or ë. */
  short(told: Told): string;
};

/** The words in which it is said why someone was called, with those for the usual names of a policy's groups. */
export type Explanation = {
  place(place: number): string;
  /** `groups`: how many of each, in the words below, one after the other. */
  after(told: { place: number; people: number; groups: string }): string;
  fromAge(told: { count: number; age: string }): string;
  underAge(told: { count: number; age: string }): string;
  conditions: Record<Condition, (count: number) => string>;
  /** A group that an authority named otherwise. */
  named(told: { count: number; group: string }): string;
  /** Behind those of the reader's own group. */
  older(count: number): string;
};

/** All that is written to volunteers in one language, as Belgians of that language write it. */
export type Wording = {
  locale: string;
  /** A time on the wall, "18:30", and a day with such a time, as they stand in a sentence. */
  clock(time: string): string;
  moment(day: string, time: string): string;
  /** Either of them where it follows "at the latest", with its preposition. */
  latest(told: { day?: string; time: string }): string;
  greeting(name: string): string;
  /** Where a helper is the one contacted: whom it is about (F16). */
  onBehalfOf(name: string): string;
  closing: string;
  letters: Record<MessageKind, Draft>;
  explanation: Explanation;
};
