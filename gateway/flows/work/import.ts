import type { Ports, SpreadsheetRow } from "../../../schema/adapter.ts";
import { refuse } from "../../../schema/errors.ts";
import { type ListWorkId, noRows, type Work } from "../../../schema/work.ts";
import type { Db } from "../../store/db.ts";
import * as outbox from "../../store/outbox.ts";
import * as works from "../../store/work.ts";
import { type Actor, type Deps, transact } from "../deps.ts";
import { noBirthDate, recordOf, rowsOf, type Upload } from "../import.ts";
import type { TakenIn } from "../sync/page.ts";
import { takePage } from "../sync/take.ts";
import { endWork, keep, keptFor, makeRoom, noteWork } from "./end.ts";
import { mendedAtMost, openPart, type Refused, refusedOf, sealPart } from "./parts.ts";
import { shownWork } from "./show.ts";

/*
 * A centre's list comes in: it is read and laid down before it is answered, and taken in behind the answer, some rows at a
 * time. Each part of it goes in the transaction that takes its rows, so that wherever it is cut off, each row is taken once.
 */

type Port = Ports["spreadsheet"];

/** So many rows in one part, and in one transaction. */
const atOnce = 100;

/** A row that was read and that nobody can be called by. */
export const withoutBirthDate = (port: Port, { entry }: SpreadsheetRow): Refused => {
  const cells = port.cells(entry);
  const column = cells.find(({ field }) => field === "birthDate")?.column ?? "";
  return { cells, faults: [{ column, detail: noBirthDate }] };
};

const begin = async (tx: Db, deps: Deps, row: works.WorkRow, actor: Actor): Promise<works.WorkRow> => {
  const facts = { actor, event: "list.sent", more: { rows: row.total } };
  await noteWork(tx, deps, row, facts);
  await outbox.enqueue(tx, [{ kind: "work", work: row.id, at: deps.now() }], deps.now());
  await works.set(tx, row.id, { state: "waiting" });
  return keep(tx, deps, row.id, keptFor.going);
};

/** Reads a file and lays down what is in it; `start` says whether it begins at once, or when somebody has said so. */
export const layDown = async (deps: Deps, upload: Upload, start: "now" | "later"): Promise<Work> => {
  const { rows, faults, refused, columns } = await rowsOf(upload);
  const { actor, region, centre, platform } = upload;
  const id = deps.uuid() as ListWorkId;
  const place = { id, region };
  const parts: works.PartRow[] = [];
  for (let from = 0, number = 0; from < rows.length; from += atOnce, number += 1) {
    const content = rows.slice(from, from + atOnce);
    parts.push(sealPart(deps, place, { kind: "rows", number, content }));
  }
  for (const { row: number, ...content } of refusedOf(refused.slice(0, mendedAtMost), faults))
    parts.push(sealPart(deps, place, { kind: "refused", number, content }));
  return transact(deps, async (tx) => {
    await makeRoom(tx, centre);
    const row = await works.add(tx, {
      ...{ ...place, centre, platform, kind: "import", state: "proposed" },
      ...{ orderedBy: actor, orderedAt: deps.now(), total: rows.length },
      read: { rows: rows.length, refused: refused.length, columns },
      counts: { ...noRows, notUsable: refused.length },
    });
    await works.addParts(tx, parts);
    const kept =
      start === "now" ? await begin(tx, deps, row, actor) : await keep(tx, deps, id, keptFor.proposed);
    return shownWork(tx, kept, deps.now());
  });
};

/** Begins what was only read through. */
export const startImport = (deps: Deps, id: ListWorkId, actor: Actor): Promise<Work> =>
  transact(deps, async (tx) => {
    const row = (await works.lock(tx, id)) ?? refuse("not_found");
    if (row.state !== "proposed") refuse("work_unfit", "it has begun, or it is over");
    return shownWork(tx, await begin(tx, deps, row, actor), deps.now());
  });

/** Notes what came of a part's rows, once: whoever took them as well finds the part gone. */
const noteTaken =
  (deps: Deps, { port, part, rows }: { port?: Port; part: works.PartRow; rows: SpreadsheetRow[] }) =>
  async (tx: Db, taken: TakenIn[]): Promise<void> => {
    const row = await works.lock(tx, part.work);
    if (!row || !(await works.takePart(tx, part))) return;
    const counts = { ...(row.counts ?? noRows) };
    for (const { outcome } of taken) counts[outcome === "not-usable" ? "notUsable" : outcome] += 1;
    const isKept = (await works.counted(tx, [row.id], "refused")).get(row.id) ?? 0;
    const unusable = rows.filter((_, index) => taken[index]?.outcome === "not-usable");
    const refused = port ? unusable.slice(0, Math.max(0, mendedAtMost - isKept)) : [];
    const parts = refused.flatMap((each) =>
      port
        ? [
            sealPart(deps, row, {
              ...{ kind: "refused", number: each.row },
              content: withoutBirthDate(port, each),
            }),
          ]
        : [],
    );
    await works.addParts(tx, parts);
    await works.set(tx, row.id, { counts, done: row.done + rows.length });
  };

const nextPart = (deps: Deps, id: ListWorkId): Promise<[works.WorkRow, works.PartRow] | undefined> =>
  transact(deps, async (tx) => {
    const row = await works.lock(tx, id);
    if (row?.state === "stopping") await endWork(tx, deps, id, { state: "cancelled" });
    if (row?.state !== "waiting" && row?.state !== "running") return undefined;
    if (row.state === "waiting") await works.set(tx, id, { state: "running", startedAt: deps.now() });
    const [part] = await works.parts(tx, id, "rows", 1);
    if (part) return [row, part];
    await endWork(tx, deps, id, { state: "done" });
    return undefined;
  });

/** Takes the next rows; `false` where there are none, or where it was stopped. */
export const advanceImport = async (deps: Deps, id: ListWorkId, port?: Port): Promise<boolean> => {
  const next = await nextPart(deps, id);
  if (!next) return false;
  const [{ centre, platform }, part] = next;
  const rows = openPart<SpreadsheetRow[]>(deps, part);
  const records = rows.map(recordOf(deps, centre));
  await takePage(deps, { platform, records, mark: noteTaken(deps, { port, part, rows }) });
  return true;
};
