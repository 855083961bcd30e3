import { isDeepStrictEqual } from "node:util";
import { refuse } from "../../schema/errors.ts";
import type { PairId } from "../../schema/primitives.ts";
import type { Joined } from "../core/merge.ts";
import * as audit from "../store/audit.ts";
import { acrossRegions, type Db } from "../store/db.ts";
import * as outbox from "../store/outbox.ts";
import * as pairs from "../store/pairs.ts";
import * as platforms from "../store/platforms.ts";
import * as queue from "../store/queue.ts";
import * as volunteers from "../store/volunteers.ts";
import { type Actor, type Deps, transact } from "./deps.ts";
import type { Merge } from "./merge.ts";

/* Two registrations that are two people's after all. */

/** Two people: not shown again unless the evidence changes. */
export const keepApart = (deps: Deps, id: PairId, actor: Actor): Promise<pairs.PairRow> =>
  transact(deps, async (tx) => {
    const pair = (await pairs.lock(tx, id)) ?? refuse("not_found");
    if (pair.state !== "open") return refuse("pair_decided", `it is ${pair.state}`);
    const decided = { state: "kept-apart" as const, decidedAt: deps.now(), decidedBy: actor };
    await pairs.decide(tx, id, decided);
    const line = {
      at: decided.decidedAt,
      region: pair.regions[0],
      actor,
      event: "pair.kept-apart",
      subject: id,
    };
    await audit.note(tx, { ...line, facts: { score: pair.score, reasons: pair.reasons } });
    return { ...pair, ...decided };
  });

/** What the merge changed and nobody has changed since goes back; what the person changed since stays theirs. */
const undone = (now: Joined, { before, after }: Merge): Partial<Joined> => ({
  ...(now.state === after.state ? { state: before.state } : {}),
  ...(isDeepStrictEqual(now.centres, after.centres) ? { centres: before.centres } : {}),
  ...(isDeepStrictEqual(now.availability, after.availability) ? { availability: before.availability } : {}),
  ...(isDeepStrictEqual(now.conditions, after.conditions) ? { conditions: before.conditions } : {}),
  ...(now.closedFor === after.closedFor
    ? { closedFor: before.closedFor, closedFrom: before.closedFrom }
    : {}),
  ...(now.lastDoseOn === after.lastDoseOn ? { lastDoseOn: before.lastDoseOn } : {}),
});

const separate = async (
  tx: Db,
  stays: volunteers.VolunteerRow,
  goes: volunteers.VolunteerRow,
  merge: Merge,
) => {
  await volunteers.change(tx, goes.id, { repeatOf: null });
  for (const repeat of await volunteers.repeatsOf(tx, stays.id)) {
    const isOfNumber = Buffer.compare(repeat.identityDigest, goes.identityDigest) === 0;
    if (isOfNumber || merge.repeats.includes(repeat.id))
      await volunteers.change(tx, repeat.id, { repeatOf: goes.id });
  }
  await volunteers.change(tx, stays.id, undone(stays, merge));
  await platforms.moveIdentities(tx, { from: stays.id, to: goes.id, only: merge.identities });
  await queue.settle(tx, stays.id);
  await queue.settle(tx, goes.id, merge.notBefore ?? null);
};

/**
 * Takes a merge back: both registrations are as they were before it. Refuses once a dose was given, which cannot be
 * taken back, or where the registration that stayed has become another's repeat.
 */
export const undoMerge = (deps: Deps, id: PairId, actor: Actor): Promise<pairs.PairRow> =>
  transact(deps, async (tx) => {
    const pair = (await pairs.lock(tx, id)) ?? refuse("not_found");
    const merge = pair.merge as Merge | null;
    if (pair.state !== "merged" || !merge) return refuse("pair_decided", `it is ${pair.state}`);
    const rows = [await volunteers.lock(tx, pair.one), await volunteers.lock(tx, pair.other)];
    const stays = rows.find((row) => row?.id === pair.stays) ?? refuse("pair_over");
    const goes = rows.find((row) => row?.id === merge.goes) ?? refuse("pair_over");
    if (stays.repeatOf !== null || goes.repeatOf !== stays.id) refuse("pair_over");
    if (stays.state === "closed" && merge.after.state !== "closed") refuse("dose_given_since");
    await acrossRegions(tx, (all) => separate(all, stays, goes, merge));
    const at = deps.now();
    const decided = { state: "undone" as const, decidedAt: at, decidedBy: actor };
    await pairs.decide(tx, id, decided);
    const effects = [stays, goes]
      .filter(({ state }) => state === "active" || state === "paused")
      .map(({ id: volunteer }) => ({ kind: "roster-put" as const, volunteer }));
    await outbox.enqueue(tx, effects, at);
    const facts = { stays: stays.id, goes: goes.id };
    await audit.note(tx, { at, region: stays.region, actor, event: "pair.undone", subject: id, facts });
    return { ...pair, ...decided };
  });
