import type { Context } from "hono";
import { type OwnDesk, ownDesk, type Refused } from "../frame/own-desk.ts";
import { type StaffWords, staffTexts } from "../texts/staff/words.ts";
import { knownWord } from "../texts/word-for.ts";

/* What each page of a centre's evening works with. */

export type { Refused };
export type Desk = OwnDesk & { words: StaffWords };

export const deskOf = (c: Context): Desk => {
  const desk = ownDesk(c);
  return { ...desk, words: staffTexts[desk.language] };
};

const busy: readonly string[] = [
  "too_many_requests",
  "overloaded",
  "database_unavailable",
  "platform_unavailable",
];

/** A refusal in words that say what to do. */
export const faultOf = ({ words }: Pick<Desk, "words">, { code }: Pick<Refused, "code">): string => {
  if (busy.includes(code)) return words.fault.wait;
  return knownWord(words.fault, code) ?? words.fault.other;
};
