import type { Release, ToldCell } from "../core/disclosure/question.ts";
import type { Expression, Fact, Problem, Target } from "./problem.ts";
import { countsAtMost, nameOf, type Reading, readingOf, type Said, type Shown, saidOf } from "./reader.ts";

/*
 * Puts what releases tell into a problem: the unknown numbers are the hidden cells of the finest table of each day, and
 * each total that is shown says something of a sum of them.
 */

type Day = { release: Release; reading: Reading; unknowns: Map<string, number>; daysAgo: number };

const isExact = ({ least, most }: Said) => least === most;

/** Of each cell of a table, the sum that it is. */
const sumsOf = ({ reading, unknowns }: Day, { places }: Shown): Map<string, Expression> => {
  const sums = new Map<string, { unknowns: number[]; times: number[]; more: number }>();
  for (const [name, { values, said }] of reading.finest) {
    const cell = nameOf(values, places);
    const sum = sums.get(cell) ?? { unknowns: [], times: [], more: 0 };
    sums.set(cell, sum);
    const unknown = unknowns.get(name);
    if (unknown === undefined) sum.more += said.least;
    else {
      sum.unknowns.push(unknown);
      sum.times.push(1);
    }
  }
  return sums;
};

/** Cells of a table under which some finer table tells everything: what it says of them follows from that. */
const implied = ({ release: { mode }, reading }: Day, table: Shown): ((cell: string) => boolean) => {
  if (mode === "round") return () => false;
  const finer = reading.shown.filter(
    ({ places }) =>
      places.length > table.places.length && table.places.every((place) => places.includes(place)),
  );
  const nearest = finer.filter(
    (one) =>
      !finer.some(
        (other) =>
          other.places.length < one.places.length &&
          other.places.every((place) => one.places.includes(place)),
      ),
  );
  const open = nearest.map(({ cells }) => {
    const hidden = new Set<string>();
    for (const { key, flag } of cells.values())
      if (flag)
        hidden.add(
          nameOf(
            reading.columns.map((column) => key[column] ?? ""),
            table.places,
          ),
        );
    return hidden;
  });
  return (cell) => open.some((hidden) => !hidden.has(cell));
};

type Found = { facts: Map<string, Fact>; targets: Map<string, Target> };

const expect = (found: Found, { unknowns, times, more }: Expression, { least, most }: Said) => {
  const name = `${unknowns.join()}:${times.join()}`;
  const known = found.facts.get(name) ?? {
    unknowns,
    times,
    least: Number.NEGATIVE_INFINITY,
    most: Number.POSITIVE_INFINITY,
  };
  const fact = {
    ...known,
    least: Math.max(known.least, least - more),
    most: Math.min(known.most, most - more),
  };
  found.facts.set(name, fact);
};

const tableFacts = (
  day: Day,
  table: Shown,
  need: (cell: ToldCell) => number,
  found: Found,
): Map<string, Expression> => {
  const sums = sumsOf(day, table);
  const isImplied = implied(day, table);
  const isFinest = table.places.length === day.reading.columns.length;
  for (const [name, cell] of table.cells) {
    const sum = sums.get(name);
    if (!sum || (sum.unknowns.length === 0 && !cell.flag)) continue;
    if (sum.unknowns.length > 0 && !isFinest && (cell.flag || !isImplied(name)))
      expect(found, sum, saidOf(cell, day.release.threshold));
    if (cell.flag)
      found.targets.set(
        `${day.daysAgo} ${sum.unknowns.length > 0 ? sum.unknowns.join() : JSON.stringify(cell.key)}`,
        {
          ...sum,
          ...{ key: cell.key, daysAgo: day.daysAgo, kind: "count", need: need(cell) },
        },
      );
  }
  return sums;
};

