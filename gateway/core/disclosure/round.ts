import { keyedChance, keyFrom } from "./keyed-hash.ts";
import { at, keyOf, type Lattice } from "./lattice.ts";
import { type Question, Unprotectable } from "./question.ts";

/*
 * The other mode: each cell and each total is told as one of the two multiples of 5 next to it, chosen for itself, so that
 * on average nothing is added or taken away. A multiple of 5 stays. Whoever reads 10 knows: from 6 to 14.
 */

export const base = 5;

/** Without a secret, the table itself is one, for whoever does not have it. A next release must not choose anew. */
const secretOf = ({ seed, earlier = [] }: Question, { counts, codes }: Lattice): string => {
  if (seed) return seed;
  if (earlier.length > 0)
    throw new Unprotectable(
      "seed is missing: with earlier releases, rounding needs the seed that they were rounded with, as in --seed TEXT; keep it secret",
    );
  return `${counts.join()} ${codes.length}`;
};

const nearest = (count: number): number => base * Math.round(count / base);

/** Each cell with the totals that it is part of. */
const withTotals = ({ shape, codes, levels, find }: Lattice, cell: number): number[] => {
  const width = shape.columns.length;
  const own = Array.from(codes.subarray(cell * width, (cell + 1) * width));
  if (at(levels, cell) !== 0) return [];
  return shape.levels.flatMap((set, level) => {
    const codesThere = own.map((code, nth) => (set & (1 << nth) ? code : -1));
    return shape.isTold[level] ? (find(level, codesThere) ?? []) : [];
  });
};

/**
 * Rounds as chance has it, and then sees to it that each cell could be one more, or one less, without any total being
 * another: the totals that stand in the way, and are off by 4, are rounded to the nearer side.
 */
const controlled = (lattice: Lattice, told: Float64Array): Float64Array => {
  const { counts, levels, size } = lattice;
  const isFull = (cell: number) => at(counts, cell) - at(told, cell) === base - 1;
  const isEmpty = (cell: number) => at(told, cell) - at(counts, cell) === base - 1;
  for (let cell = 0; cell < size && at(levels, cell) === 0; cell += 1) {
    const all = withTotals(lattice, cell);
    const [full, empty] = [all.filter(isFull), all.filter(isEmpty)];
    const blocking = at(counts, cell) === 0 || full.length <= empty.length ? full : empty;
    if (full.length > 0 && (empty.length > 0 || at(counts, cell) === 0))
      for (const each of blocking) told[each] = nearest(at(counts, each));
  }
  return told;
};

/** What is told of each cell. Equal counts of equal cells are rounded alike under the same seed. */
export const rounded = (question: Question, lattice: Lattice): Float64Array => {
  const key = keyFrom(secretOf(question, lattice));
  const told = lattice.counts.map((count, cell) => {
    const over = count % base;
    if (over === 0) return count;
    const chance = keyedChance(key, JSON.stringify([keyOf(lattice, cell), count]));
    return count - over + (chance < over / base ? base : 0);
  });
  return controlled(lattice, told);
};

/** Rounds these to the nearer side. False where they are already. */
export const roundNearer = (lattice: Lattice, told: Float64Array, cells: readonly number[]): boolean => {
  let hasChanged = false;
  for (const cell of cells) {
    const better = nearest(at(lattice.counts, cell));
    hasChanged ||= better !== at(told, cell);
    told[cell] = better;
  }
  return hasChanged;
};
