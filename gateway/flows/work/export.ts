import type { Ports, RosterEntry } from "../../../schema/adapter.ts";
import { refuse } from "../../../schema/errors.ts";
import type { CentreId, Instant, PlatformName, RegionId, VolunteerId } from "../../../schema/primitives.ts";
import { Reveal } from "../../../schema/reveal.ts";
import type { ListFormat, ListWorkId, Work } from "../../../schema/work.ts";
import * as outbox from "../../store/outbox.ts";
import * as volunteers from "../../store/volunteers.ts";
import * as works from "../../store/work.ts";
import { type Actor, type Deps, transact } from "../deps.ts";
import { entriesOf } from "../export.ts";
import { endWork, keep, keptFor, makeRoom, noteWork } from "./end.ts";
import { openPart, reasonIn, sealPart } from "./parts.ts";
import { shownWork } from "./show.ts";

/* A centre's list goes out: its people are read behind the answer, some at a time, and the file waits to be taken once. */

type Order = {
  actor: Actor;
  region: RegionId;
  centre: CentreId;
  platform: PlatformName;
  format: ListFormat;
  why?: Reveal;
};

/** So many people in one part, and in one transaction. */
const atOnce = 100;

export const orderExport = (deps: Deps, { actor, why, ...order }: Order): Promise<Work> =>
  transact(deps, async (tx) => {
    await makeRoom(tx, order.centre);
    const id = deps.uuid() as ListWorkId;
    const row = await works.add(tx, {
      ...{ ...order, id, kind: "export", state: "waiting" },
      ...{ orderedBy: actor, orderedAt: deps.now() },
      total: await volunteers.countIn(tx, [order.centre]),
      wordsSealed: why ? deps.vault.seal(JSON.stringify(why), reasonIn(id)) : null,
    });
    const more = { format: order.format, numbers: why !== undefined };
    await noteWork(tx, deps, row, { actor, event: "list.asked", more });
    await outbox.enqueue(tx, [{ kind: "work", work: id, at: deps.now() }], deps.now());
    return shownWork(tx, await keep(tx, deps, id, keptFor.going), deps.now());
  });

type Read = { entry: RosterEntry; since: Instant };

/** Reads the next people, each look noted; answers with the work itself where there is nobody left. */
const readOn = (deps: Deps, id: ListWorkId): Promise<"more" | works.WorkRow | undefined> =>
  transact(deps, async (tx) => {
    const row = await works.lock(tx, id);
    if (row?.state === "stopping") await endWork(tx, deps, id, { state: "cancelled" });
    if (row?.state !== "waiting" && row?.state !== "running") return undefined;
    const after = (row.cursor as VolunteerId | null) ?? undefined;
    const people = await works.people(tx, await volunteers.idsIn(tx, [row.centre], { after, limit: atOnce }));
    const last = people.at(-1);
    if (!last) return row;
    const why = row.wordsSealed && Reveal.parse(JSON.parse(deps.vault.open(row.wordsSealed, reasonIn(id))));
    const { orderedBy: actor, centre, platform } = row;
    const entries = await entriesOf(tx, deps, { people, actor, centre, platform, why: why ?? undefined });
    const content = entries.map((entry, index) => ({
      ...{ entry, since: people[index]?.registeredAt ?? deps.now() },
    }));
    await works.addParts(tx, [sealPart(deps, row, { kind: "rows", number: row.done, content })]);
    const done = row.done + people.length;
    const begun = row.startedAt ? {} : { startedAt: deps.now() };
    // Whoever has come since it was ordered was never counted.
    const total = Math.max(row.total, done);
    await works.set(tx, id, { ...begun, state: "running", done, total, cursor: last.id });
    return "more";
  });

const writeFile = async (deps: Deps, row: works.WorkRow, port: Ports["spreadsheet"]): Promise<void> => {
  const parts = await works.parts(deps.db, row.id, "rows");
  const read = parts.flatMap((part) => openPart<Read[]>(deps, part));
  const inOrder = read.toSorted((one, other) => one.since.localeCompare(other.since));
  const entries = inOrder.map(({ entry }) => entry);
  const bytes = await port.write({ entries, format: row.format ?? "csv" });
  const content = Buffer.from(bytes).toString("base64");
  await transact(deps, async (tx) => {
    const now = await works.lock(tx, row.id);
    if (now?.state === "stopping") await endWork(tx, deps, row.id, { state: "cancelled" });
    if (now?.state !== "running" && now?.state !== "waiting") return;
    await works.addParts(tx, [sealPart(deps, row, { kind: "file", number: 0, content })]);
    await endWork(tx, deps, row.id, { state: "done" });
  });
};

/** Reads the next people, and writes the file after the last; `false` where there is nothing more to do. */
export const advanceExport = async (
  deps: Deps,
  id: ListWorkId,
  port?: Ports["spreadsheet"],
): Promise<boolean> => {
  const read = await readOn(deps, id);
  if (read === "more") return true;
  if (read && port) await writeFile(deps, read, port);
  else if (read)
    await transact(deps, (tx) => endWork(tx, deps, id, { state: "failed", fault: "platform-gone" }));
  return false;
};

/** Gives the file out, once: it is gone with the answer. */
export const takeFile = (deps: Deps, id: ListWorkId, actor: Actor) =>
  transact(deps, async (tx) => {
    const row = (await works.lock(tx, id)) ?? refuse("not_found");
    const [part] = row.kind === "export" ? await works.parts(tx, id, "file", 1) : [];
    if (!part) return refuse("work_unfit", "there is no file to be taken, or it was taken already");
    const bytes = Buffer.from(openPart<string>(deps, part), "base64");
    await works.dropParts(tx, id);
    const taken = await works.set(tx, id, { keptUntil: null });
    await noteWork(tx, deps, taken, { actor, event: "list.fetched" });
    return { bytes, name: row.centre, format: row.format ?? ("csv" as const) };
  });
