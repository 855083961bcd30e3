import type { Ports } from "../../../schema/adapter.ts";
import type { Reading } from "../../../schema/platform.ts";
import type { PlatformName } from "../../../schema/primitives.ts";
import type { EntryFault } from "../../core/entry.ts";
import * as audit from "../../store/audit.ts";
import type { Db } from "../../store/db.ts";
import * as platforms from "../../store/platforms.ts";
import { type Deps, transact } from "../deps.ts";
import type { Outcome, TakenIn } from "./page.ts";
import { countFirst } from "./reading.ts";
import { takePage } from "./take.ts";

/** How many records of a page came to which outcome, and how many had which field that could not be used. */
type Account = {
  outcomes: Partial<Record<Outcome, number>>;
  faults: Partial<Record<EntryFault, number>>;
};

const count = <Name extends string>(counts: Partial<Record<Name, number>>, name: Name) => {
  counts[name] = (counts[name] ?? 0) + 1;
};

/** Notes in the audit that fields of a page could not be used, where any could not; never whose they were. */
export const noteFaults = async (
  deps: Deps,
  platform: PlatformName,
  taken: readonly TakenIn[],
): Promise<void> => {
  const facts: Account = { outcomes: {}, faults: {} };
  for (const { outcome, faults } of taken) {
    count(facts.outcomes, outcome);
    for (const fault of faults) count(facts.faults, fault);
  }
  if (Object.keys(facts.faults).length === 0) return;
  const line = { at: deps.now(), actor: platform, event: "roster.read", facts };
  await transact(deps, (tx) => audit.note(tx, line));
};

/** How far a feed was read, for whoever reads on. */
export const feedCursor = (deps: Deps, platform: PlatformName, feed: string) =>
  platforms.cursor(deps.db, platform, feed);

/** Called only when all before the cursor has been taken in. */
export const rememberCursor = (
  deps: Deps,
  platform: PlatformName,
  feed: { feed: string; cursor: string },
): Promise<void> => transact(deps, async (tx) => void (await platforms.setCursor(tx, platform, feed)));

/** A page of a list as its source gave it. */
export type Page = Awaited<ReturnType<Ports["roster"]["pull"]>>;

/** How far a reading has come, where that is news. */
export type Taken = { progress?: Reading };

/**
 * Takes in the page of a list that follows `from`, and notes how far it was read in the transaction that takes in the
 * last of it. Answers with nothing where another worker has read on from there: then it goes on, and not this one.
 */
export const takeNext = async (
  deps: Deps,
  platform: PlatformName,
  { from, records, next, complete, total }: Page & { from?: string },
): Promise<Taken | undefined> => {
  let taken: Taken | undefined;
  const mark = async (tx: Db) => {
    taken = undefined;
    if (!(await platforms.moveCursor(tx, platform, { feed: "roster", from, cursor: next }))) return;
    const stretch = { more: records.length, total, complete, at: deps.now() };
    taken = { progress: await countFirst(tx, platform, stretch) };
  };
  await noteFaults(deps, platform, await takePage(deps, { platform, records, mark }));
  return taken;
};
