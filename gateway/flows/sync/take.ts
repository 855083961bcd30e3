import type { RosterEntry, Sourced } from "../../../schema/adapter.ts";
import type { PlatformName } from "../../../schema/primitives.ts";
import { type Db, isRefusedValue } from "../../store/db.ts";
import { type Deps, transact } from "../deps.ts";
import { type Result, type TakenIn, takeTogether } from "./page.ts";

type Told = Sourced<RosterEntry>;

/** So many records in one transaction: short enough that whoever answers meanwhile does not wait for it. */
const atOnce = 100;

type Part = {
  platform: PlatformName;
  records: readonly Told[];
  /** Notes that all of it has been taken in, and what came of each, in the transaction that takes in the last of it. */
  mark?(tx: Db, taken: TakenIn[]): Promise<void>;
};

const notUsable: TakenIn = { outcome: "not-usable", faults: ["record"] };

const inOne = (deps: Deps, { platform, records, mark }: Part, alone: boolean): Promise<Result[]> =>
  transact(deps, async (tx) => {
    const results = await takeTogether(tx, deps, { platform, records, alone });
    const taken = results.filter((each) => each !== "later");
    if (taken.length === results.length) await mark?.(tx, taken);
    return results;
  });

/** The database may refuse one record of many. The half without it is taken in, and so on down to the one. */
const inHalves = async (deps: Deps, part: Part): Promise<TakenIn[]> => {
  const { records, mark } = part;
  if (records.length === 1) {
    if (mark) await transact(deps, (tx) => mark(tx, [notUsable]));
    return [notUsable];
  }
  const middle = Math.ceil(records.length / 2);
  const first = await takePart(deps, { ...part, records: records.slice(0, middle), mark: undefined });
  const rest = await takePart(deps, {
    ...part,
    records: records.slice(middle),
    mark: mark && ((tx, taken) => mark(tx, [...first, ...taken])),
  });
  return [...first, ...rest];
};

/** Asks again where somebody else has just added the same person: then they are known. */
const byItself = async (deps: Deps, platform: PlatformName, record: Told): Promise<TakenIn> => {
  for (let tries = 1; tries <= 3; tries += 1) {
    const [result] = await inOne(deps, { platform, records: [record] }, true);
    if (result && result !== "later") return result;
  }
  return { outcome: "unchanged", faults: [] };
};

const takePart = async (deps: Deps, part: Part): Promise<TakenIn[]> => {
  const { platform, records, mark } = part;
  try {
    const results = await inOne(deps, part, false);
    const taken: TakenIn[] = [];
    for (const [index, record] of records.entries()) {
      const result = results[index] ?? "later";
      taken.push(result === "later" ? await takeIn(deps, platform, record) : result);
    }
    if (mark && results.includes("later")) await transact(deps, (tx) => mark(tx, taken));
    return taken;
  } catch (error) {
    if (isRefusedValue(error)) return inHalves(deps, part);
    throw error;
  }
};

/**
 * Takes one record of a platform's list in: a new person, a change of one whom we know, or an end. The same record
 * again changes nothing. Fields that cannot be used are left out and named, never guessed. A record that the database
 * refuses counts as unusable, so that those behind it are still read.
 */
export const takeIn = (deps: Deps, platform: PlatformName, record: Told): Promise<TakenIn> =>
  byItself(deps, platform, record).catch((error: unknown) => {
    if (isRefusedValue(error)) return notUsable;
    throw error;
  });

/**
 * Takes a page in, and answers for each of its records. It comes to the same as one record after the other, in a
 * fraction of the time. `mark` notes how far the list has been read: after all of it, and where no record had to be
 * taken by itself, in the very transaction of the last ones.
 */
export const takePage = async (deps: Deps, page: Part): Promise<TakenIn[]> => {
  const { records, mark } = page;
  if (records.length === 0 && mark) await transact(deps, (tx) => mark(tx, []));
  const taken: TakenIn[] = [];
  for (let from = 0; from < records.length; from += atOnce) {
    const until = from + atOnce;
    const before = [...taken];
    const part = {
      ...page,
      records: records.slice(from, until),
      mark:
        until < records.length
          ? undefined
          : mark && ((tx: Db, last: TakenIn[]) => mark(tx, [...before, ...last])),
    };
    taken.push(...(await takePart(deps, part)));
  }
  return taken;
};
