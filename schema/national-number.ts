import { z } from "zod";
import type { Day } from "./primitives.ts";

/**
 * What the national register number, or the BIS number of someone not in the register, says of a person.
 *
 * Eleven digits: birth date (YYMMDD), serial (odd for men), check digits = 97 − (the nine before mod 97), with
 * a 2 put before the nine for births from 2000 on. BIS adds 20 to the month (sex unknown) or 40 (sex known).
 * An unknown month or day is 00, and a day past the month's end is an overflow of serials, so unknown too; with
 * year 00 and month 00 nothing is known at all.
 * Source: royal decrees of 3 April 1984 (register number) and 8 February 1991 (BIS).
 */
export type NationalNumberFacts = {
  kind: "register" | "bis";
  sex?: "male" | "female";
  year?: number;
  month?: number;
  /** Only where day, month and year are all known. */
  birthDate?: Day;
};

const modulus = 97;
const two = (value: number) => String(value).padStart(2, "0");
const daysIn = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** The digits alone, of "85.07.30-033 28". */
export const plainNumber = (text: string): string => text.replace(/[\s.\-/]/g, "");

const centuryOf = (digits: string): 1900 | 2000 | undefined => {
  const check = Number(digits.slice(9));
  const [nine, prefixed] = [Number(digits.slice(0, 9)), Number(`2${digits.slice(0, 9)}`)];
  if (modulus - (nine % modulus) === check) return 1900;
  if (modulus - (prefixed % modulus) === check) return 2000;
  return undefined;
};

/** The facts in a number, or nothing when it is none. `today` rules out births that are still to come. */
export const readNationalNumber = (text: string, today?: Day): NationalNumberFacts | undefined => {
  const digits = plainNumber(text);
  if (!/^\d{11}$/.test(digits) || /^0+$/.test(digits)) return undefined;
  const century = centuryOf(digits);
  if (century === undefined) return undefined;
  const pair = (at: number) => Number(digits.slice(at, at + 2));
  const year = century + pair(0);
  const offset = [0, 20, 40].find((each) => pair(2) >= each && pair(2) <= each + 12);
  if (offset === undefined) return undefined;
  const [month, day] = [pair(2) - offset, pair(4)];
  const facts: NationalNumberFacts = { kind: offset === 0 ? "register" : "bis" };
  if (offset !== 20) facts.sex = Number(digits.slice(6, 9)) % 2 === 1 ? "male" : "female";
  if (year % 100 === 0 && month === 0 && day > 0) return facts;
  facts.year = year;
  if (month > 0) facts.month = month;
  if (month > 0 && day > 0 && day <= daysIn(year, month))
    facts.birthDate = `${year}-${two(month)}-${two(day)}`;
  if (today && (facts.birthDate ?? `${year}-${two(month)}`) > today) return undefined;
  return facts;
};

/** Whether a birth date is possible for that number, with what the number leaves unknown left open. */
export const agrees = (facts: Partial<NationalNumberFacts>, birthDate: Day): boolean => {
  if (facts.birthDate) return facts.birthDate === birthDate;
  const [year, month] = [Number(birthDate.slice(0, 4)), Number(birthDate.slice(5, 7))];
  return (facts.year ?? year) === year && (facts.month ?? month) === month;
};

export const NationalNumber = z
  .string()
  .max(20)
  .overwrite(plainNumber)
  .refine((text) => readNationalNumber(text) !== undefined, {
    error: "not a national register or BIS number: eleven digits of which the last two check the others",
  })
  .meta({
    id: "NationalNumber",
    description: "Sealed at rest, never shown again, never part of an address (F12).",
    example: "50.01.15-997 95",
  });
