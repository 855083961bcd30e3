import { endless } from "./bounds.ts";
import { large, small, told } from "./hiding.ts";
import { saidOf } from "./knowledge.ts";
import { at, type Lattice } from "./lattice.ts";
import { type Question, type Release, type ToldCell, Unprotectable } from "./question.ts";
import type { Shape } from "./shape.ts";
import type { Tallying } from "./tally.ts";

/* What was told before, cell by cell of today's table. */

/** What anybody knows of each cell by an earlier release alone. */
export type Before = { least: Float64Array; most: Float64Array };

const isWhole = ({ columns }: Shape, { key }: ToldCell) => columns.every((column) => column in key);

const holdToColumns = ({ columns }: Shape, release: Release) => {
  const theirs = new Set([...release.by, ...release.hierarchies.map(({ parent }) => parent)]);
  if (theirs.size === columns.length && columns.every((column) => theirs.has(column))) return;
  throw new Unprotectable(
    `the earlier release is by ${[...theirs].join(", ")}, this one by ${columns.join(", ")}: ask for the same columns and hierarchies, or give no earlier release`,
  );
};

/** Cells that were told before are cells of today's table, with nobody in them where no row has them. */
export const addEarlier = (shape: Shape, { earlier = [], count }: Question, { add }: Tallying): void => {
  for (const release of earlier) {
    holdToColumns(shape, release);
    for (const cell of release.cells) if (isWhole(shape, cell)) add({ ...cell.key, [count]: 0 });
  }
};

/** What a told cell says of its count. */
const saidBy = ({ count, flag }: ToldCell, { threshold }: Release): readonly [number, number] => {
  if (count === null) return saidOf(flag === "primary" ? small : large, 0, threshold);
  return flag === "rounded" ? [Math.max(0, count - 4), count + 4] : saidOf(told, count, threshold);
};

/** Finds the cell of a key, whose parents follow from its children. */
const finding = (lattice: Lattice) => {
  const { shape, values, codes, size } = lattice;
  const { columns, levels, closureOf, hierarchies } = shape;
  const known = values.map((words) => new Map(words.map((word, code) => [word, code])));
  const numberOf = new Map(levels.map((level, number) => [level, number]));
  const parents = hierarchies.map(() => new Map<number, number>());
  for (let cell = 0; cell < size && at(lattice.levels, cell) === 0; cell += 1)
    for (const [nth, [child, parent]] of hierarchies.entries())
      parents[nth]?.set(at(codes, cell * columns.length + child), at(codes, cell * columns.length + parent));

  return ({ key }: ToldCell): number | undefined => {
    const found = columns.map((column, nth) => (column in key ? known[nth]?.get(key[column] ?? "") : -1));
    if (found.includes(undefined)) return undefined;
    const given = found.reduce<number>((set, code, nth) => (code === -1 ? set : set | (1 << nth)), 0);
    // As often as there are hierarchies: a parent may itself be somebody's child.
    for (const _ of hierarchies)
      for (const [nth, [child, parent]] of hierarchies.entries())
        if (found[child] !== -1 && found[parent] === -1)
          found[parent] = parents[nth]?.get(found[child] ?? -1);
    return lattice.find(
      numberOf.get(closureOf(given)) ?? -1,
      found.map((code) => code ?? -1),
    );
  };
};

/** What an earlier release says of today's cells. Of the cells that it does not name, its table has nobody. */
export const beforeOf = (lattice: Lattice, release: Release): Before => {
  const { size } = lattice;
  const showsCells = release.cells.some((cell) => isWhole(lattice.shape, cell));
  const [least, most] = [new Float64Array(size), new Float64Array(size).fill(endless)];
  if (showsCells) for (let cell = 0; cell < size && at(lattice.levels, cell) === 0; cell += 1) most[cell] = 0;
  const find = finding(lattice);
  for (const said of release.cells) {
    const cell = find(said);
    if (cell === undefined) continue;
    const [low, high] = saidBy(said, release);
    least[cell] = Math.max(at(least, cell), low);
    most[cell] = high;
  }
  return { least, most };
};
