/*
 * How far somebody who watches was told of what transactions wrote, by the numbers of those. Text that goes out as the id
 * of an event and comes back as `Last-Event-ID`, so that any gateway goes on where another left off.
 */

/**
 * Told is all that transactions before `low` wrote, and what these later ones did. One that still ran is neither, however
 * long it takes.
 */
export type Position = { low: number; told: ReadonlySet<number> };

/** Nothing was told yet. */
export const beginning: Position = { low: 0, told: new Set() };

export const covers = ({ low, told }: Position, version: number): boolean =>
  version < low || told.has(version);

export const textOf = ({ low, told }: Position): string =>
  [low, ...[...told].toSorted((one, other) => one - other)].map((each) => each.toString(36)).join(".");

/** No header is longer; whoever was told in so many pieces is told again. */
const longest = 4000;

/** What `textOf` wrote; of anything else, the beginning. */
export const positionIn = (text: string | undefined): Position => {
  if (!text || text.length > longest || !/^[0-9a-z]{1,10}(?:\.[0-9a-z]{1,10})*$/.test(text)) return beginning;
  const [low = 0, ...told] = text.split(".").map((each) => Number.parseInt(each, 36));
  return { low, told: new Set(told) };
};

/** A database that was put in the place of another counts its transactions anew. */
export const validAt = (low: number, position: Position): Position =>
  position.low > low ? beginning : position;
