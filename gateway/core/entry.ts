import type { RosterEntry } from "../../schema/adapter.ts";
import { NationalNumber } from "../../schema/national-number.ts";
import { type Day, Day as DayShape, Postcode } from "../../schema/primitives.ts";
import { type Contact, Contact as ContactShape } from "../../schema/volunteer.ts";
import { isPossibleBirth } from "./identity.ts";

/** What of a record of a platform's list could not be used, by its name there; `record`: the whole of it. */
export type EntryFault =
  | "email"
  | "mobile"
  | "nationalNumber"
  | "postcode"
  | "birthDate"
  | "centres"
  | "record";

/** "0470/12.34.56", "+32 (0)470 12 34 56" and "0032470123456" as "+32470123456"; anything else without its blanks. */
const international = (text: string): string =>
  text
    .replace(/[\s./–-]|\(0\)|[()]/g, "")
    .replace(/^00/, "+")
    .replace(/^(\+32)?0(?=4\d{8}$)/, "+32");

/** What a person can be reached by; what cannot be used is absent, and named. */
export const usableContact = (told: Contact): { contact: Contact; faults: EntryFault[] } => {
  const { email, mobile } = ContactShape.shape;
  const [mail, call] = [
    email.safeParse(told.email?.trim() || undefined),
    mobile.safeParse((told.mobile && international(told.mobile)) || undefined),
  ];
  return {
    contact: {
      ...(mail.data === undefined ? {} : { email: mail.data }),
      ...(call.data === undefined ? {} : { mobile: call.data }),
    },
    faults: [...(mail.success ? [] : ["email" as const]), ...(call.success ? [] : ["mobile" as const])],
  };
};

/**
 * A record of a platform's list with all that can be used, and what cannot, which is absent then: a list that
 * others keep is not refused for one field, and no order fails later on what was never looked at.
 */
export const usable = (told: RosterEntry, today: Day): { entry: RosterEntry; faults: EntryFault[] } => {
  const { nationalNumber, postcode, birthDate, contact: reached, ...rest } = told;
  const { contact, faults } = usableContact(reached);
  const [number, code] = [
    NationalNumber.optional().safeParse(nationalNumber),
    Postcode.optional().safeParse(postcode),
  ];
  const isBirth = (text: string) => DayShape.safeParse(text).success && isPossibleBirth(text, today);
  const born = birthDate === undefined || isBirth(birthDate);
  if (!number.success) faults.push("nationalNumber");
  if (!code.success) faults.push("postcode");
  if (!born) faults.push("birthDate");
  const known = { nationalNumber: number.data, postcode: code.data, birthDate: born ? birthDate : undefined };
  return { entry: { ...rest, contact, ...known }, faults };
};
