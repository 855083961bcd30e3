import { type Attack, attackOn } from "./attack.ts";
import { neighboursOf } from "./neighbours.ts";
import { type Part, type Problem, partsOf, type Target } from "./problem.ts";
import { type Solver, solverFor } from "./solver.ts";

/*
 * What follows from all that was told, by another way than it was protected: each hidden number is bounded from both sides
 * by linear programming over every table that agrees with what was told, in whole numbers where fractions would mislead.
 */

/** A hidden number, and all that it can be. */
export type Follows = Pick<Target, "key" | "daysAgo" | "kind"> & { least: number; most: number };

const nearlyWhole = 1e-6;

/** The range in which a target was seen to be, in tables of whole numbers. */
type Range = { target: Target; least: number; most: number };

const valueIn = ({ unknowns, times, more }: Target, values: (unknown: number) => number): number =>
  unknowns.reduce((sum, unknown, nth) => sum + (times[nth] ?? 0) * values(unknown), more);

const isOpen = ({ target, least, most }: Range) => !(most - least + 1 >= target.need);

/** Always the same choices, so that a proof takes the same way each time. */
const choices = () => {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
};

const seeing = ({ unknowns }: Part, ranges: readonly Range[]) => {
  const placeOf = new Map(unknowns.map((unknown, place) => [unknown, place]));
  /** Costs over the unknowns of one sum of targets. */
  const costsOf = (weighed: readonly (readonly [target: Target, weight: number])[]): number[] => {
    const costs = unknowns.map(() => 0);
    for (const [target, weight] of weighed)
      for (const [nth, unknown] of target.unknowns.entries()) {
        const place = placeOf.get(unknown) ?? 0;
        costs[place] = (costs[place] ?? 0) + weight * (target.times[nth] ?? 0);
      }
    return costs;
  };
  /** Notes what a table shows; false where it has fractions and so is none. */
  const see = (values: Float64Array): boolean => {
    if (values.some((value) => Math.abs(value - Math.round(value)) > nearlyWhole)) return false;
    for (const range of ranges) {
      const value = Math.round(valueIn(range.target, (unknown) => values[placeOf.get(unknown) ?? 0] ?? 0));
      range.least = Math.min(range.least, value);
      range.most = Math.max(range.most, value);
    }
    return true;
  };
  return { placeOf, costsOf, see };
};

type Seeing = ReturnType<typeof seeing>;

/** The end of a target's range. Where the solver takes too long, what fractions allow is not taken for granted. */
const settle = (solver: Solver, { costsOf, see }: Seeing, range: Range) => {
  for (const weight of [1, -1]) {
    if (!isOpen(range)) return;
    const costs = costsOf([[range.target, weight]]);
    const values = solver.least(costs);
    if (typeof values === "string" || see(values)) continue;
    const whole = solver.least(costs, "exactly");
    if (typeof whole !== "string") see(whole);
  }
};

/** What the tables next to one that is known show. */
const begin = (problem: Problem, part: Part, ranges: readonly Range[]) => {
  const neighbours = neighboursOf(problem, part);
  if (!neighbours) return;
  const changes = new Map<number, number[]>();
  for (const { unknown, change } of neighbours)
    changes.set(unknown, [...(changes.get(unknown) ?? []), change]);
  for (const range of ranges) {
    const { target } = range;
    const value = valueIn(target, (unknown) => problem.known?.[unknown] ?? 0);
    for (const change of [
      0,
      ...target.unknowns.flatMap((unknown, nth) =>
        (changes.get(unknown) ?? []).map((each) => each * (target.times[nth] ?? 0)),
      ),
    ]) {
      range.least = Math.min(range.least, value + change);
      range.most = Math.max(range.most, value + change);
    }
  }
};

const lookThrough = async (problem: Problem, part: Part): Promise<Range[] | "none"> => {
  const ranges = part.targets.map(
    (target): Range => ({ target, least: Number.POSITIVE_INFINITY, most: Number.NEGATIVE_INFINITY }),
  );
  begin(problem, part, ranges);
  if (!ranges.some(isOpen)) return ranges;
  const view = seeing(part, ranges);
  const { placeOf, costsOf, see } = view;
  const solver = await solverFor(
    {
      least: part.unknowns.map((unknown) => problem.least[unknown] ?? 0),
      most: part.unknowns.map((unknown) => problem.most[unknown] ?? 0),
    },
    part.facts.map((fact) => ({
      ...fact,
      columns: fact.unknowns.map((unknown) => placeOf.get(unknown) ?? 0),
    })),
  );
  try {
    const choice = choices();
    // Tables that differ in many cells at once settle most of them.
    for (let idle = 0; idle < 6 && ranges.some(isOpen); ) {
      const open = ranges.filter(isOpen);
      const costs = costsOf(open.map(({ target }) => [target, choice()]));
      const values = solver.least(costs);
      if (values === "none") return "none";
      const whole = values !== "late" && !see(values) ? solver.least(costs, "nearly") : undefined;
      if (typeof whole === "object") see(whole);
      idle = ranges.filter(isOpen).length < open.length ? 0 : idle + 1;
    }
    for (const range of ranges) if (isOpen(range)) settle(solver, view, range);
    return ranges;
  } finally {
    solver.dispose();
  }
};

const follows = async (problem: Problem): Promise<Follows[] | "none"> => {
  const found = problem.targets
    .filter(({ unknowns }) => unknowns.length === 0)
    .map(({ key, daysAgo, kind, more }): Follows => ({ key, daysAgo, kind, least: more, most: more }));
  for (const part of partsOf(problem)) {
    const ranges = await lookThrough(problem, part);
    if (ranges === "none") return "none";
    for (const { target, least, most } of ranges)
      if (isOpen({ target, least, most }))
        found.push({ key: target.key, daysAgo: target.daysAgo, kind: target.kind, least, most });
  }
  return found;
};

type Asked = Pick<Attack, "releases" | "truth"> & { width?: number };

/**
 * The hidden numbers of these releases, the latest last, that can be fewer than `width` whole numbers where they are small
 * (2 where absent), or fewer than two; and growth of 1 up to the threshold that can be only one number. Empty where nothing
 * follows.
 */
export const whatFollows = async ({ releases, truth, width = 2 }: Asked): Promise<Follows[]> => {
  const threshold = releases.at(-1)?.threshold ?? 0;
  let found = await follows(attackOn({ releases, truth, width, isCumulative: true }));
  // Counts that became fewer somewhere contradict the assumption that they only grow; nobody can make it then.
  if (found === "none") found = await follows(attackOn({ releases, truth, width, isCumulative: false }));
  if (found === "none")
    throw new Error("these releases contradict each other: no table agrees with all that they tell");
  const isSmall = ({ least }: Follows) => least !== 0 && Math.abs(least) < threshold;
  return found.filter((each) => each.kind === "count" || isSmall(each));
};
