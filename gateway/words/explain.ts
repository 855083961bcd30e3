import type { Language } from "../../schema/primitives.ts";
import type { Reason } from "../../schema/surplus.ts";
import { Condition } from "../../schema/volunteer.ts";
import type { Explanation } from "./wording.ts";
import { wordings } from "./wordings.ts";

/** "65-plus", "under-65" and the conditions in words; a group that an authority named otherwise stays as named. */
const groupIn = (group: string, words: Explanation): string => {
  const condition = Condition.safeParse(group);
  if (condition.success) return words.conditions[condition.data];
  const [, fromAge] = /^(\d+)-plus$/.exec(group) ?? [];
  if (fromAge) return words.fromAge(fromAge);
  const [, underAge] = /^under-(\d+)$/.exec(group) ?? [];
  return underAge ? words.underAge(underAge) : group;
};

/** Why this person, now, to be read by that person: says nothing of anybody else. */
export const explain = (reason: Reason, language: Language): string => {
  const words = wordings[language].explanation;
  const { place, age, policyVersion: version } = reason;
  return words.order({ place, age, version, group: groupIn(reason.group, words) });
};
