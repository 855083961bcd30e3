import { type Question, Unprotectable } from "./question.ts";

/*
 * Which totals a table has. A level is a set of columns that holds with each column its parents: the cells of a level are
 * the totals over all other columns. A set of columns is a number, one bit for each.
 */

export type Shape = {
  columns: readonly string[];
  /** Pairs of columns by number: child, parent. */
  hierarchies: readonly (readonly [child: number, parent: number])[];
  /** From the finest, which has all columns, to the total of everything, which has none. */
  levels: readonly number[];
  /** Whether a level is told, as a table of the release or as totals of one. */
  isTold: readonly boolean[];
  /** Each level, by number, with those next coarser to it: a cell of these is the sum of cells of the former. */
  steps: readonly (readonly [finer: number, coarser: number])[];
  closureOf(columns: number): number;
};

const columnsAtMost = 16;

const unknown = (what: string, name: string, columns: readonly string[]) =>
  new Unprotectable(
    `${what} names the column ${name}, which is not one of ${columns.join(", ")}: name one of these`,
  );

/** The columns of the table: those asked for, and the parents that are not among them. */
const columnsOf = ({ by, count, hierarchies = [] }: Question): string[] => {
  if (by.length === 0)
    throw new Unprotectable("by names no column: name at least one, as in --by REGION,AGEGROUP");
  const twice = by.find((name, nth) => by.indexOf(name) !== nth);
  if (twice !== undefined) throw new Unprotectable(`by names the column ${twice} twice: name it once`);
  const columns = [...new Set([...by, ...hierarchies.map(({ parent }) => parent)])];
  if (columns.includes(count))
    throw new Unprotectable(
      `${count} is the count, so it cannot be a column of the table: leave it out of by`,
    );
  if (columns.length > columnsAtMost)
    throw new Unprotectable(
      `by and the parents are ${columns.length} columns: name at most ${columnsAtMost}`,
    );
  return columns;
};

/** Above a child, its parents; a parent below a child that is below itself says the same as one of them alone. */
const closures = (pairs: Shape["hierarchies"]) => (columns: number) => {
  let closed = columns;
  for (let before = -1; before !== closed; ) {
    before = closed;
    for (const [child, parent] of pairs) if (closed & (1 << child)) closed |= 1 << parent;
  }
  return closed;
};

/** The levels next coarser: without one column and those below it. */
const coarserThan = (level: number, closureOf: Shape["closureOf"], width: number): number[] => {
  const bits = Array.from({ length: width }, (_, nth) => 1 << nth).filter((bit) => level & bit);
  const without = bits.map((bit) =>
    bits.filter((each) => !(closureOf(each) & bit)).reduce((all, each) => all | each, 0),
  );
  const isWithin = (one: number, other: number) => one !== other && (one & other) === one;
  return [...new Set(without)].filter((one) => !without.some((other) => isWithin(one, other)));
};

const bitsIn = (level: number): number => level.toString(2).replaceAll("0", "").length;

/** Throws `Unprotectable` for names that contradict each other. */
export const shapeOf = (question: Question): Shape => {
  const columns = columnsOf(question);
  const place = (what: string, name: string) => {
    const found = columns.indexOf(name);
    if (found < 0) throw unknown(what, name, columns);
    return found;
  };
  const hierarchies = (question.hierarchies ?? []).map(({ child, parent }) => {
    if (child === parent)
      throw new Unprotectable(
        `hierarchy ${child}:${parent} has the same column twice: name the child and its parent`,
      );
    return [
      place(`hierarchy ${child}:${parent}`, child),
      place(`hierarchy ${child}:${parent}`, parent),
    ] as const;
  });
  const closureOf = closures(hierarchies);
  const all = 2 ** columns.length - 1;
  const levels = Array.from({ length: all + 1 }, (_, level) => level)
    .filter((level) => closureOf(level) === level)
    .toSorted((one, other) => bitsIn(other) - bitsIn(one) || one - other);
  const tables = (question.tables ?? [columns]).map((table) =>
    closureOf(table.reduce((set, name) => set | (1 << place("tables", name)), 0)),
  );
  const numberOf = new Map(levels.map((level, number) => [level, number]));
  return {
    ...{ columns, hierarchies, levels, closureOf },
    isTold: levels.map((level) => tables.some((table) => (level & table) === level)),
    steps: levels.flatMap((level, finer) =>
      coarserThan(level, closureOf, columns.length).map(
        (coarser) => [finer, numberOf.get(coarser) ?? 0] as const,
      ),
    ),
  };
};
