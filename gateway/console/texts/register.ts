import type { Condition, DayPart } from "../../../schema/volunteer.ts";

/** What the form asks, by the names of its fields. */
export type Field =
  | ("givenName" | "familyName" | "nationalNumber" | "birthDate" | "email" | "mobile")
  | ("postcode" | "centres" | "when" | "conditions" | "language" | "consent")
  | ("helperName" | "helperEmail" | "helperMobile");

export type RegisterWords = {
  title: string;
  heading: string;
  /** What a reserve list is, in two sentences. */
  what: string;
  /** Leads whoever is on the list to their place. */
  already: string;
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
  intro: {
    /** `{n}` centres to choose from. */
    choice: string;
    /** Before the names of `{n}` centres. */
    centre: string;
    order: string;
    /** Within a group. */
    within: string;
    asked: string;
    name: string;
    oneContact: string;
    when: string;
    short: string;
    other: string;
  };
  /** `{from}` and `{to}` are years. */
  groups: Record<"from" | "between", string>;
  groupConditions: Record<Condition, string>;
  /** `{n}` stands for years; where the young wait on the list. */
  parked: string;
  form: string;
  forWhom: string;
  whom: Record<"me" | "other", string>;
  who: string;
  whoOther: string;
  reach: string;
  /** Beside two ways of which one is enough. */
  oneOf: string;
  helper: string;
  helperWritten: string;
  consentIs: string;
  /** Of a button that ticks a whole day, or a part of every day. */
  wholeLine: string;
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
  next: string;
  steps: string[];
  keepLink: string;
  mine: string;
};
