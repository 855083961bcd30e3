import type { RefusalCause } from "../../schema/adapter.ts";
import { refuse } from "../../schema/errors.ts";
import {
  type BookingId,
  type Instant,
  localDay,
  type SurplusId,
  type VolunteerId,
} from "../../schema/primitives.ts";
import type { Because } from "../../schema/proof.ts";
import type { Booking, BookingChange, Effect, MessageKind } from "../../schema/surplus.ts";
import type { DoseMove } from "../core/replay.ts";
import * as audit from "../store/audit.ts";
import * as bookings from "../store/bookings.ts";
import { acrossRegions, type Db } from "../store/db.ts";
import * as doses from "../store/doses.ts";
import * as outbox from "../store/outbox.ts";
import * as proofs from "../store/proofs.ts";
import * as queue from "../store/queue.ts";
import * as surpluses from "../store/surpluses.ts";
import * as volunteers from "../store/volunteers.ts";
import { type Actor, type Deps, transact } from "./deps.ts";
import { endListLife } from "./end.ts";

/* What happens at the centre's door. */

export const shownBooking = (row: bookings.BookingRow): Booking => ({
  id: row.id,
  surplus: row.surplus,
  centre: row.centre,
  state: row.state,
  at: row.at,
  platform: row.platform ?? undefined,
  externalRef: row.externalRef ?? undefined,
  walkIn: row.walkIn,
});

export const noteBooking = (
  tx: Db,
  { id, region, surplus, volunteer }: bookings.BookingRow,
  said: {
    at: Instant;
    actor: Actor;
    event: string;
    doses: DoseMove[];
    cause?: RefusalCause;
    because?: Because;
  },
) => {
  const { doses, cause, because, at, ...line } = said;
  const facts = {
    ...{ surplus, volunteer, day: localDay(at), doses },
    ...(cause ? { cause } : {}),
    ...(because ? { because } : {}),
  };
  return audit.note(tx, { ...line, at, region, subject: id, facts });
};

/** What a dose is worth that somebody lets go of: free for the next, unless nobody can have it any more. */
export const doseLeft = (surplus: surpluses.SurplusRow | undefined, at: Instant): "free" | "lost" =>
  surplus?.state === "open" && surplus.usableUntil > at ? "free" : "lost";

type End = {
  outcome: "no-show" | "cancelled" | "refused";
  dose: "free" | "lost" | "removed";
  at: Instant;
  actor: Actor;
  cause?: RefusalCause;
  because?: Because;
};

/** What the person hears; nothing where they know it already. */
const letterOn = ({ outcome, actor }: End): MessageKind | undefined => {
  if (outcome === "refused") return "booking-refused";
  return outcome === "cancelled" && actor !== "volunteer" ? "booking-cancelled" : undefined;
};

/**
 * Ends an expected booking without a dose given: its dose is free for the next person (or lost, or taken back),
 * and the person is in the queue again: at once where the centre took the dose back, else from that evening on.
 */
export const endBooking = async (
  tx: Db,
  row: bookings.BookingRow,
  end: End,
): Promise<bookings.BookingRow> => {
  const { outcome, dose, at, actor, cause, because } = end;
  const ended = (await bookings.advance(tx, row, { state: outcome, settledAt: at })) ?? refuse("conflict");
  await doses.settle(tx, row.id, dose);
  const surplus = await surpluses.byId(tx, row.surplus);
  const askAgainFrom = dose === "removed" ? null : (surplus?.usableUntil ?? null);
  if (row.volunteer) await queue.settle(tx, row.volunteer, askAgainFrom);
  const effects: Effect[] = [{ kind: "wake", surplus: row.surplus, at }];
  if (row.volunteer) effects.push({ kind: "tell-official", volunteer: row.volunteer });
  if (outcome === "cancelled") effects.push({ kind: "unbook", booking: row.id, centre: row.centre });
  const about = letterOn(end);
  const { volunteer, invitation } = row;
  if (about && volunteer)
    effects.push({ kind: "message", about, volunteer, invitation: invitation ?? undefined });
  await outbox.enqueue(tx, effects, at);
  await noteBooking(tx, row, {
    at,
    actor,
    cause,
    because,
    event: `booking.${outcome}`,
    doses: [["promised", dose, 1]],
  });
  return ended;
};

const attended = async (
  tx: Db,
  deps: Deps,
  row: bookings.BookingRow,
  { actor, because }: { actor: Actor; because?: Because },
): Promise<bookings.BookingRow> => {
  const at = deps.now();
  const came = (await bookings.advance(tx, row, { state: "attended", settledAt: at })) ?? refuse("conflict");
  if (!(await doses.settle(tx, row.id, "used"))) refuse("no_dose_free");
  const moves: DoseMove[] = [["promised", "used", 1]];
  await noteBooking(tx, row, { at, actor, because, event: "booking.attended", doses: moves });
  if (row.volunteer) await acrossRegions(tx, (all) => vaccinated(all, row.volunteer as VolunteerId, at));
  return came;
};

