import type { RegionId } from "../../schema/primitives.ts";

/*
 * How far somebody was told: of each chain, the number of its last line that they know. Text that goes out with each page
 * and as the id of each event of a stream, so that any gateway goes on where another left off.
 */

/** By region, "" for what is about none; a chain that is not in it was not told of yet. */
export type Reached = ReadonlyMap<RegionId | "", number>;

export const cursorOf = (reached: Reached): string => {
  const told = [...reached].filter(([, number]) => number > 0);
  const inOrder = told.toSorted(([one], [other]) => (one < other ? -1 : 1));
  const parts = inOrder.map(([region, number]) => `${region}.${number}`);
  // Nothing was told yet, and a cursor is never empty.
  return parts.length === 0 ? ".0" : parts.join("~");
};

/** What `cursorOf` wrote; nothing of anything else. */
export const reachedIn = (cursor: string): Reached | undefined => {
  const reached = new Map<RegionId | "", number>();
  for (const part of cursor.split("~")) {
    const [, region, number] = /^([a-z][a-z0-9-]{0,47})?\.(\d{1,15})$/.exec(part) ?? [];
    if (number === undefined || reached.has((region ?? "") as RegionId)) return undefined;
    reached.set((region ?? "") as RegionId | "", Number(number));
  }
  return reached;
};
