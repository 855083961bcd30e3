import { type Question, type Row, totalWord, Unprotectable } from "./question.ts";
import type { Shape } from "./shape.ts";

/* Rows are added up as they come: what is kept grows with the cells of the table, not with its rows. */

export type Tally = {
  /** The values of each column, in the order in which they came. A value's place is its code. */
  values: readonly (readonly string[])[];
  /** Each cell: a code for each column. */
  cells: readonly (readonly number[])[];
  counts: readonly number[];
};

const cellsAtMost = 1_000_000;

const countIn = (value: string | number | undefined, column: string, row: number): number => {
  const number = typeof value === "string" && /^\s*\d+\s*$/.test(value) ? Number(value) : value;
  if (typeof number === "number" && Number.isSafeInteger(number) && number >= 0 && number <= 1e9)
    return number;
  const what = value === undefined ? "nothing" : JSON.stringify(String(value).slice(0, 40));
  throw new Unprotectable(
    `row ${row}: ${column} says ${what}: a count is a whole number from 0 to 1000000000, without spaces, points or signs`,
  );
};

/** Gives the same code for the same value, and learns new ones. */
const dictionary = () => {
  const codes = new Map<string, number>();
  const values: string[] = [];
  const codeOf = (value: string): number => {
    const known = codes.get(value);
    if (known !== undefined) return known;
    codes.set(value, values.length);
    values.push(value);
    return values.length - 1;
  };
  return { values, codeOf };
};

export type Tallying = { add(row: Row): void; tally(): Tally };

/**
 * `add` throws `Unprotectable` for a row without one of the columns, with a count that is none, or whose child lies in two
 * parents.
 */
export const tallying = ({ columns, hierarchies }: Shape, { count }: Pick<Question, "count">): Tallying => {
  const words = columns.map(() => dictionary());
  const parents = hierarchies.map(() => new Map<number, number>());
  const places = new Map<string, number>();
  const cells: number[][] = [];
  const counts: number[] = [];
  let rows = 0;

  const missing = (column: string, row: Row) =>
    new Unprotectable(`there is no column ${column}: the columns are ${Object.keys(row).join(", ")}`);

  const codesOf = (row: Row): number[] =>
    columns.map((column, nth) => {
      const value = row[column];
      if (value === undefined) throw missing(column, row);
      if (value === totalWord)
        throw new Unprotectable(
          `row ${rows}: ${column} is ${totalWord}: leave out rows of totals, which are added up here`,
        );
      return words[nth]?.codeOf(String(value)) ?? 0;
    });

  const holdTo = (codes: readonly number[]) => {
    for (const [nth, [child, parent]] of hierarchies.entries()) {
      const [low, high] = [codes[child] ?? 0, codes[parent] ?? 0];
      const known = parents[nth]?.get(low) ?? high;
      parents[nth]?.set(low, known);
      if (known === high) continue;
      const nameOf = (column: number, code: number) => `${columns[column]} ${words[column]?.values[code]}`;
      throw new Unprotectable(
        `row ${rows}: ${nameOf(child, low)} lies in ${nameOf(parent, known)} and in ${nameOf(parent, high)}: ` +
          `a child has one parent; leave out the hierarchy ${columns[child]}:${columns[parent]}, or give a child that has one`,
      );
    }
  };

  const add = (row: Row) => {
    rows += 1;
    if (!(count in row)) throw missing(count, row);
    const people = countIn(row[count], count, rows);
    const codes = codesOf(row);
    holdTo(codes);
    const name = codes.join();
    const place = places.get(name);
    if (place !== undefined) {
      counts[place] = (counts[place] ?? 0) + people;
      return;
    }
    if (cells.length === cellsAtMost)
      throw new Unprotectable(`by makes more than ${cellsAtMost} cells: name fewer columns, or coarser ones`);
    places.set(name, cells.length);
    cells.push(codes);
    counts.push(people);
  };
  return { add, tally: () => ({ values: words.map(({ values }) => values), cells, counts }) };
};
