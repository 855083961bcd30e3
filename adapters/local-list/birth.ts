import { ageOn, type Day } from "../../schema/primitives.ts";
import { type Cell, digitsOf, filled, type Reading } from "./cells.ts";

type Birth = { birthDate: Day; birthYearOnly?: true };

const remedy = "write the birth date as day/month/year, for instance 30/07/1956";
const two = (part: string) => part.padStart(2, "0");

/** The calendar day, or nothing when there is none: 31 February, month 13. */
const day = (parts: { year: string; month: string; day: string }): Day | undefined => {
  const written = `${parts.year}-${two(parts.month)}-${two(parts.day)}`;
  const moment = new Date(`${written}T00:00:00Z`);
  return Number.isNaN(moment.getTime()) || moment.toISOString().slice(0, 10) !== written
    ? undefined
    : written;
};

/**
 * The century of a year of two digits: the latest that makes the person an adult today, since centres keep these lists
 * for adults. In April 2021, 30-07-02 is 2002 and 30-07-04 is 1904.
 */
const century = (parts: { year: string; month: string; day: string }, today: Day): string => {
  const recent = day({ ...parts, year: `20${parts.year}` });
  return recent && ageOn(recent, today) >= 18 ? `20${parts.year}` : `19${parts.year}`;
};

/** Days since 30 December 1899, as a spreadsheet counts once a cell has lost its date format. */
const fromSerial = (serial: number): Day =>
  new Date(Date.UTC(1899, 11, 30) + Math.floor(serial) * 86_400_000).toISOString().slice(0, 10);

const parse = (text: string, today: Day): Birth | undefined => {
  // Four digits are a year, which some lists have alone; as a serial number they would be a birth before 1928.
  if (/^(19|20)\d\d$/.test(text)) return { birthDate: `${text}-01-01`, birthYearOnly: true };
  if (/^\d{5}(?:[.,]\d+)?$/.test(text)) return { birthDate: fromSerial(Number.parseInt(text, 10)) };
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/.exec(text);
  const local = /^(\d{1,2})\s?[-/. ]\s?(\d{1,2})\s?[-/. ]\s?(\d{4}|\d{2})(?: \d\d?:.*)?$/.exec(text);
  const found = iso ? [iso[1], iso[2], iso[3]] : [local?.[3], local?.[2], local?.[1]];
  const parts = { year: found[0] ?? "", month: found[1] ?? "", day: found[2] ?? "" };
  if (parts.year.length === 2) parts.year = century(parts, today);
  const birthDate = day(parts);
  return birthDate ? { birthDate } : undefined;
};

/** Day before month, as Belgium writes; a year alone; or the number that a spreadsheet made of a date. */
export const readBirth = (cell: Cell, today: Day): Reading<Birth> => {
  const text = digitsOf(cell);
  if (filled(cell) === "") return {};
  const birth = parse(text, today);
  if (!birth) return { fault: `not a date; ${remedy}` };
  if (birth.birthDate > today) return { fault: `lies in the future; ${remedy}` };
  return ageOn(birth.birthDate, today) > 120
    ? { fault: `more than 120 years ago; ${remedy}` }
    : { value: birth };
};
