import { type Bounds, boundsOf, endless } from "./bounds.ts";
import type { Before } from "./earlier.ts";
import { large, small, told, untold } from "./hiding.ts";
import { at, indexed, type Lattice, type Sums } from "./lattice.ts";

/*
 * What anybody knows who reads all releases: for each number the least and the most that is said of it, and every sum
 * between them. Today's cells come first; then, for each earlier release, the same cells as they were, and how much they
 * have grown until the next.
 */

export type Knowledge = {
  sums: Sums;
  /** How many releases came before. */
  days: number;
  /** Where the cells of an earlier release begin; they stand in the lattice's order. */
  offsetOf(day: number): number;
  bounds(flags: Uint8Array): Bounds;
  /** The same for whoever pays no heed to markers: somebody is in what is hidden, and that is all. */
  boundsWithoutMarkers(flags: Uint8Array): Bounds;
};

/** What a flag says of a count. */
export const saidOf = (
  flag: number,
  count: number,
  threshold: number,
): readonly [least: number, most: number] => {
  if (flag === told) return [count, count];
  if (flag === small) return [1, threshold - 1];
  return flag === large ? [threshold, endless] : [0, endless];
};

/** Counts that somewhere became fewer are not cumulative; then nobody can take it that they grew elsewhere. */
const hasOnlyGrown = (before: Before, next: { most: Float64Array }): boolean =>
  before.least.every((least, cell) => least <= at(next.most, cell));

type Known = { lattice: Lattice; before: readonly Before[]; threshold: number; isCumulative: boolean };

export const knowledgeOf = ({ lattice, before, threshold, isCumulative }: Known): Knowledge => {
  const { size, counts, sums: own } = lattice;
  const offsetOf = (day: number) => size * (1 + 2 * day);
  const all = size * (1 + 2 * before.length);
  const nextOf = (day: number) => (day + 1 < before.length ? offsetOf(day + 1) : 0);
  const listed = Array.from({ length: own.size }, (_, sum) =>
    Array.from(own.terms.subarray(at(own.start, sum), at(own.start, sum + 1))),
  );
  const earlier = before.flatMap((_, day) =>
    listed.map((terms) => terms.map((cell) => cell + offsetOf(day))),
  );
  const growth = before.flatMap((_, day) =>
    Array.from({ length: size }, (__, cell) => [
      nextOf(day) + cell,
      offsetOf(day) + cell,
      offsetOf(day) + size + cell,
    ]),
  );
  const sums = before.length === 0 ? own : indexed([...listed, ...earlier, ...growth], all);
  const leastGrowth = before.map((each, day) =>
    isCumulative && hasOnlyGrown(each, before[day + 1] ?? { most: counts }) ? 0 : -endless,
  );
  const boundsBy = (flags: Uint8Array, said: typeof saidOf): Bounds => {
    const [least, most] = [new Float64Array(all), new Float64Array(all)];
    for (let cell = 0; cell < size; cell += 1)
      [least[cell], most[cell]] = said(at(flags, cell), at(counts, cell), threshold);
    for (const [day, each] of before.entries()) {
      const offset = offsetOf(day);
      least.set(each.least, offset);
      most.set(each.most, offset);
      least.fill(leastGrowth[day] ?? 0, offset + size, offset + 2 * size);
      most.fill(endless, offset + size, offset + 2 * size);
    }
    return boundsOf(least, most);
  };
  return {
    sums,
    days: before.length,
    offsetOf,
    bounds: (flags) => boundsBy(flags, saidOf),
    boundsWithoutMarkers: (flags) =>
      boundsBy(flags, (flag, count) => (flag === told ? [count, count] : [flag === untold ? 0 : 1, endless])),
  };
};
