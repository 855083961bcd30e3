import type { Release, ToldCell } from "../../gateway/core/disclosure/question.ts";

/*
 * What follows from a release, by trying every table there is: slow, simple, and of no use but to judge the proof. The
 * total of everything must be told, and small.
 */

type Key = ToldCell["key"];

const isIn = (cell: Key, total: Key) =>
  Object.entries(total).every(([column, value]) => cell[column] === value);

const agrees = ({ count, flag }: ToldCell, value: number, threshold: number): boolean => {
  if (count !== null) return value === count;
  return flag === "primary" ? value > 0 && value < threshold : value >= threshold;
};

/** The keys of hidden cells that are the same number in every table that agrees with what is told. */
export const followsExhaustively = (
  { cells, threshold }: Release,
  columns: readonly string[],
): Set<string> => {
  const finest = cells.filter(({ key }) => columns.every((column) => column in key));
  const all = cells.find(({ key }) => Object.keys(key).length === 0)?.count ?? 0;
  const hidden = cells.filter(({ flag }) => flag !== null);
  const seen = new Map(hidden.map((cell) => [JSON.stringify(cell.key), new Set<number>()]));
  const sumIn = (values: readonly number[], { key }: ToldCell) =>
    finest.reduce((sum, cell, nth) => sum + (isIn(cell.key, key) ? (values[nth] ?? 0) : 0), 0);

  const look = (values: readonly number[]) => {
    if (!cells.every((cell) => agrees(cell, sumIn(values, cell), threshold))) return;
    for (const cell of hidden) seen.get(JSON.stringify(cell.key))?.add(sumIn(values, cell));
  };
  const tryFrom = (values: number[], left: number) => {
    const cell = finest[values.length];
    if (!cell) {
      if (left === 0) look(values);
      return;
    }
    if (cell.count !== null) {
      if (cell.count <= left) tryFrom([...values, cell.count], left - cell.count);
      return;
    }
    for (let value = 1; value <= left; value += 1)
      if (agrees(cell, value, threshold)) tryFrom([...values, value], left - value);
  };
  tryFrom([], all);
  return new Set([...seen].filter(([, values]) => values.size === 1).map(([key]) => key));
};
