import type { Release, ToldCell } from "../core/disclosure/question.ts";

/* One release as its reader has it: which tables and totals it shows, and of which people each of these is the sum. */

/** More than anybody counts here; it keeps what has no upper bound finite. */
export const countsAtMost = 1e7;

export type Reading = {
  columns: string[];
  /** The people that nothing tells apart, by the values of all columns, each with what is said of how many they are. */
  finest: Map<string, { values: readonly string[]; said: Said }>;
  /** Each set of columns that is shown, with its cells by their values. */
  shown: Shown[];
};
export type Shown = { places: number[]; cells: Map<string, ToldCell> };
export type Said = { least: number; most: number };

export const nameOf = (values: readonly string[], places: readonly number[]): string =>
  JSON.stringify(places.map((place) => values[place]));

export const saidOf = ({ count, flag }: ToldCell, threshold: number): Said => {
  if (flag === "rounded" && count !== null) return { least: Math.max(0, count - 4), most: count + 4 };
  if (count !== null) return { least: count, most: count };
  return flag === "primary" ? { least: 1, most: threshold - 1 } : { least: threshold, most: countsAtMost };
};

/** A value of a child says its parents'. Cells of a child show them. */
const parentsOf = ({ hierarchies, cells }: Release) => {
  const known = new Map<string, string>();
  for (const { key } of cells)
    for (const { child, parent } of hierarchies) {
      const [low, high] = [key[child], key[parent]];
      if (low !== undefined && high !== undefined) known.set(JSON.stringify([child, parent, low]), high);
    }
  return ({ child, parent }: { child: string; parent: string }, value: string) =>
    known.get(JSON.stringify([child, parent, value]));
};

/** Where no table shows all columns: all people that its values allow. */
const everybodyIn = (release: Release, columns: readonly string[]): string[][] => {
  const parentIn = parentsOf(release);
  const values = columns.map((column) => [
    ...new Set(release.cells.flatMap(({ key }) => (key[column] === undefined ? [] : [key[column]]))),
  ]);
  const agree = (chosen: readonly string[]) =>
    release.hierarchies.every((each) => {
      const [low, high] = [chosen[columns.indexOf(each.child)], chosen[columns.indexOf(each.parent)]];
      return low === undefined || high === undefined || parentIn(each, low) === high;
    });
  return values.reduce<string[][]>(
    (all, next) => all.flatMap((chosen) => next.map((value) => [...chosen, value])).filter(agree),
    [[]],
  );
};

export const readingOf = (release: Release): Reading => {
  const columns = [...new Set([...release.by, ...release.hierarchies.map(({ parent }) => parent)])];
  const shown = new Map<string, Shown>();
  for (const cell of release.cells) {
    const places = columns.flatMap((column, place) => (column in cell.key ? [place] : []));
    const table = shown.get(places.join()) ?? { places, cells: new Map() };
    shown.set(places.join(), table);
    table.cells.set(
      nameOf(
        columns.map((column) => cell.key[column] ?? ""),
        places,
      ),
      cell,
    );
  }
  const tables = [...shown.values()].toSorted((one, other) => other.places.length - one.places.length);
  const all = columns.map((_, place) => place);
  const whole = tables.find(({ places }) => places.length === columns.length);
  const people = whole
    ? [...whole.cells.values()].map(({ key }) => columns.map((column) => key[column] ?? ""))
    : everybodyIn(release, columns);
  const saidOfPeople = (values: readonly string[]): Said => {
    const cell = whole?.cells.get(nameOf(values, all));
    if (cell) return saidOf(cell, release.threshold);
    // What a table does not list is nobody, and so is whoever would stand there.
    const isNobody = tables.some(
      ({ places, cells }) =>
        (cells.get(nameOf(values, places))?.count ?? 0) === 0 && !cells.get(nameOf(values, places))?.flag,
    );
    return { least: 0, most: isNobody ? 0 : countsAtMost };
  };
  const finest = new Map(
    people.map((values) => [nameOf(values, all), { values, said: saidOfPeople(values) }]),
  );
  return { columns, finest, shown: tables };
};
