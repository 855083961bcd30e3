import type { PlatformName } from "../../../schema/primitives.ts";
import type { EntryFault } from "../../core/entry.ts";
import * as audit from "../../store/audit.ts";
import type { Db } from "../../store/db.ts";
import * as platforms from "../../store/platforms.ts";
import { type Deps, transact } from "../deps.ts";
import type { Outcome, TakenIn } from "./page.ts";

/** How many records of a page came to which outcome, and how many had which field that could not be used. */
type Account = {
  outcomes: Partial<Record<Outcome, number>>;
  faults: Partial<Record<EntryFault, number>>;
};

const count = <Name extends string>(counts: Partial<Record<Name, number>>, name: Name) => {
  counts[name] = (counts[name] ?? 0) + 1;
};

/** Notes in the audit that fields of a page could not be used, where any could not; never whose they were. */
export const noteReading = async (
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

type Feed = { feed: string; cursor: string };

/** Notes how far a feed was read, in the transaction that takes in what comes before it. */
export const readUpTo =
  (platform: PlatformName, feed: Feed) =>
  async (tx: Db): Promise<void> =>
    void (await platforms.setCursor(tx, platform, feed));

/** Called only when all before the cursor has been taken in. */
export const rememberCursor = (deps: Deps, platform: PlatformName, feed: Feed): Promise<void> =>
  transact(deps, readUpTo(platform, feed));
