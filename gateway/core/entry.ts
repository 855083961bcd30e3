import type { RosterEntry } from "../../schema/adapter.ts";
import { NationalNumber } from "../../schema/national-number.ts";
import { type Day, Day as DayShape, Postcode } from "../../schema/primitives.ts";
import { type Contact, Contact as ContactShape } from "../../schema/volunteer.ts";
import { isPossibleBirth } from "./identity.ts";

/** A field of a record of a platform's list that could not be used; `record`: none of them could. */
export type EntryFault =
  | "email"
  | "mobile"
  | "nationalNumber"
  | "postcode"
  | "birthDate"
  | "centres"
  /** It is usable, and differs from the one that the person has here. */
  | "otherNumber"
  | "record";

/** "0470/12.34.56", "+32 (0)470 12 34 56" and "0032470123456" as "+32470123456"; anything else without its blanks. */
const international = (text: string): string =>
  text
    .replace(/[\s./–-]|\(0\)|[()]/g, "")
    .replace(/^00/, "+")
    .replace(/^(\+32)?0(?=4\d{8}$)/, "+32");

/** The ways to reach a person that can be used, and the names of those that cannot. */
export const usableContact = (told: Contact): { contact: Contact; faults: EntryFault[] } => {
  const { email, mobile } = ContactShape.shape;
  const [mail, phone] = [
    email.safeParse(told.email?.trim() || undefined),
    mobile.safeParse((told.mobile && international(told.mobile)) || undefined),
  ];
  return {
    contact: {
      ...(mail.data === undefined ? {} : { email: mail.data }),
      ...(phone.data === undefined ? {} : { mobile: phone.data }),
    },
    faults: [...(mail.success ? [] : ["email" as const]), ...(phone.success ? [] : ["mobile" as const])],
  };
};

/**
 * Looks at every field of a record of a platform's list: what can be used is kept, what cannot is left out and named.
 * One bad field must not keep a person off the list, and must not be sent on either, to fail at another platform.
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
