import { Refusal } from "../../../schema/errors.ts";
import { type CentreId, plusMinutes } from "../../../schema/primitives.ts";
import type { ListWorkId, WorkFault, WorkState } from "../../../schema/work.ts";
import { isOpen } from "../../core/work.ts";
import * as audit from "../../store/audit.ts";
import type { Db } from "../../store/db.ts";
import * as outbox from "../../store/outbox.ts";
import * as works from "../../store/work.ts";
import { type Actor, type Deps, transact } from "../deps.ts";

/* Long work ends, and what it holds of people goes: at once, or a little later where somebody may come for it. */

/** For whoever has not said yet that it is to begin, and for whoever comes for a file. */
const soonMinutes = 60;
/** For whoever mends rows; and longer than any list takes. */
const dayMinutes = 24 * 60;

export const keptFor = { proposed: soonMinutes, going: dayMinutes, mending: dayMinutes, file: soonMinutes };

/** So many of one centre wait or go on at the same time: each holds a list for hours, however few rows are taken. */
const openAtMost = 20;

/** Refuses one too many at a centre, before anything of it is laid down. */
export const makeRoom = async (tx: Db, centre: CentreId): Promise<void> => {
  if ((await works.openAt(tx, centre)) < openAtMost) return;
  const detail = `${openAtMost} lists of this centre are open: stop one, or wait until one is over`;
  throw new Refusal("too_many_requests", detail, [], { retryAfterSeconds: 600 });
};

/** Until when its parts are kept, and the order that deletes them then. */
export const keep = async (tx: Db, deps: Deps, id: ListWorkId, minutes: number): Promise<works.WorkRow> => {
  const at = plusMinutes(deps.now(), minutes);
  await outbox.enqueue(tx, [{ kind: "let-go", work: id, at }], deps.now());
  return works.set(tx, id, { keptUntil: at });
};

export const noteWork = (
  tx: Db,
  { now }: Pick<Deps, "now">,
  { id, region, centre, platform, kind, done, total, counts }: works.WorkRow,
  said: { actor: Actor; event: string; more?: Record<string, unknown> },
) => {
  const { actor, event, more } = said;
  const facts = { ...{ centre, platform, kind, done, total }, ...counts, ...more };
  return audit.note(tx, { at: now(), region, actor, event, subject: id, facts });
};

/** Ends it, in the transaction that has it locked. What nobody needs any more of its parts is deleted with that. */
export const endWork = async (
  tx: Db,
  deps: Deps,
  id: ListWorkId,
  { state, fault }: { state: Extract<WorkState, "done" | "failed" | "cancelled">; fault?: WorkFault },
): Promise<works.WorkRow> => {
  await (state === "done" ? works.dropParts(tx, id, "rows") : works.dropParts(tx, id));
  const ended = await works.set(tx, id, {
    ...{ state, fault: fault ?? null, endedAt: deps.now(), wordsSealed: null, keptUntil: null },
  });
  await noteWork(tx, deps, ended, { actor: "gateway", event: `list.${state}`, more: fault && { fault } });
  if (state !== "done") return ended;
  if (ended.kind === "export") return keep(tx, deps, id, keptFor.file);
  const refused = (await works.counted(tx, [id], "refused")).get(id) ?? 0;
  return refused > 0 ? keep(tx, deps, id, keptFor.mending) : ended;
};

/** Deletes what it still holds of people, where the term of that is over; `false` where it is not. */
export const letGo = (deps: Deps, id: ListWorkId): Promise<boolean> =>
  transact(deps, async (tx) => {
    const row = await works.lock(tx, id);
    if (!row?.keptUntil || row.keptUntil > deps.now()) return false;
    if (row.state === "proposed") await endWork(tx, deps, id, { state: "cancelled", fault: "not-started" });
    else if (isOpen(row.state)) await endWork(tx, deps, id, { state: "failed", fault: "took-too-long" });
    else {
      await works.dropParts(tx, id);
      await works.set(tx, id, { keptUntil: null });
    }
    return true;
  });
