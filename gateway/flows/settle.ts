import type { Instant, SurplusId } from "../../schema/primitives.ts";
import type { InvitationEvent } from "../../schema/surplus.ts";
import type { DoseMove } from "../core/replay.ts";
import type { InvitationRow } from "../store/invitations.ts";
import { type Ledger, ledgerOf } from "../store/ledger.ts";
import type { SurplusRow } from "../store/surpluses.ts";
import { learn } from "./belief.ts";
import { type Deps, transact } from "./deps.ts";
import { look, type World } from "./look.ts";
import { move } from "./move.ts";

const endOf = ({ state }: InvitationRow, at: Instant): InvitationEvent => {
  if (state === "ready") return { kind: "released", at };
  if (state === "open") return { kind: "window-ended", at };
  return { kind: "undeliverable", at, cause: "too-late" };
};

/** Ends every question that is still open, also one that a channel took in this very moment. */
const endLive = async (ledger: Ledger, surplus: SurplusRow, now: Instant): Promise<void> => {
  const live = await ledger.invitations.liveOf(surplus.id);
  if (live.length === 0) return;
  for (const row of live) await move(ledger, row, endOf(row, now));
  await endLive(ledger, surplus, now);
};

const note = (
  ledger: Ledger,
  surplus: SurplusRow,
  said: { at: Instant; event: string; doses: DoseMove[] },
) => {
  const { at, event, doses } = said;
  const { region, id } = surplus;
  return ledger.audit.note({
    at,
    region,
    actor: "gateway",
    event,
    subject: id,
    facts: { surplus: id, doses },
  });
};

/** Nothing can be given any more: open questions are closed, and what is still free is lost. */
const close = async (ledger: Ledger, surplus: SurplusRow, now: Instant): Promise<void> => {
  await endLive(ledger, surplus, now);
  const lost = await ledger.doses.loseFree(surplus.id);
  await ledger.surpluses.end(surplus.id, "closed");
  await learn(ledger, surplus, now);
  await note(ledger, surplus, { at: now, event: "surplus.closed", doses: [["free", "lost", lost]] });
};

/** Someone let go of a dose when nobody could be asked any more. */
const afterTheEnd = async (ledger: Ledger, surplus: SurplusRow, at: Instant): Promise<void> => {
  const isCancelled = surplus.state === "cancelled";
  const gone = isCancelled
    ? await ledger.doses.removeFree(surplus.id, 500)
    : await ledger.doses.loseFree(surplus.id);
  const doses: DoseMove[] = [["free", isCancelled ? "removed" : "lost", gone]];
  if (gone > 0) await note(ledger, surplus, { at, event: "surplus.left-over", doses });
};

/** `settle` within a transaction of the caller's, whoever keeps the ledger: the database, or a simulated evening. */
export const settleIn = async (world: World, id: SurplusId, now: Instant): Promise<void> => {
  const { ledger } = world;
  const surplus = await ledger.surpluses.lock(id);
  if (!surplus) return;
  if (surplus.state !== "open") return afterTheEnd(ledger, surplus, now);
  if (surplus.usableUntil <= now) return close(ledger, surplus, now);
  await look(world, surplus, now);
};

/**
 * Looks at one surplus and does what its situation asks for. Whoever else looks at the same surplus waits; so that
 * it may be called at any time, by any worker, as often as anyone likes.
 */
export const settle = (deps: Deps, id: SurplusId): Promise<void> =>
  transact(deps, (tx) => settleIn({ ledger: ledgerOf(tx), deps }, id, deps.now()));
