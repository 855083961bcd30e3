import { ageOn, type Day } from "../../schema/primitives.ts";
import type { Group, Policy, PolicyRules } from "../../schema/region.ts";
import type { Reason } from "../../schema/surplus.ts";
import type { Condition } from "../../schema/volunteer.ts";

/** A day so many years earlier; 29 February becomes the 28th where the year has none. */
const yearsBefore = (day: Day, years: number): Day => {
  const year = Number(day.slice(0, 4)) - years;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const rest = day.slice(4) === "-02-29" && !leap ? "-02-28" : day.slice(4);
  return `${String(year).padStart(4, "0")}${rest}`;
};

/**
 * The births that a group takes on that day: born after `bornAfter`, on or before `bornUntil`. A person of the
 * minimum age on the day of the invitation is old enough, whatever they were on the day they registered (F08).
 */
export const bounds = (group: Group, minimumAge: number, day: Day): { bornAfter: Day; bornUntil: Day } => ({
  bornAfter: yearsBefore(day, group.toAge + 1),
  bornUntil: yearsBefore(day, Math.max(group.fromAge, minimumAge)),
});

/** The first group of the order that takes this person on that day; nothing where policy calls them never. */
export const groupOf = (
  rules: PolicyRules,
  person: { birthDate: Day; conditions: readonly Condition[] },
  day: Day,
): Group | undefined => {
  const age = ageOn(person.birthDate, day);
  if (age < rules.minimumAge) return undefined;
  return rules.order.find(
    (group) =>
      age >= group.fromAge &&
      age <= group.toAge &&
      (group.condition === undefined || person.conditions.includes(group.condition)),
  );
};

/** Fewer than so many of one group are not told of: the person asked may know who that was. */
const tooFewToTell = 3;

/** How many of each group were before, where each are enough not to be recognised. */
const counted = (groups: readonly string[]): Pick<Reason, "before"> => {
  const before: Record<string, number> = {};
  for (const group of groups) before[group] = (before[group] ?? 0) + 1;
  const counts = Object.values(before);
  return counts.length === 0 || counts.some((count) => count < tooFewToTell) ? {} : { before };
};

/**
 * Why this person, after so many before them: what an invitation says of itself, and a rehearsal of it. `before`:
 * the group of each person who stood above and was asked.
 */
export const reasonFor = (
  { rules, version }: Pick<Policy, "rules" | "version">,
  person: { birthDate: Day; conditions: readonly Condition[] },
  { before, day }: { before: readonly string[]; day: Day },
): Reason => ({
  place: before.length + 1,
  ...counted(before),
  group: groupOf(rules, person, day)?.name ?? "",
  age: ageOn(person.birthDate, day),
  policyVersion: version,
});
