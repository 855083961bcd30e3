import type { Condition, DayPart } from "../../../schema/volunteer.ts";

/** What the form asks, by the names of its fields. */
export type Field =
  | ("givenName" | "familyName" | "nationalNumber" | "birthDate" | "email" | "mobile")
  | ("postcode" | "centres" | "when" | "conditions" | "language" | "consent");

export type RegisterWords = {
  title: string;
  heading: string;
  /** Why signing up early gains nothing (F02). */
  order: string;
  goOn: string;
  /** Goes back to what was typed before. */
  resume: string;
  noRegion: string;
  /** The regions could not be read. */
  unread: string;
  /** Before the name of the region. */
  list: string;
  who: string;
  reach: string;
  labels: Record<Field, string>;
  hints: Partial<Record<Field, string>>;
  faults: Record<Field, string>;
  optional: string;
  parts: Record<DayPart, string>;
  conditions: Record<Condition, string>;
  kept: string;
  erase: string;
  send: string;
  sending: string;
  /** `{s}` stands for seconds; said while a script repeats. */
  later: string;
  stop: string;
  /** The same where no script runs. */
  laterByHand: string;
  look: string;
  /** `{n}` stands for years. */
  fromAge: string;
  changed: string;
  done: string;
  doneMore: string;
  mine: string;
};
