import { ageOn, type Day, type Vaccine } from "../../schema/primitives.ts";
import type { Basis, Deciding, Known, Objection } from "../../schema/proof.ts";
import { type PolicyRules, type Region, within } from "../../schema/region.ts";
import type { Condition } from "../../schema/volunteer.ts";
import { groupOf } from "./policy.ts";

/* What was declared and what was proven, told apart wherever it decides something (F19). */

/** What decides of somebody; `postcode` where it was asked. */
export type Decisive = { birthDate: Day; postcode?: string; conditions: readonly Condition[] };
export type Proof = Required<Basis> & { known: Exclude<Known, "declared"> };

const decisive = ({ postcode, conditions }: Decisive): Deciding[] => [
  "birthDate",
  ...(postcode === undefined ? [] : (["postcode"] as const)),
  ...conditions,
];

/** How each is known; a proof ends with the value that it is of. */
export const basesOf = (person: Decisive, proofs: readonly Proof[]): Basis[] =>
  decisive(person).map((what) => {
    const proof = proofs.find((each) => each.what === what);
    return proof ?? { what, known: "declared" as const };
  });

type Rule = { rules: PolicyRules; region: Region; day: Day };

/**
 * Why the policy would not have called somebody for this dose today. `before` is what was believed when they were asked:
 * whoever belongs to a later group than that came ahead of their turn.
 */
export const objectionsTo = (
  person: Decisive,
  before: Decisive,
  { rules, region, day, vaccine }: Rule & { vaccine: Vaccine },
): Objection[] => {
  const age = ageOn(person.birthDate, day);
  const [now, then] = [person, before].map((each) => groupOf(rules, each, day));
  const place = (group: typeof now) => (group ? rules.order.indexOf(group) : Number.POSITIVE_INFINITY);
  const tooYoung = age < rules.minimumAge;
  const postcode = person.postcode;
  return [
    ...(tooYoung ? (["too-young"] as const) : []),
    ...(!tooYoung && age < (rules.vaccineFromAge[vaccine] ?? 0) ? (["too-young-for-vaccine"] as const) : []),
    ...(postcode !== undefined && !within(postcode, region.postcodes) ? (["lives-elsewhere"] as const) : []),
    ...(!tooYoung && !now ? (["no-group"] as const) : []),
    ...(now && place(now) > place(then) ? (["ahead-of-turn"] as const) : []),
  ];
};
