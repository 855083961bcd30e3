import type { Log } from "../../schema/adapter.ts";

/** Why something that was published is in no answer. */
export type Why =
  | "outputsUnreadable" // an entry of the manifest without a type or an address
  | "outputsElsewhere" // a file on a host that the operator does not name
  | "linesUnreadable" // no JSON, or not what such a file holds
  | "schedulesWithoutLocation" // they refer to a location that is not published
  | "slotsWithoutSchedule"
  | "slotsWithoutTimes" // no moment that can be known, or an end that is not after its beginning
  | "slotsWithoutRoom" // a capacity that is no number
  | "slotsRepeated"; // the same slot of the same schedule at the same moment once more

/** How often, for each reason that occurred. */
export type Dropped = Partial<Record<Why, number>>;

export const add = (dropped: Dropped, why: Why, count = 1): void => {
  if (count > 0) dropped[why] = (dropped[why] ?? 0) + count;
};

export const sum = (all: Dropped[]): Dropped => {
  const total: Dropped = {};
  for (const each of all) for (const [why, count] of Object.entries(each)) add(total, why as Why, count);
  return total;
};

/** Counts alone: what a publisher writes stands in no log. */
export const tell = (log: Log, dropped: Dropped): void => {
  if (Object.keys(dropped).length > 0)
    log.warn({ dropped }, "a publisher of slots wrote what cannot be used; the rest is");
};
