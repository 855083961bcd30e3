import type { Language } from "../../schema/primitives.ts";
import type { Reason } from "../../schema/surplus.ts";
import { Condition } from "../../schema/volunteer.ts";
import type { Explanation } from "./wording.ts";
import { wordings } from "./wordings.ts";

/** So many of a group: "65-plus", "under-65" and the conditions in words, others as the authority named them. */
const countOf = ({ group, count }: { group: string; count: number }, words: Explanation): string => {
  const condition = Condition.safeParse(group);
  if (condition.success) return words.conditions[condition.data](count);
  const [, fromAge] = /^(\d+)-plus$/.exec(group) ?? [];
  if (fromAge) return words.fromAge({ count, age: fromAge });
  const [, underAge] = /^under-(\d+)$/.exec(group) ?? [];
  return underAge ? words.underAge({ count, age: underAge }) : words.named({ group, count });
};

/**
 * Why this person, now, to be read by that person: of others it tells how many there were, and nothing where the
 * reason does not. Storage forgets the order of groups, so the most come first and the reader's own group last.
 */
export const explain = ({ place, group: own, before }: Reason, language: Language): string => {
  const words = wordings[language].explanation;
  if (!before) return words.place(place);
  const groups = Object.entries(before)
    .map(([group, count]) => ({ group, count }))
    .toSorted(
      (one, other) => Number(one.group === own) - Number(other.group === own) || other.count - one.count,
    )
    .map((each) => countOf(each, words) + (each.group === own ? ` ${words.older(each.count)}` : ""));
  const people = Object.values(before).reduce((sum, count) => sum + count, 0);
  return words.after({ place, people, groups: groups.join(", ") });
};
