import type { Ports, RefusedRow, SpreadsheetRow } from "../../../schema/adapter.ts";
import { refuse } from "../../../schema/errors.ts";
import { type ListWorkId, type MendedRows, noRows, type RowToMend, type Work } from "../../../schema/work.ts";
import type { Db } from "../../store/db.ts";
import * as works from "../../store/work.ts";
import { type Actor, type Deps, transact } from "../deps.ts";
import { recordOf } from "../import.ts";
import type { TakenIn } from "../sync/page.ts";
import { takePage } from "../sync/take.ts";
import { noteWork } from "./end.ts";
import { withoutBirthDate } from "./import.ts";
import { openPart, type Refused, refusedOf, sealPart, toMend } from "./parts.ts";
import { shownWork } from "./show.ts";

/* Rows that an import refused are shown to whoever sent them, mended cell by cell, and taken in. */

const anImport = async (tx: Db, id: ListWorkId): Promise<works.WorkRow> => {
  const row = await works.byId(tx, id);
  return row?.kind === "import" ? row : refuse("not_found");
};

/** The rows that wait to be mended, in the order of their file. That they were looked at is written down. */
export const rowsToMend = (deps: Deps, id: ListWorkId, actor: Actor): Promise<RowToMend[]> =>
  transact(deps, async (tx) => {
    const row = await anImport(tx, id);
    const parts = await works.parts(tx, id, "refused");
    if (parts.length > 0)
      await noteWork(tx, deps, row, { actor, event: "list.rows-seen", more: { seen: parts.length } });
    return parts.map((part) => toMend(part.number, openPart<Refused>(deps, part)));
  });

type Mended = MendedRows["rows"];

/** The rows as they would be, and those that are to be left out. */
const mended = (deps: Deps, parts: works.PartRow[], wanted: Mended) => {
  const [rows, leftOut]: [RefusedRow[], works.PartRow[]] = [[], []];
  for (const part of parts) {
    const told = wanted.find(({ row }) => row === part.number);
    const { cells } = openPart<Refused>(deps, part);
    const changed = cells.map((cell) => ({ ...cell, text: told?.cells?.[cell.field] ?? cell.text }));
    if (told?.leaveOut) leftOut.push(part);
    else rows.push({ row: part.number, cells: changed });
  }
  return { rows, leftOut };
};

const mendedMeanwhile = "some of these rows were mended by somebody else meanwhile: look at them again";

type Taking = { id: ListWorkId; port: Ports["spreadsheet"]; rows: SpreadsheetRow[] };

const noteMended =
  (deps: Deps, { id, port, rows }: Taking) =>
  async (tx: Db, taken: TakenIn[]): Promise<void> => {
    const work = (await works.lock(tx, id)) ?? refuse("not_found");
    const counts = { ...(work.counts ?? noRows) };
    for (const [index, each] of rows.entries()) {
      const name = { work: id, kind: "refused" as const, number: each.row };
      const outcome = taken[index]?.outcome ?? "not-usable";
      if (outcome === "not-usable")
        await works.changePart(tx, sealPart(deps, work, { ...name, content: withoutBirthDate(port, each) }));
      // Somebody else has mended it meanwhile, perhaps into another person: what is taken here is not to stand beside it.
      else if (!(await works.takePart(tx, name))) refuse("work_unfit", mendedMeanwhile);
      else {
        counts[outcome] += 1;
        counts.notUsable -= 1;
      }
    }
    await works.set(tx, id, { counts });
  };

/**
 * Takes rows in that somebody has mended, each once; what is still wrong with one stays with it, as it was written last.
 * An import that still runs goes on beside that.
 */
export const mendRows = async (
  deps: Deps,
  {
    id,
    actor,
    port,
    rows: wanted,
  }: { id: ListWorkId; actor: Actor; port: Ports["spreadsheet"]; rows: Mended },
): Promise<Work> => {
  const numbers = wanted.map(({ row }) => row);
  const { work, again } = await transact(deps, async (tx) => {
    const work = await anImport(tx, id);
    if (work.state === "proposed") refuse("work_unfit", "begin it first");
    const { rows, leftOut } = mended(deps, await works.lockParts(tx, id, "refused", numbers), wanted);
    if (rows.length + leftOut.length === 0) refuse("work_unfit", "these rows do not wait to be mended");
    for (const part of leftOut) await works.takePart(tx, part);
    const again = await port.readAgain({ rows, centre: work.centre });
    for (const { row: number, ...content } of refusedOf(again.refused, again.faults))
      await works.changePart(tx, sealPart(deps, work, { kind: "refused", number, content }));
    const more = { mended: rows.length, leftOut: leftOut.length };
    await noteWork(tx, deps, work, { actor, event: "list.mended", more });
    return { work, again };
  });
  const { rows } = again;
  for (let from = 0; from < rows.length; from += 100) {
    const some = rows.slice(from, from + 100);
    const records = some.map(recordOf(deps, work.centre));
    await takePage(deps, {
      platform: work.platform,
      records,
      mark: noteMended(deps, { id, port, rows: some }),
    });
  }
  return transact(deps, async (tx) => {
    const left = (await works.counted(tx, [id], "refused")).get(id) ?? 0;
    const row = await anImport(tx, id);
    const isEmpty = left === 0 && row.endedAt !== null;
    const now = isEmpty ? await works.set(tx, id, { keptUntil: null }) : row;
    return shownWork(tx, now, deps.now());
  });
};
