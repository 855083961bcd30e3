/*
 * What is asked of the protection of a table of counts, and what it answers. docs/disclosure.md says what is protected,
 * against whom, and how. Whoever wants the answer proven asks `gateway/protect/release.ts`, with the same question.
 */

/** One line of what is counted. Several lines of the same values are added up, so that people may be given one by one. */
export type Row = Readonly<Record<string, string | number>>;

/** Each value of `child` lies in one value of `parent`: a municipality in its province. Both are columns of the rows. */
export type Hierarchy = { child: string; parent: string };

export type Mode = "suppress" | "round";

export type Question = {
  /** The columns of the table. Parents that a hierarchy names and that are not among them are columns of it too. */
  by: readonly string[];
  /** The column that says how many: a whole number, 0 or more. */
  count: string;
  /** A count from 1 to below it is small. 10 where absent; below 5 it is refused. */
  threshold?: number;
  /** `suppress` where absent. */
  mode?: Mode;
  hierarchies?: readonly Hierarchy[];
  /**
   * Where a release is of several tables of the same people: the columns of each, all from `by` and the parents. A cell
   * that several of them show is hidden in all or in none. Where absent: one table of all columns.
   */
  tables?: readonly (readonly string[])[];
  /**
   * What was told before of the same table, the latest last: each as `release` of that day's answer. Counts are taken to
   * be cumulative: what is small between any of these and today is hidden too.
   */
  earlier?: readonly Release[];
  /** How many whole numbers each hidden cell can at least be, for whoever reads all that is told. 2 where absent. */
  width?: number;
  /** For `round`: a secret of the publisher, the same for every release. Equal cells are then rounded alike. */
  seed?: string;
};

/**
 * Why a cell is not told as it is. `primary`: it is small. `complementary`: it is not, and a small one would follow from
 * it, today or from what was told before. `rounded`: told as one of the two multiples of 5 next to it.
 */
export type Flag = "primary" | "complementary" | "rounded";

/** A cell as anybody may know it. Of a column that it has no value of, it is the total. */
export type ToldCell = {
  key: Readonly<Record<string, string>>;
  /** `null` where it is hidden. */
  count: number | null;
  flag: Flag | null;
};

/**
 * All that was told on one day, or may be: the cells of the table and every total of them over every set of its columns,
 * whether they are written out or not. It holds nothing that is hidden, so it can be kept and published. JSON.
 */
export type Release = {
  by: readonly string[];
  hierarchies: readonly Hierarchy[];
  count: string;
  threshold: number;
  mode: Mode;
  cells: readonly ToldCell[];
};

/** How much is lost by hiding, so that two ways of protecting can be compared. */
export type Loss = {
  /** Cells of the table that are not told, of `cells`; and the people in them, of `people`. */
  hiddenCells: number;
  hiddenPeople: number;
  people: number;
  /** Totals that are not told, of so many. */
  hiddenTotals: number;
  totals: number;
};

/** `cells`, `primary` and `complementary` count the table's own cells, not its totals. */
export type Protection = {
  release: Release;
  cells: number;
  primary: number;
  complementary: number;
  loss: Loss;
};

/** What a cell shows where its count is not told: `<10` where it is small, `>=10` where it is not. */
export const markerOf = (flag: Flag | null, threshold: number): string =>
  flag === "primary" ? `<${threshold}` : `>=${threshold}`;

/** The policy's threshold where nothing else is asked for, and the least that it may be. */
export const thresholds = { usual: 10, least: 5 } as const;

/** How a column's total is written in a table. */
export const totalWord = "TOTAL";

/** A question or a table that cannot be protected as it is: `message` names the column or option and what helps. */
export class Unprotectable extends Error {
  override name = "Unprotectable";
}
