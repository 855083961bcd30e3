import { refuse } from "../../schema/errors.ts";
import {
  type Instant,
  type InvitationId,
  localDay,
  plusMinutes,
  type SurplusId,
} from "../../schema/primitives.ts";
import type { Policy } from "../../schema/region.ts";
import { type Decision, decide, type Pending } from "../core/allocation.ts";
import { reasonFor } from "../core/policy.ts";
import * as audit from "../store/audit.ts";
import type { Db } from "../store/db.ts";
import * as doses from "../store/doses.ts";
import * as invitations from "../store/invitations.ts";
import * as outbox from "../store/outbox.ts";
import * as queue from "../store/queue.ts";
import * as surpluses from "../store/surpluses.ts";
import { firstInOrder } from "./candidates.ts";
import { type Deps, policyOf, transact } from "./deps.ts";
import { move } from "./move.ts";

const pending = (row: invitations.InvitationRow): Pending =>
  row.state === "open" && row.windowEndsAt
    ? { id: row.id, state: "open", windowEndsAt: row.windowEndsAt }
    : { id: row.id, state: "decided", leaveBy: row.leaveBy };

type Scene = {
  surplus: surpluses.SurplusRow;
  policy: Policy;
  asked: invitations.InvitationRow[];
  now: Instant;
};

/** Asks one person: takes them out of the queue, keeps a dose, and orders the message. */
const ask = async (
  tx: Db,
  deps: Deps,
  { surplus, policy, now }: Scene,
  { candidate, windowMinutes, place }: Decision["hold"][number] & { place: number },
): Promise<boolean> => {
  if (!(await queue.claim(tx, candidate.id))) return false;
  const id = deps.uuid() as InvitationId;
  const { region, campaign, centre } = surplus;
  const reason = reasonFor(policy, candidate, { place, day: localDay(now) });
  await invitations.add(tx, {
    ...{ id, region, campaign, centre, surplus: surplus.id, volunteer: candidate.id },
    ...{ state: "decided", reason, windowMinutes, decidedAt: now },
    leaveBy: plusMinutes(now, policy.rules.leaveWithinMinutes),
  });
  if (!(await doses.hold(tx, surplus.id, id))) refuse("conflict");
  await outbox.enqueue(tx, [{ kind: "invite", invitation: id, centre }], now);
  const facts = { surplus: surplus.id, volunteer: candidate.id, ...reason };
  await audit.note(tx, {
    at: now,
    region,
    actor: "gateway",
    event: "invitation.decided",
    subject: id,
    facts,
  });
  return true;
};

const read = async (tx: Db, surplus: surpluses.SurplusRow, now: Instant): Promise<Scene> => ({
  surplus,
  policy: await policyOf(tx, surplus.region, now),
  asked: await invitations.ofSurplus(tx, surplus.id),
  now,
});

/** Ends every question that is still open, also one that a channel took in this very moment. */
const endLive = async (
  tx: Db,
  deps: Deps,
  { surplus, now }: Pick<Scene, "surplus" | "now">,
): Promise<void> => {
  const live = await invitations.liveOf(tx, surplus.id);
  if (live.length === 0) return;
  for (const row of live)
    await move(
      tx,
      deps,
      row,
      row.state === "open"
        ? { kind: "window-ended", at: now }
        : { kind: "undeliverable", at: now, cause: "too-late" },
    );
  await endLive(tx, deps, { surplus, now });
};

/** Nothing can be given any more: open questions are closed, and what is still free is lost. */
const close = async (tx: Db, deps: Deps, surplus: surpluses.SurplusRow, now: Instant): Promise<void> => {
  await endLive(tx, deps, { surplus, now });
  await doses.loseFree(tx, surplus.id);
  await surpluses.end(tx, surplus.id, "closed");
  const line = {
    at: now,
    region: surplus.region,
    actor: "gateway",
    event: "surplus.closed",
    subject: surplus.id,
  };
  await audit.note(tx, line);
};

/** Someone let go of a dose when nobody could be asked any more. */
const afterTheEnd = async (tx: Db, surplus: surpluses.SurplusRow): Promise<void> => {
  if (surplus.state === "cancelled") await doses.removeFree(tx, surplus.id, 500);
  else await doses.loseFree(tx, surplus.id);
};

const freeDoses = async (tx: Db, id: SurplusId): Promise<number> =>
  (await surpluses.counts(tx, [id])).get(id)?.free ?? 0;

const apply = async (tx: Db, deps: Deps, scene: Scene, decision: Decision): Promise<void> => {
  for (const { id, event } of decision.release) {
    const row = scene.asked.find((each) => each.id === id);
    if (row) await move(tx, deps, row, event);
  }
  let place = scene.asked.length;
  // An answer may have come before the end of its window was noted: its dose is no longer there to give.
  const free = await freeDoses(tx, scene.surplus.id);
  for (const next of decision.hold.slice(0, free)) {
    if (await ask(tx, deps, scene, { ...next, place: place + 1 })) place += 1;
    else await outbox.enqueue(tx, [{ kind: "wake", surplus: scene.surplus.id, at: scene.now }], scene.now);
  }
  const wake = decision.nextWakeAt;
  if (wake) await outbox.enqueue(tx, [{ kind: "wake", surplus: scene.surplus.id, at: wake }], scene.now);
};

/**
 * Looks at one surplus and does what its situation asks for: ends what is over, asks who is next, and says when
 * to look again. Whoever else looks at the same surplus waits; so that it may be called at any time, by any
 * worker, as often as anyone likes.
 */
export const settle = (deps: Deps, id: SurplusId): Promise<void> =>
  transact(deps, async (tx) => {
    const now = deps.now();
    const surplus = await surpluses.lock(tx, id);
    if (!surplus) return;
    if (surplus.state !== "open") return afterTheEnd(tx, surplus);
    if (surplus.usableUntil <= now) return close(tx, deps, surplus, now);
    const scene = await read(tx, surplus, now);
    const free = await freeDoses(tx, id);
    const live = scene.asked.filter(({ state }) => state === "decided" || state === "open");
    const candidates = await firstInOrder(tx, {
      offer: surplus,
      rules: scene.policy.rules,
      now,
      want: free + live.length,
      asked: new Set(scene.asked.map(({ volunteer }) => volunteer)),
    });
    const situation = { surplus: { free, usableUntil: surplus.usableUntil }, candidates, now };
    await apply(
      tx,
      deps,
      scene,
      decide({ ...situation, invitations: live.map(pending), policy: scene.policy.rules }),
    );
  });
