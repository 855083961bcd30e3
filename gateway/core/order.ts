import type { Day, VolunteerId } from "../../schema/primitives.ts";
import type { PolicyRules } from "../../schema/region.ts";
import type { Condition } from "../../schema/volunteer.ts";
import { groupOf } from "./policy.ts";

/**
 * A person's place in the authority's order, as text that sorts: how far their list is from the centre (0: its
 * own), the group of the policy, the birth date, and the registration's id. The id is random and given once, so
 * that people born on one day are told apart neither by arrival nor by luck that cannot be looked up again.
 */
export type Rank = string;

type Ranked = { id: VolunteerId; birthDate: Day; conditions: readonly Condition[]; ring?: number };

/** Where that person stands on that day; after everybody where policy calls them never. */
export const rankOf = (rules: PolicyRules, person: Ranked, day: Day): Rank => {
  const group = groupOf(rules, person, day);
  const turn = group ? rules.order.indexOf(group) : 99;
  const two = (number: number) => String(number).padStart(2, "0");
  return `${two(person.ring ?? 0)} ${two(turn)} ${person.birthDate} ${person.id}`;
};

export const byRank = <Each extends { rank: Rank }>(one: Each, other: Each): number =>
  one.rank < other.rank ? -1 : one.rank > other.rank ? 1 : 0;
