import { refuse } from "../../schema/errors.ts";
import type { BookingId, Instant } from "../../schema/primitives.ts";
import type { PolicyRules } from "../../schema/region.ts";
import { arrivalAt } from "../core/booking.ts";
import type { DoseMove } from "../core/replay.ts";
import type { InvitationRow } from "../store/invitations.ts";
import type { Ledger } from "../store/ledger.ts";
import type { SurplusRow } from "../store/surpluses.ts";
import type { Deps } from "./deps.ts";
import { move } from "./move.ts";

/**
 * A yes becomes a promise: a dose, a booking and the word to the person, in the gateway's own record; the platform
 * is told afterwards and its failure changes nothing (F10). Nothing happens where the person has left meanwhile.
 */
export const promote = async (
  { ledger, deps }: { ledger: Ledger; deps: Pick<Deps, "uuid"> },
  row: InvitationRow,
  { surplus, rules, now }: { surplus: SurplusRow; rules: PolicyRules; now: Instant },
): Promise<void> => {
  const step = await move(ledger, row, { kind: "promoted", at: now });
  if ("refused" in step) return;
  const booking = deps.uuid() as BookingId;
  const { id: invitation, region, campaign, centre, volunteer } = row;
  const at = arrivalAt({ now, travelMinutes: rules.travelMinutes, usableUntil: surplus.usableUntil });
  await ledger.bookings.add({
    ...{ id: booking, region, campaign, centre, surplus: surplus.id, volunteer, invitation },
    ...{ state: "promised", at, promisedAt: now },
  });
  const held = await ledger.doses.promiseHeld(invitation, booking);
  if (!held && !(await ledger.doses.promiseFree(surplus.id, { invitation, booking }))) refuse("conflict");
  await ledger.outbox.enqueue(
    [
      { kind: "book", booking, centre },
      { kind: "tell-official", volunteer },
    ],
    now,
  );
  const doses: DoseMove[] = [[held ? "held" : "free", "promised", 1]];
  await ledger.audit.note({
    ...{ at: now, region, actor: "gateway", event: "booking.promised", subject: booking },
    facts: { surplus: surplus.id, volunteer, invitation, doses },
  });
};
