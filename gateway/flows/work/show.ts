import { refuse } from "../../../schema/errors.ts";
import type { Instant } from "../../../schema/primitives.ts";
import type { ListWorkId, Work, WorkId } from "../../../schema/work.ts";
import { isOpen, isStoppable, secondsLeft } from "../../core/work.ts";
import type { Db } from "../../store/db.ts";
import * as works from "../../store/work.ts";
import { type Actor, type Deps, type Reach, transact } from "../deps.ts";
import { endWork, noteWork } from "./end.ts";

/* A centre's lists in files, as whoever follows them sees them. */

const given = <Value>(value: Value | null): Value | undefined => value ?? undefined;

const shown = (row: works.WorkRow, refused: number, now: Instant): Work => {
  const { kind, state, region, centre, platform, done, total } = row;
  const isImport = kind === "import";
  const startedAt = given(row.startedAt);
  return {
    ...{ id: `${kind}.${row.id}` as WorkId, kind, state, regions: [region], centre, platform, done, total },
    secondsLeft: state === "running" ? secondsLeft({ done, total, startedAt }, now) : null,
    ...{ orderedBy: row.orderedBy, orderedAt: row.orderedAt, startedAt, endedAt: given(row.endedAt) },
    ...{ mayCancel: isStoppable(state), fault: given(row.fault), keptUntil: given(row.keptUntil) },
    ...(isImport ? { read: given(row.read), result: given(row.counts), toMend: refused } : {}),
    ...(isImport ? {} : { hasFile: state === "done" && row.keptUntil !== null }),
  };
};

export const shownWork = async (tx: Db, row: works.WorkRow, now: Instant): Promise<Work> =>
  shown(row, (await works.counted(tx, [row.id], "refused")).get(row.id) ?? 0, now);

/** The newest within reach, with those that still go on. */
export const listsWithin = async (tx: Db, reach: Reach, now: Instant, limit: number): Promise<Work[]> => {
  const rows = await works.newest(tx, reach, limit);
  const ids = rows.map(({ id }) => id);
  const refused = await works.counted(tx, ids, "refused");
  return rows.map((row) => shown(row, refused.get(row.id) ?? 0, now));
};

/** Where it is, for whoever has to know before they are let in. */
export const placeOfList = async ({ db }: Pick<Deps, "db">, id: ListWorkId) => {
  const { region, centre, platform } = (await works.byId(db, id)) ?? refuse("not_found");
  return { region, centre, platform };
};

export const kindOfList = async ({ db }: Pick<Deps, "db">, id: ListWorkId) => {
  const row = await works.byId(db, id);
  return row && { kind: row.kind, platform: row.platform };
};

export const readList = (deps: Deps, id: ListWorkId): Promise<Work> =>
  transact(deps, async (tx) => shownWork(tx, (await works.byId(tx, id)) ?? refuse("not_found"), deps.now()));

/** Stops it: at once where nothing is in hand, else after the rows that are. */
export const cancelList = (deps: Deps, id: ListWorkId, actor: Actor): Promise<Work> =>
  transact(deps, async (tx) => {
    const row = (await works.lock(tx, id)) ?? refuse("not_found");
    if (!isOpen(row.state)) refuse("work_over");
    if (row.state !== "stopping") await noteWork(tx, deps, row, { actor, event: "list.stopped" });
    const isInHand = row.state === "running" || row.state === "stopping";
    const now = isInHand
      ? await works.set(tx, id, { state: "stopping" })
      : await endWork(tx, deps, id, { state: "cancelled" });
    return shownWork(tx, now, deps.now());
  });