/** A dose ends every list life, in whichever regions somebody is registered. */
const vaccinated = async (tx: Db, id: VolunteerId, at: Instant): Promise<void> => {
  const person = await volunteers.lock(tx, id);
  if (person) await endListLife(tx, { row: person, reason: "vaccinated", at });
};

const moveTo = async (
  tx: Db,
  deps: Deps,
  row: bookings.BookingRow,
  { at, actor }: { at: Instant; actor: Actor },
) => {
  const surplus = (await surpluses.byId(tx, row.surplus)) ?? refuse("not_found");
  const now = deps.now();
  if (at < now || at > surplus.usableUntil)
    refuse("invalid_input", undefined, [
      { in: "body", at: "/at", detail: "between now and the end of the doses" },
    ]);
  const moved = (await bookings.advance(tx, row, { at, state: "promised" })) ?? refuse("conflict");
  const { id, centre, volunteer, invitation } = row;
  const effects: Effect[] = [{ kind: "book", booking: id, centre }];
  if (volunteer)
    effects.push({ kind: "message", about: "booking-moved", volunteer, invitation: invitation ?? undefined });
  await outbox.enqueue(tx, effects, now);
  await noteBooking(tx, row, { at: now, actor, event: "booking.moved", doses: [] });
  return moved;
};

/**
 * Whoever gives a dose that the card speaks against says why, and so does whoever turns somebody away who stood there:
 * neither happens in silence (F19).
 */
const keepToCard = async (
  tx: Db,
  row: bookings.BookingRow,
  { outcome, because }: BookingChange,
): Promise<void> => {
  const card = outcome && !because ? await proofs.checkOf(tx, row.id) : undefined;
  if (!card) return;
  const say = (detail: string) => [{ in: "body" as const, at: "/because", detail }];
  if (outcome === "attended" && card.objections.length > 0)
    refuse("card_differs", card.objections.join(", "), say("why the dose is given all the same"));
  if (outcome === "cancelled")
    refuse("invalid_input", undefined, say("why somebody is turned away whose card was looked at"));
};

const settled = async (
  tx: Db,
  deps: Deps,
  row: bookings.BookingRow,
  { actor, ...change }: BookingChange & { actor: Actor },
) => {
  const at = deps.now();
  const surplus = await surpluses.byId(tx, row.surplus);
  const { because } = change;
  await keepToCard(tx, row, change);
  if (change.outcome === "attended") return attended(tx, deps, row, { actor, because });
  if (change.outcome)
    return endBooking(tx, row, { outcome: change.outcome, dose: doseLeft(surplus, at), at, actor, because });
  return change.at ? moveTo(tx, deps, row, { at: change.at, actor }) : row;
};

/** The place whose staff a booking belongs to. */
export const whereBooked = async (deps: Deps, id: BookingId) => {
  const { region, centre } = (await bookings.byId(deps.db, id)) ?? refuse("not_found");
  return { region, centre };
};

/** Attended, not shown, cancelled, or another exact time; only for someone who is still expected. */
export const attend = (deps: Deps, id: BookingId, change: BookingChange, actor: Actor): Promise<Booking> =>
  transact(deps, async (tx) => {
    const row = (await bookings.byId(tx, id)) ?? refuse("not_found");
    if (!bookings.expected.includes(row.state)) refuse("booking_over", `it is ${row.state}`);
    return shownBooking(await settled(tx, deps, row, { ...change, actor }));
  });

/** Someone at the door used a dose that nobody holds. No name is asked: the centre knows whom it vaccinated. */
export const walkIn = (deps: Deps, id: SurplusId, actor: Actor): Promise<Booking> =>
  transact(deps, async (tx) => {
    const at = deps.now();
    const surplus = (await surpluses.lock(tx, id)) ?? refuse("not_found");
    if (surplus.state !== "open") refuse("surplus_over");
    const booking = deps.uuid() as BookingId;
    const { region, campaign, centre } = surplus;
    await bookings.add(tx, {
      ...{ id: booking, region, campaign, centre, surplus: id, walkIn: true, at },
      ...{ state: "attended", promisedAt: at, settledAt: at },
    });
    if (!(await doses.give(tx, id, booking))) refuse("no_dose_free");
    // Whoever stood by for this dose is told at once that it is gone.
    await outbox.enqueue(tx, [{ kind: "wake", surplus: id, at }], at);
    const row = (await bookings.byId(tx, booking)) ?? refuse("internal");
    await noteBooking(tx, row, { at, actor, event: "booking.walk-in", doses: [["free", "used", 1]] });
    return shownBooking(row);
  });
