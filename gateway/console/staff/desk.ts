import type { Context } from "hono";
import { type Answered, type OwnDesk, ownDesk, type Refused } from "../frame/own-desk.ts";
import type { Session } from "../sign-in/guard.tsx";
import { type StaffWords, staffTexts } from "../texts/staff/words.ts";

/* What each page of a centre's evening works with. */

export type { Refused };
export type Answer<Value> = Answered<Value>;
export type Desk = OwnDesk & { words: StaffWords };

export const deskOf = (c: Context, session: Session): Desk => {
  const desk = ownDesk(c, session);
  return { ...desk, words: staffTexts[desk.language] };
};

const known = [
  "not_allowed",
  "not_found",
  "conflict",
  "surplus_over",
  "doses_promised",
  "expected_later",
] as const;
const knownToo = ["no_dose_free", "booking_over", "card_differs"] as const;
const busy: readonly string[] = [
  "too_many_requests",
  "overloaded",
  "database_unavailable",
  "platform_unavailable",
];

/** A refusal in words that say what to do. */
export const faultOf = ({ words }: Pick<Desk, "words">, { code }: Pick<Refused, "code">): string => {
  if (busy.includes(code)) return words.fault.wait;
  const told = [...known, ...knownToo].find((each) => each === code);
  return told ? words.fault[told] : words.fault.other;
};
