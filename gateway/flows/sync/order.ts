import { refuse } from "../../../schema/errors.ts";
import type { NewReading, Reading } from "../../../schema/platform.ts";
import type { PlatformName } from "../../../schema/primitives.ts";
import * as audit from "../../store/audit.ts";
import type { Db } from "../../store/db.ts";
import * as outbox from "../../store/outbox.ts";
import * as readings from "../../store/readings.ts";
import { type Actor, type Deps, transact } from "../deps.ts";
import { resumeReading } from "./halt.ts";
import { beginPassIn } from "./pass.ts";
import { shown } from "./reading.ts";

/** A reading that runs is the answer to whoever asks for one. */
const beginOrJoin = async (tx: Db, deps: Deps, platform: PlatformName): Promise<readings.ReadingRow> =>
  (await readings.lockOpen(tx, platform)) ??
  (await beginPassIn(tx, deps, platform)) ??
  (await readings.begin(tx, { platform, kind: "first", at: deps.now() })) ??
  (await readings.open(tx, platform)) ??
  refuse("conflict");

const confirm = async (
  tx: Db,
  deps: Deps,
  { platform, missing, actor }: { platform: PlatformName; missing: number; actor: Actor },
): Promise<readings.ReadingRow> => {
  const row = await readings.lockDoubted(tx, platform);
  if (row?.missing !== missing)
    return refuse("reading_not_doubted", undefined, [
      {
        ...{ in: "body", at: "/missing" },
        detail: row ? `the newest reading misses ${row.missing}` : "the newest reading doubts nobody",
      },
    ]);
  const values = { verdict: "believed" as const, endedAt: null };
  await readings.change(tx, row, values);
  const facts = { platform, reading: row.number, missing };
  await audit.note(tx, { at: deps.now(), actor, event: "reading.believed", facts });
  return { ...row, ...values };
};

/**
 * Orders that a list is read through now, that a reading which rests goes on, or that a reading which doubted that so many have left is believed. The same
 * again, while it runs, changes nothing.
 */
export const orderReading = (
  deps: Deps,
  platform: PlatformName,
  { missing, actor }: NewReading & { actor: Actor },
): Promise<Reading> =>
  transact(deps, async (tx) => {
    const row =
      missing === undefined
        ? await resumeReading(tx, deps, { row: await beginOrJoin(tx, deps, platform), actor })
        : await confirm(tx, deps, { platform, missing, actor });
    const at = deps.now();
    if (row.kind === "pass")
      await outbox.enqueue(tx, [{ kind: "pass", platform, at, reading: row.number }], at);
    return shown(row);
  });
