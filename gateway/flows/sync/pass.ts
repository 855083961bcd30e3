import type { Reading } from "../../../schema/platform.ts";
import type { ExternalId, PlatformName } from "../../../schema/primitives.ts";
import { isCutShort, judge } from "../../core/absence.ts";
import * as absence from "../../store/absence.ts";
import * as audit from "../../store/audit.ts";
import { type Db, isRefusedValue } from "../../store/db.ts";
import * as platforms from "../../store/platforms.ts";
import * as readings from "../../store/readings.ts";
import { type Deps, transact } from "../deps.ts";
import { noteFaults, type Page, type Taken } from "./feed.ts";
import { advance, shown } from "./reading.ts";
import { takePage } from "./take.ts";

/* A list that is known is read through from its beginning, beside its own feed, to see who is not on it any more. */

export type Pass = readings.ReadingRow;

/** Begins a pass. One that is open goes on, and a list that was never read has its first load first. */
export const beginPassIn = async (tx: Db, deps: Deps, platform: PlatformName): Promise<Pass | undefined> =>
  (await platforms.cursor(tx, platform, "roster")) === undefined
    ? undefined
    : readings.begin(tx, { platform, kind: "pass", at: deps.now() });

/** The same as a decision of its own. */
export const beginPass = (deps: Deps, platform: PlatformName): Promise<Pass | undefined> =>
  transact(deps, (tx) => beginPassIn(tx, deps, platform));

/** The pass that is open and does not rest; only that one of that number, where one is asked for. */
export const openPass = async (
  deps: Deps,
  platform: PlatformName,
  number?: number,
): Promise<Pass | undefined> => {
  const row = await readings.open(deps.db, platform);
  return row?.kind === "pass" && !row.haltedAt && (number ?? row.number) === row.number ? row : undefined;
};

/** The pass as it was when it was read, unless another worker has carried it on since. */
export const lockAsRead = async (tx: Db, pass: Pass): Promise<Pass | undefined> => {
  const row = await readings.lockOpen(tx, pass.platform);
  const same = row?.number === pass.number && row.cursor === pass.cursor && row.verdict === pass.verdict;
  return same && (row.readAt === null) === (pass.readAt === null) ? row : undefined;
};

/** Whatever a record says, and be it of no use: whoever it names is on the list. What cannot be stored never was. */
const see = async (deps: Deps, pass: Pass, names: ExternalId[]): Promise<void> => {
  try {
    await transact({ ...deps, nudge: () => undefined }, (tx) => absence.see(tx, pass, names));
  } catch (error) {
    if (!isRefusedValue(error)) throw error;
    if (names.length > 1) for (const name of names) await see(deps, pass, [name]);
  }
};

/**
 * Takes in the next page of a pass. Answers with nothing where another worker has been faster: then it goes on, and
 * not this one.
 */
export const takeOfPass = async (
  deps: Deps,
  pass: Pass,
  { records, next, complete, total, partial = false }: Page,
): Promise<Taken | undefined> => {
  const { platform } = pass;
  const names = records.flatMap(({ value }) => value.externalId ?? []);
  await see(deps, pass, names);
  let taken: Taken | undefined;
  const mark = async (tx: Db) => {
    taken = undefined;
    const row = await lockAsRead(tx, pass);
    if (!row) return;
    const at = deps.now();
    const extent = { done: row.done + records.length, total: Math.max(row.total ?? 0, total ?? 0) };
    const lacks = partial || (complete && isCutShort(extent));
    const values = { cursor: next, partial: row.partial || lacks, readAt: complete ? at : null };
    taken = { progress: await advance(tx, row, { more: records.length, total, at }, values) };
  };
  await noteFaults(deps, platform, await takePage(deps, { platform, records, mark }));
  return taken;
};

/** Decides what is made of those whom a pass, now complete, has not seen. */
export const judgePass = (deps: Deps, pass: Pass): Promise<Reading | undefined> =>
  transact(deps, async (tx) => {
    const row = await lockAsRead(tx, pass);
    if (!row) return undefined;
    const at = deps.now();
    const judged = judge(await absence.countByCentre(tx, row), row);
    const isOver = judged.verdict !== "believed" || judged.missing === 0;
    const values = { ...judged, cursor: null, endedAt: isOver ? at : null };
    await readings.change(tx, row, values);
    const facts = { reading: row.number, ...judged };
    await audit.note(tx, { at, actor: row.platform, event: "roster.judged", facts });
    return shown({ ...row, ...values });
  });

/** Ends a pass whose cursor the platform does not take any more: nothing follows from it, and the next begins anew. */
export const abandonPass = (deps: Deps, pass: Pass): Promise<void> =>
  transact(deps, async (tx) => {
    const row = await lockAsRead(tx, pass);
    if (row) await readings.change(tx, row, { verdict: "not-judged", endedAt: deps.now() });
  });
