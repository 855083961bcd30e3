/*
 * What somebody has who collects all that was told and looks for what was not: numbers that he does not know, what is said
 * of their sums, and those whose value he wants. Nothing here knows how cells were chosen to be hidden.
 */

/** Whole numbers times unknown numbers, and `more`. */
export type Expression = { unknowns: readonly number[]; times: readonly number[]; more: number };

/** Between `least` and `most`, both without the `more` of the expression. */
export type Fact = { unknowns: readonly number[]; times: readonly number[]; least: number; most: number };

export type Target = Expression & {
  key: Readonly<Record<string, string>>;
  /** 0 for the release that is looked at; for those before it 1 and more, the latest first. */
  daysAgo: number;
  /** `growth`: of the cell, since then. */
  kind: "count" | "growth";
  /** How many whole numbers it can at least be, or else it is found. */
  need: number;
};

export type Problem = {
  least: number[];
  most: number[];
  facts: Fact[];
  targets: Target[];
  /** A table that agrees with all that was told, where one is known: where to begin. It is not believed unseen. */
  known?: readonly number[];
};

export type Part = { unknowns: readonly number[]; facts: readonly Fact[]; targets: readonly Target[] };

/** The parts of a problem that have no unknown number in common. */
export const partsOf = ({ least, facts, targets }: Problem): Part[] => {
  const leader = Int32Array.from(least.keys());
  const leaderOf = (unknown: number): number => {
    let at = unknown;
    while (leader[at] !== at) {
      leader[at] = leader[leader[at] ?? at] ?? at;
      at = leader[at] ?? at;
    }
    return at;
  };
  // A hidden total all of whose parts are told has no unknown number: whoever looks through parts need not see it.
  const open = targets.filter(({ unknowns }) => unknowns.length > 0);
  for (const { unknowns } of [...facts, ...open]) {
    const first = leaderOf(unknowns[0] ?? 0);
    for (const unknown of unknowns) leader[leaderOf(unknown)] = first;
  }
  const parts = new Map<number, { unknowns: number[]; facts: Fact[]; targets: Target[] }>();
  const partOf = (unknown: number) => {
    const first = leaderOf(unknown);
    const part = parts.get(first) ?? { unknowns: [], facts: [], targets: [] };
    parts.set(first, part);
    return part;
  };
  for (const unknown of least.keys()) partOf(unknown).unknowns.push(unknown);
  for (const fact of facts) partOf(fact.unknowns[0] ?? 0).facts.push(fact);
  for (const target of open) partOf(target.unknowns[0] ?? 0).targets.push(target);
  return [...parts.values()].filter((part) => part.targets.length > 0);
};
