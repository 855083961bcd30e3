import type {
  BindingChange,
  Bindings,
  CarryOver,
  ChangeId,
  NewBinding,
  RoleChange,
} from "../../../schema/binding.ts";
import { refuse } from "../../../schema/errors.ts";
import type { Instant, RegionId } from "../../../schema/primitives.ts";
import * as audit from "../../store/audit.ts";
import * as bindings from "../../store/bindings.ts";
import type { Db } from "../../store/db.ts";
import * as outbox from "../../store/outbox.ts";
import { type Actor, type Deps, transact } from "../deps.ts";
import { heldBy, type KnownPlatform, plan } from "./plan.ts";

/* A change of platform is ordered, moved, taken back, and undone. */

const progress = (row: bindings.ChangeRow): CarryOver | undefined => {
  const { carryState: state, total, done, carried, asked, refused } = row;
  return state === null
    ? undefined
    : { state, total, done, left: Math.max(0, total - done), carried, asked, refused };
};

export const shownChange = (row: bindings.ChangeRow, now: Instant): BindingChange => ({
  id: row.id,
  region: row.region,
  centre: row.centre ?? undefined,
  centres: row.centres,
  roles: row.roles,
  from: row.from,
  state: row.ended ?? (row.from > now ? "planned" : "in-force"),
  undoes: row.undoes ?? undefined,
  orderedBy: row.orderedBy,
  orderedAt: row.orderedAt,
  endedBy: row.endedBy ?? undefined,
  endedAt: row.endedAt ?? undefined,
  carryOver: progress(row),
});

const note = (tx: Db, row: bindings.ChangeRow, said: { at: Instant; actor: Actor; event: string }) =>
  audit.note(tx, {
    ...{ ...said, region: row.region, subject: row.id },
    facts: { centre: row.centre, centres: row.centres.length, roles: row.roles, from: row.from },
  });

const listOf = (roles: readonly RoleChange[]) => roles.find(({ role }) => role === "roster");

/** The people of those centres follow their list, from the start of the change on. */
const carryFrom = (tx: Db, row: bindings.ChangeRow, now: Instant) => {
  const list = listOf(row.roles);
  if (!list) return;
  const effect = { kind: "carry-over", change: row.id, platform: list.after, at: row.from } as const;
  return outbox.enqueue(tx, [effect], now);
};

const write = async (
  tx: Db,
  deps: Deps,
  row: Omit<Parameters<typeof bindings.addChange>[1], "id" | "carryState">,
  event: { event: string; actor: Actor },
): Promise<bindings.ChangeRow> => {
  const carryState = listOf(row.roles) ? ("waiting" as const) : null;
  const added = await bindings.addChange(tx, { ...row, id: deps.uuid() as ChangeId, carryState });
  await carryFrom(tx, added, deps.now());
  await note(tx, added, { ...event, at: deps.now() });
  return added;
};

const bind = async (tx: Db, deps: Deps, row: bindings.ChangeRow): Promise<void> => {
  const place = { region: row.region, centre: row.centre ?? undefined };
  for (const { role, after } of row.roles)
    await bindings.turn(tx, place, {
      ...{ id: deps.uuid(), role, platform: after, from: row.from, change: row.id },
    });
};

const notBefore = (from: Instant, now: Instant): Instant => (from < now ? now : from);

/** From a moment on, a centre or a region has another platform in these roles. */
export const orderChange = (
  deps: Deps,
  known: readonly KnownPlatform[],
  { input, actor }: { input: NewBinding; actor: Actor },
): Promise<BindingChange> =>
  transact(deps, async (tx) => {
    const now = deps.now();
    await bindings.lock(tx, input.region);
    const from = notBefore(input.from, now);
    const { roles, centres } = await plan(tx, known, { ...input, from });
    const { region, centre } = input;
    const row = { region, centre, centres, roles, from, orderedBy: actor, orderedAt: now };
    const added = await write(tx, deps, row, { event: "binding.ordered", actor });
    await bind(tx, deps, added);
    return shownChange(added, now);
  });

/** All that is bound, and all that was ordered. */
export const listBindings = (deps: Deps, within: RegionId[] | undefined): Promise<Bindings> =>
  transact(deps, async (tx) => {
    const now = deps.now();
    const terms = (await bindings.terms(tx, within, now)).map(({ id: _, ...term }) => ({
      ...{ region: term.region, centre: term.centre ?? undefined, role: term.role },
      ...{ platform: term.platform ?? undefined, change: term.change ?? undefined },
      ...{ from: term.from ?? undefined, until: term.until ?? undefined },
    }));
    const changes = (await bindings.changes(tx, within)).map((row) => shownChange(row, now));
    return { bindings: terms, changes };
  });

export const readChange = async (deps: Deps, id: ChangeId): Promise<BindingChange> =>
  shownChange((await bindings.change(deps.db, id)) ?? refuse("not_found"), deps.now());

