import { refuse } from "../../../schema/errors.ts";
import type { Reading } from "../../../schema/platform.ts";
import type { PlatformName } from "../../../schema/primitives.ts";
import * as audit from "../../store/audit.ts";
import type { Db } from "../../store/db.ts";
import * as readings from "../../store/readings.ts";
import { type Actor, type Deps, transact } from "../deps.ts";
import { shown } from "./reading.ts";

/** Lets a reading rest, a first load too: who was read stays, and it goes on where it stood once it is ordered again. */
export const haltReading = (
  deps: Deps,
  { platform, actor }: { platform: PlatformName; actor: Actor },
): Promise<Reading> =>
  transact(deps, async (tx) => {
    const row = (await readings.lockOpen(tx, platform)) ?? refuse("work_over");
    if (row.haltedAt) return shown(row);
    const haltedAt = deps.now();
    await readings.change(tx, row, { haltedAt });
    const facts = { platform, reading: row.number, done: row.done };
    await audit.note(tx, { at: haltedAt, actor, event: "reading.halted", facts });
    return shown({ ...row, haltedAt });
  });

/** Has a reading that rests go on; its pace counts from now. */
export const resumeReading = async (
  tx: Db,
  deps: Deps,
  { row, actor }: { row: readings.ReadingRow; actor: Actor },
): Promise<readings.ReadingRow> => {
  if (!row.haltedAt) return row;
  const at = deps.now();
  const values = { haltedAt: null, paceAt: at, paceDone: row.done };
  await readings.change(tx, row, values);
  const facts = { platform: row.platform, reading: row.number, done: row.done };
  await audit.note(tx, { at, actor, event: "reading.resumed", facts });
  return { ...row, ...values };
};
