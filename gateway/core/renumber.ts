import { plainNumber, readNationalNumber } from "../../schema/national-number.ts";
import { find, type Likened } from "./likeness.ts";

/** What a number means that a platform tells of somebody whom it knows by name: theirs, a doubt, or nothing new. */
export type Renumbering = "take" | "doubt" | "none";

const isRegister = (number: string): boolean => readNationalNumber(number)?.kind === "register";

/**
 * A BIS number is replaced when its owner enters the register, and somebody without a number may get one: both are
 * taken over where name and birth date agree. One register number never becomes another: then the platform may mean
 * somebody else, and nothing is taken.
 */
export const renumbering = (known: Likened, told: Likened): Renumbering => {
  const { nationalNumber: now } = told;
  const before = known.nationalNumber;
  if (!now || (before && plainNumber(before) === plainNumber(now))) return "none";
  const { names, birth } = find(known, told);
  const isAlike = names.family !== "other" && names.given !== "other" && birth !== "other";
  const isPlausible = !before || (!isRegister(before) && isRegister(now));
  return isAlike && isPlausible ? "take" : "doubt";
};