/** A change that still stands, with its region locked before it, as whoever orders one has it. */
const standing = async (tx: Db, id: ChangeId): Promise<bindings.ChangeRow> => {
  const { region } = (await bindings.change(tx, id)) ?? refuse("not_found");
  await bindings.lock(tx, region);
  const row = (await bindings.lockChange(tx, id)) ?? refuse("not_found");
  return row.ended ? refuse("binding_over") : row;
};

const notBegun = async (tx: Db, deps: Deps, id: ChangeId): Promise<bindings.ChangeRow> => {
  const row = await standing(tx, id);
  return row.from <= deps.now() ? refuse("binding_begun") : row;
};

const halted = ({ carryState }: bindings.ChangeRow) =>
  carryState === "waiting" || carryState === "running" ? ("cancelled" as const) : carryState;

/** Takes back what has not begun: nothing is left of it but the line in the history. */
export const takeBack = (deps: Deps, id: ChangeId, actor: Actor): Promise<BindingChange> =>
  transact(deps, async (tx) => {
    const row = await notBegun(tx, deps, id);
    await bindings.retract(tx, row);
    const end = { ended: "taken-back", endedBy: actor, endedAt: deps.now() } as const;
    const ended = await bindings.setChange(tx, id, { ...end, carryState: halted(row) });
    await note(tx, ended, { at: deps.now(), actor, event: "binding.taken-back" });
    return shownChange(ended, deps.now());
  });

/** Lets what has not begun begin at another moment. */
export const startAt = (deps: Deps, id: ChangeId, wanted: Instant, actor: Actor): Promise<BindingChange> =>
  transact(deps, async (tx) => {
    const now = deps.now();
    const row = await notBegun(tx, deps, id);
    await bindings.retract(tx, row);
    const from = notBefore(wanted, now);
    const place = { region: row.region, centre: row.centre ?? undefined };
    const roles: RoleChange[] = [];
    for (const { role, after } of row.roles)
      roles.push({ role, after, ...(await heldBy(tx, place, { role, moment: from })) });
    const moved = await bindings.setChange(tx, id, { from, roles });
    await bind(tx, deps, moved);
    await carryFrom(tx, moved, now);
    await note(tx, moved, { at: now, actor, event: "binding.moved" });
    return shownChange(moved, now);
  });

const returned = async (tx: Db, row: bindings.ChangeRow, now: Instant): Promise<RoleChange[]> => {
  const place = { region: row.region, centre: row.centre ?? undefined };
  const roles: RoleChange[] = [];
  for (const { role, before, after, inherited } of row.roles) {
    const term = await bindings.termAt(tx, place, { role, moment: now });
    if (term?.change !== row.id) refuse("binding_over", "another change has followed it");
    const regions = inherited ? await heldBy(tx, { region: row.region }, { role, moment: now }) : undefined;
    roles.push({ role, before: after, after: inherited ? regions?.before : before, inherited });
  }
  return roles;
};

/** Back to who it was before, from now on and with the same promises: a change of its own, the other way round. */
export const undo = (deps: Deps, id: ChangeId, actor: Actor): Promise<BindingChange> =>
  transact(deps, async (tx) => {
    const now = deps.now();
    const row = await standing(tx, id);
    if (row.from > now) refuse("binding_over", "it has not begun: take it back instead");
    const roles = await returned(tx, row, now);
    const { region, centre, centres } = row;
    const order = { region, centre, centres, roles, from: now, undoes: id };
    const event = { event: "binding.undone", actor };
    const back = await write(tx, deps, { ...order, orderedBy: actor, orderedAt: now }, event);
    for (const { role, inherited } of roles)
      if (inherited) await bindings.endTerm(tx, row, { role, moment: now });
    await bind(tx, deps, { ...back, roles: roles.filter(({ inherited }) => !inherited) });
    const end = { ended: "undone", endedBy: actor, endedAt: now } as const;
    await bindings.setChange(tx, id, { ...end, carryState: halted(row) });
    return shownChange(back, now);
  });

/** Stops carrying people over: whoever is not on the new list yet stays on the old one. */
export const haltCarryOver = (deps: Deps, id: ChangeId, actor: Actor): Promise<BindingChange> =>
  transact(deps, async (tx) => {
    const row = await standing(tx, id);
    const halt = halted(row);
    if (halt === row.carryState) refuse("binding_over", "nobody is being carried over");
    const stopped = await bindings.setChange(tx, id, { carryState: halt });
    await note(tx, stopped, { at: deps.now(), actor, event: "binding.halted" });
    return shownChange(stopped, deps.now());
  });

/** Goes on where it was stopped. */
export const resumeCarryOver = (deps: Deps, id: ChangeId, actor: Actor): Promise<BindingChange> =>
  transact(deps, async (tx) => {
    const now = deps.now();
    const row = await standing(tx, id);
    if (row.carryState !== "cancelled") refuse("binding_over", "it was not stopped");
    const going = await bindings.setChange(tx, id, { carryState: row.carryCursor ? "running" : "waiting" });
    await carryFrom(tx, { ...going, from: notBefore(row.from, now) }, now);
    await note(tx, going, { at: now, actor, event: "binding.resumed" });
    return shownChange(going, now);
  });
