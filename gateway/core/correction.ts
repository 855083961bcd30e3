import type { Issue } from "../../schema/errors.ts";
import { ageOn, type Day } from "../../schema/primitives.ts";
import type { PolicyRules } from "../../schema/region.ts";
import type { Correction } from "../../schema/volunteer.ts";
import { birthDateOf } from "./identity.ts";
import type { Likened } from "./likeness.ts";
import { renumbering } from "./renumber.ts";

/* What somebody says of who they are, where it was wrong. */

export type Corrected = {
  person: Likened;
  /** What is other than before, by name alone. */
  fields: (keyof Correction)[];
  /** Whether what they were found by before goes on finding them. */
  keepsFormer: boolean;
};

const names = ["givenName", "familyName", "birthDate", "nationalNumber"] as const;

/**
 * Whoever gave no number is still meant by what they gave, and a BIS number stays its owner's once they enter the
 * register. Another number was never theirs: it must find them no more, or its owner would be kept off the list by them.
 */
const isStillTheirs = (before: Likened, after: Likened): boolean =>
  before.nationalNumber === undefined || renumbering(before, after) === "take";

/** Who they are from now on, or why that cannot be: by the rules of registering, wherever they bear on what is said. */
export const correct = (
  before: Likened,
  said: Correction,
  { rules, today }: { rules: PolicyRules; today: Day },
): Corrected | { issues: Issue[] } => {
  const { birthDate: born, birthYearOnly } = before;
  const number = said.nationalNumber ?? before.nationalNumber;
  const isBorn = said.birthDate !== undefined || said.nationalNumber !== undefined;
  const whole = said.birthDate ?? (birthYearOnly ? undefined : born);
  const birth = isBorn ? birthDateOf({ nationalNumber: number, birthDate: whole }, today) : undefined;
  if (birth && "issue" in birth) return { issues: [birth.issue] };
  const birthDate = birth?.birthDate ?? born;
  const tooYoung = rules.underAge === "refuse" && ageOn(birthDate, today) < rules.minimumAge;
  if (tooYoung && birthDate !== born) {
    const detail = `the list is open from ${rules.minimumAge} years on`;
    return { issues: [{ in: "body", at: "/birthDate", detail }] };
  }
  const after = { ...before, ...said, nationalNumber: number, birthDate };
  const person = { ...after, birthYearOnly: birthYearOnly && !birth };
  return {
    person,
    fields: names.filter((name) => person[name] !== before[name]),
    keepsFormer: isStillTheirs(before, person),
  };
};
