import { Unprotectable } from "./question.ts";
import type { Shape } from "./shape.ts";
import type { Tally } from "./tally.ts";

/* Every cell of the table and every total, as one list of numbers, and the sums that hold between them. */

/** One number of a list that is known to be that long. */
export const at = (numbers: { readonly [place: number]: number }, place: number): number =>
  numbers[place] as number;

/** Sums: the first `terms` of each is what the others come to. A cell's own sums are `of`. */
export type Sums = {
  size: number;
  start: Int32Array;
  terms: Int32Array;
  ofStart: Int32Array;
  of: Int32Array;
};

export type Lattice = {
  shape: Shape;
  values: Tally["values"];
  size: number;
  /** The level of each cell, by number. */
  levels: Uint16Array;
  /** For each cell a code for each column, -1 where it is a total. */
  codes: Int32Array;
  counts: Float64Array;
  sums: Sums;
  find(level: number, codes: readonly number[]): number | undefined;
};

const cellsAtMost = 4_000_000;

/** Which sums each of `cells` stands in. */
export const indexed = (lists: readonly (readonly number[])[], cells: number): Sums => {
  const start = new Int32Array(lists.length + 1);
  const ofStart = new Int32Array(cells + 1);
  for (const [nth, list] of lists.entries()) {
    start[nth + 1] = at(start, nth) + list.length;
    for (const cell of list) ofStart[cell + 1] = at(ofStart, cell + 1) + 1;
  }
  for (let cell = 0; cell < cells; cell += 1) ofStart[cell + 1] = at(ofStart, cell + 1) + at(ofStart, cell);
  const terms = new Int32Array(at(start, lists.length));
  const of = new Int32Array(terms.length);
  const filled = ofStart.slice();
  for (const [nth, list] of lists.entries()) {
    terms.set(list, at(start, nth));
    for (const cell of list) {
      of[at(filled, cell)] = nth;
      filled[cell] = at(filled, cell) + 1;
    }
  }
  return { size: lists.length, start, terms, ofStart, of };
};

const projection = (columns: readonly string[], level: number) => {
  const kept = columns.map((_, nth) => (level & (1 << nth)) !== 0);
  return (codes: readonly number[]) => codes.map((code, nth) => (kept[nth] ? code : -1));
};

export const latticeOf = (shape: Shape, { values, cells, counts }: Tally): Lattice => {
  const { columns, levels, steps } = shape;
  const places = levels.map(() => new Map<string, number>());
  const [all, levelOf, people]: [(readonly number[])[], number[], number[]] = [[], [], []];

  const place = (level: number, codes: readonly number[]): number => {
    const name = codes.join();
    const known = places[level]?.get(name);
    if (known !== undefined) return known;
    if (all.length === cellsAtMost)
      throw new Unprotectable(
        `by makes more than ${cellsAtMost} cells and totals: name fewer columns, or say with a hierarchy which lie in each other`,
      );
    places[level]?.set(name, all.length);
    levelOf.push(level);
    people.push(0);
    return all.push(codes) - 1;
  };

  for (const [level, set] of levels.entries()) {
    const project = projection(columns, set);
    for (const [nth, codes] of cells.entries()) {
      const cell = place(level, project(codes));
      people[cell] = (people[cell] ?? 0) + (counts[nth] ?? 0);
    }
  }
  return {
    ...{ shape, values, size: all.length },
    levels: Uint16Array.from(levelOf),
    codes: Int32Array.from(all.flat()),
    counts: Float64Array.from(people),
    sums: indexed(sumsOf({ shape, all, levelOf, place, steps }), all.length),
    find: (level, codes) => places[level]?.get(codes.join()),
  };
};

type Placed = {
  shape: Shape;
  all: readonly (readonly number[])[];
  levelOf: readonly number[];
  place(level: number, codes: readonly number[]): number;
  steps: Shape["steps"];
};

const sumsOf = ({ shape: { columns, levels }, all, levelOf, place, steps }: Placed): number[][] => {
  const byLevel = levels.map(() => [] as number[]);
  for (const [cell, level] of levelOf.entries()) byLevel[level]?.push(cell);
  return steps.flatMap(([finer, coarser]) => {
    const project = projection(columns, levels[coarser] ?? 0);
    const lists = new Map<number, number[]>();
    for (const cell of byLevel[finer] ?? []) {
      const total = place(coarser, project(all[cell] ?? []));
      const list = lists.get(total);
      if (list) list.push(cell);
      else lists.set(total, [total, cell]);
    }
    return [...lists.values()];
  });
};

/** The values of a cell, by column. */
export const keyOf = (
  { shape: { columns }, values, codes }: Lattice,
  cell: number,
): Record<string, string> => {
  const entries = columns.map((column, nth) => {
    const code = at(codes, cell * columns.length + nth);
    return [column, code < 0 ? undefined : values[nth]?.[code]] as const;
  });
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
};
