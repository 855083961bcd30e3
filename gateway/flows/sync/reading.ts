import type { Reading } from "../../../schema/platform.ts";
import type { Instant, PlatformName } from "../../../schema/primitives.ts";
import { goOn, secondsLeft } from "../../core/pace.ts";
import type { Db } from "../../store/db.ts";
import * as readings from "../../store/readings.ts";
import { type Deps, transact } from "../deps.ts";

/** How a reading is shown to whoever follows it. */
export const shown = (row: readings.ReadingRow): Reading => {
  const rests = row.endedAt !== null || row.haltedAt !== null;
  return {
    ...{ kind: row.kind, begunAt: row.begunAt, done: row.done },
    total: row.total ?? undefined,
    perSecond: rests ? undefined : (row.perSecond ?? undefined),
    secondsLeft: rests ? undefined : secondsLeft(row),
    haltedAt: row.haltedAt ?? undefined,
    endedAt: row.endedAt ?? undefined,
    listed: row.listed ?? undefined,
    missing: row.missing ?? undefined,
    verdict: row.verdict ?? undefined,
  };
};

/** What a page adds to a reading. */
type Stretch = { more: number; total?: number; at: Instant };

/** Notes a page in its own transaction. Says how far the reading has come, where that is news. */
export const advance = async (
  tx: Db,
  row: readings.ReadingRow,
  stretch: Stretch,
  values: Partial<readings.ReadingRow> = {},
): Promise<Reading | undefined> => {
  const { pace, isNews } = goOn(row, stretch);
  const next = { ...row, ...pace, ...values };
  await readings.change(tx, row, next);
  return isNews || (next.endedAt && next.perSecond) ? shown(next) : undefined;
};

/** A list of which nothing was read yet is read from its beginning, and that can be followed. */
export const beginFirst = (deps: Deps, platform: PlatformName): Promise<void> =>
  transact(deps, async (tx) => void (await readings.begin(tx, { platform, kind: "first", at: deps.now() })));

/** Whether somebody halted the first reading of a list, which waits for a word of theirs. */
export const isFirstHalted = async ({ db }: Deps, platform: PlatformName): Promise<boolean> => {
  const row = await readings.open(db, platform);
  return row?.kind === "first" && row.haltedAt !== null;
};

/** Counts a page of the list's own feed, where that is being read for the first time. */
export const countFirst = async (
  tx: Db,
  platform: PlatformName,
  { complete, ...stretch }: Stretch & { complete: boolean },
): Promise<Reading | undefined> => {
  const row = await readings.lockOpen(tx, platform);
  if (row?.kind !== "first") return undefined;
  const { at } = stretch;
  return advance(tx, row, stretch, complete ? { readAt: at, endedAt: at } : {});
};
