import { plainNumber, readNationalNumber } from "../../schema/national-number.ts";
import type { Day } from "../../schema/primitives.ts";
import { type Cell, digitsOf, type Reading } from "./cells.ts";

/**
 * A national number, with the zeros put back that a spreadsheet ate: births from 2000 to 2009 begin with one to
 * three. The check digits say whether that was it.
 */
export const readNumber = (cell: Cell, today: Day): Reading<string> => {
  const digits = plainNumber(digitsOf(cell));
  if (digits === "") return {};
  const whole = /^\d{8,10}$/.test(digits) ? digits.padStart(11, "0") : digits;
  if (readNationalNumber(whole, today)) return { value: whole };
  return {
    fault: /^\d{11}$/.test(whole)
      ? "the check digits of the national number do not match: compare it with the identity card, or leave it empty"
      : "not a national number of eleven digits: compare it with the identity card, or leave it empty",
  };
};
