import { plainNumber, readNationalNumber } from "../../schema/national-number.ts";
import type { Day } from "../../schema/primitives.ts";
import {
  type FamilyLevel,
  familyParts,
  likeNames,
  type Name,
  type NameLevel,
  type NameLikeness,
  soundOf,
  withoutParticles,
  wordsOf,
} from "./names.ts";

/*
 * Whether two registrations are one person's. Pure: what is compared comes in, codes and a score come out, and no
 * word of what was compared. docs/one-person.md shows the table and says who decides.
 */

/** One registration, opened to be compared. */
export type Likened = Name & {
  birthDate: Day;
  /** Where only the year is known. */
  birthYearOnly?: boolean;
  nationalNumber?: string;
  email?: string;
  mobile?: string;
  /** Whether a helper is the one reached: many people share them. */
  isHelped?: boolean;
  /** Ways of this person that further registrations have too: a household's, or a helper's who gave their own. */
  shared?: readonly string[];
  postcode?: string;
};

type BirthLevel = "same" | "swapped" | "one-digit" | "year" | "other";
type ContactLevel = "same" | "shared" | "none";
type PostcodeLevel = "same" | "unknown" | "other";
type NumberLevel = "same" | "unknown" | "changed" | "other";

/**
 * What each finding is worth, in halvings of the odds: +7 is once in a hundred and twenty-eight among strangers. That
 * two who are one differ in it costs what it is worth. Reasons stand beside each.
 */
export const weights = {
  /** The commonest family name of Belgium, Peeters, is one in 350. Some write another one once they are married. */
  family: { same: 7, part: 5, sound: 5, typo: 4, other: -4 },
  /** The commonest given names are one in 50. Another given name is another child of the house, most of all a twin. */
  given: { same: 5, part: 4, sound: 3, initial: 2, typo: 1, other: -30 },
  /** One in 25,000 days; twins and households make it less telling. Parent and child of one name differ here. */
  birth: { same: 12, swapped: 8, "one-digit": 6, year: 4, other: -30 },
  /** A telephone in nobody else's registration; a household's tells little more than the postcode. */
  mobile: { same: 8, shared: 2, none: 0 },
  email: { same: 7, shared: 2, none: 0 },
  postcode: { same: 2, unknown: 0, other: -1 },
  /** Eleven digits that check themselves. A BIS number is replaced when its owner enters the register. */
  number: { same: 40, unknown: 0, changed: -4, other: -100 },
  /** Given and family name in each other's place. */
  swappedNames: -1,
} as const;

/** From so much on a person looks at it: name and birth date together, or most of both and a telephone. */
export const doubtfulFrom = 20;

export type Outcome = "same" | "doubtful" | "different";
export type Reason =
  | `family-${FamilyLevel}`
  | `given-${NameLevel}`
  | "names-swapped"
  | `birth-${BirthLevel}`
  | `mobile-${ContactLevel}`
  | `email-${ContactLevel}`
  | `postcode-${PostcodeLevel}`
  | `number-${NumberLevel}`;
export type Likeness = { outcome: Outcome; score: number; reasons: Reason[] };

/** The levels of everything that is compared. */
export type Findings = {
  names: NameLikeness;
  birth: BirthLevel;
  mobile: ContactLevel;
  email: ContactLevel;
  postcode: PostcodeLevel;
  number: NumberLevel;
  /** Whether both are reached by the same first way of their own. */
  reachedAlike: boolean;
};

const digitsApart = (one: Day, other: Day): number =>
  [...one].filter((digit, index) => digit !== other[index]).length;

const likeBirth = (one: Likened, other: Likened): BirthLevel => {
  const [born, otherBorn] = [one.birthDate, other.birthDate];
  if (one.birthYearOnly || other.birthYearOnly)
    return born.slice(0, 4) === otherBorn.slice(0, 4) ? "year" : "other";
  if (born === otherBorn) return "same";
  const [year, month, day] = born.split("-");
  if (otherBorn === `${year}-${day}-${month}`) return "swapped";
  return digitsApart(born, otherBorn) === 1 ? "one-digit" : "other";
};