/** Whether nothing that is told of both days became less. Else nobody can take it that counts only grow. */
const hasGrown = (before: Day, next: Day): boolean =>
  before.reading.shown.every(({ places, cells }) => {
    const table = next.reading.shown.find((other) => other.places.join() === places.join());
    return [...cells].every(([name, cell]) => {
      const later = table?.cells.get(name);
      return (
        !later || saidOf(cell, before.release.threshold).least <= saidOf(later, next.release.threshold).most
      );
    });
  });

const minus = (one: Expression, other: Expression): Expression => ({
  unknowns: [...one.unknowns, ...other.unknowns],
  times: [...one.times, ...other.times.map((times) => -times)],
  more: one.more - other.more,
});

const nobody: Expression = { unknowns: [], times: [], more: 0 };

/** From one day to the next, nobody is counted who was and is not any more. */
const growthFacts = (before: Day, next: Day, found: Found) => {
  const all: Shown = { places: before.reading.columns.map((_, place) => place), cells: new Map() };
  const [then, now] = [sumsOf(before, all), sumsOf(next, all)];
  for (const name of new Set([...then.keys(), ...now.keys()])) {
    const growth = minus(now.get(name) ?? nobody, then.get(name) ?? nobody);
    if (growth.unknowns.length > 0) expect(found, growth, { least: 0, most: countsAtMost });
  }
};

/** What became of cells that neither day tells. */
const growthTargets = (
  then: Map<string, Expression>,
  now: Map<string, Expression>,
  table: Shown,
  { daysAgo }: Day,
  found: Found,
) => {
  for (const [name, sum] of now) {
    const cell = table.cells.get(name);
    const earlier = then.get(name);
    if (!cell || !earlier || sum.unknowns.length === 0 || earlier.unknowns.length === 0) continue;
    const growth = minus(sum, earlier);
    found.targets.set(`growth ${growth.unknowns.join()}`, {
      ...growth,
      key: cell.key,
      daysAgo,
      kind: "growth",
      need: 2,
    });
  }
};

export type Attack = {
  releases: readonly Release[];
  width: number;
  isCumulative: boolean;
  /** How many a finest cell of the only release has. */
  truth?: (key: Readonly<Record<string, string>>) => number;
};

const keyOf = ({ columns }: Reading, values: readonly string[]) =>
  Object.fromEntries(columns.map((column, place) => [column, values[place] ?? ""]));

/** The problem of whoever reads these releases, the latest last. */
export const attackOn = ({ releases, width, isCumulative, truth }: Attack): Problem => {
  const [least, most, known]: [number[], number[], number[]] = [[], [], []];
  const days = releases.map((release, nth): Day => {
    const reading = readingOf(release);
    const unknowns = new Map<string, number>();
    for (const [name, { said, values }] of reading.finest)
      if (!isExact(said)) {
        unknowns.set(name, least.length);
        least.push(said.least);
        most.push(said.most);
        if (truth) known.push(truth(keyOf(reading, values)));
      }
    return { release, reading, unknowns, daysAgo: releases.length - 1 - nth };
  });
  const found: Found = { facts: new Map(), targets: new Map() };
  const need = (cell: ToldCell) => (cell.flag === "primary" ? width : 2);
  const sums = days.map(
    (day) =>
      new Map(day.reading.shown.map((table) => [table.places.join(), tableFacts(day, table, need, found)])),
  );
  const [last] = days.slice(-1);
  for (const [nth, day] of days.entries()) {
    const next = days[nth + 1];
    if (!next || !last) continue;
    if (isCumulative && hasGrown(day, next)) growthFacts(day, next, found);
    for (const table of last.reading.shown) {
      const [then, now] = [sums[nth]?.get(table.places.join()), sums.at(-1)?.get(table.places.join())];
      if (then && now) growthTargets(then, now, table, day, found);
    }
  }
  const [facts, targets] = [[...found.facts.values()], [...found.targets.values()]];
  return { least, most, facts, targets, known: truth && releases.length === 1 ? known : undefined };
};