const likeWay = (one: Likened, other: Likened, way: "mobile" | "email"): ContactLevel => {
  const [mine, theirs] = [one[way]?.toLowerCase(), other[way]?.toLowerCase()];
  if (mine === undefined || mine !== theirs) return "none";
  const isShared = [one, other].some(
    ({ isHelped, shared }) => isHelped || shared?.some((each) => each.toLowerCase() === mine),
  );
  return isShared ? "shared" : "same";
};

/** Two numbers that differ are two people, unless one of them is a BIS number, which is replaced. */
const likeNumber = ({ nationalNumber: mine }: Likened, { nationalNumber: theirs }: Likened): NumberLevel => {
  if (!mine || !theirs) return "unknown";
  if (plainNumber(mine) === plainNumber(theirs)) return "same";
  return [mine, theirs].some((number) => readNationalNumber(number)?.kind === "bis") ? "changed" : "other";
};

const likePostcode = ({ postcode: mine }: Likened, { postcode: theirs }: Likened): PostcodeLevel => {
  if (mine === undefined || theirs === undefined) return "unknown";
  return mine === theirs ? "same" : "other";
};

/** The way by which registrations without a number are told apart: the mobile, or else the e-mail address. */
const firstWay = ({ mobile, email }: Likened): string | undefined => mobile ?? email?.toLowerCase();

export const find = (one: Likened, other: Likened): Findings => ({
  names: likeNames(one, other),
  birth: likeBirth(one, other),
  mobile: likeWay(one, other, "mobile"),
  email: likeWay(one, other, "email"),
  postcode: likePostcode(one, other),
  number: likeNumber(one, other),
  reachedAlike:
    !one.isHelped && !other.isHelped && firstWay(one) !== undefined && firstWay(one) === firstWay(other),
});

/**
 * What identifies a person without a number, as docs/one-person.md documents it: the whole name, the whole birth date
 * and the first way to reach them. Nothing less is ever taken for one person without somebody looking.
 */
const isDocumented = ({ names, birth, reachedAlike }: Findings): boolean =>
  names.family === "same" && names.given === "same" && !names.swapped && birth === "same" && reachedAlike;

const outcomeOf = (found: Findings, score: number): Outcome => {
  if (found.number === "other") return "different";
  const isNobody = found.names.family === "other" && found.names.given === "other";
  if (found.number === "same") return isNobody ? "doubtful" : "same";
  if (found.number === "unknown" && isDocumented(found)) return "same";
  return score >= doubtfulFrom ? "doubtful" : "different";
};

/** Adds the findings up, and says what follows from them. */
export const weigh = (found: Findings): Likeness => {
  const { names, birth, mobile, email, postcode, number } = found;
  const score =
    weights.family[names.family] +
    weights.given[names.given] +
    (names.swapped ? weights.swappedNames : 0) +
    weights.birth[birth] +
    weights.mobile[mobile] +
    weights.email[email] +
    weights.postcode[postcode] +
    weights.number[number];
  const reasons: Reason[] = [
    `family-${names.family}`,
    `given-${names.given}`,
    ...(names.swapped ? ["names-swapped" as const] : []),
    `birth-${birth}`,
    `mobile-${mobile}`,
    `email-${email}`,
    `postcode-${postcode}`,
    `number-${number}`,
  ];
  return { outcome: outcomeOf(found, score), score, reasons };
};

export const likeness = (one: Likened, other: Likened): Likeness => weigh(find(one, other));

/**
 * What registrations must have in common to be compared at all: one of these words. They are digested with a key
 * before they are kept. Between them they find whoever shares a birth date and any one name, in whatever order; whoever
 * shares the year or the day and month, a family name and an initial; and, by the contact digests that exist, whoever
 * is reached alike.
 */
export const blockWords = ({ givenName, familyName, birthDate }: Likened): string[] => {
  const [year = "", ...rest] = birthDate.split("-");
  // Day and month in order of size, so that a swap stays in one block.
  const ofYear = rest.toSorted().join("-");
  const family = familyParts(familyName).map((part) => soundOf(withoutParticles(part)));
  const given = wordsOf(givenName).map(soundOf);
  const initial = given[0]?.[0] ?? "";
  return [
    ...new Set([
      ...[...family, ...given].map((name) => `${year}-${ofYear} ${name}`),
      ...family.flatMap((name) => [year, ofYear].map((part) => `${part} ${name} ${initial}`)),
    ]),
  ];
};
