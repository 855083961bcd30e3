import type { RefusalCause } from "../../schema/adapter.ts";
import type { Instant, PlatformName, SurplusId } from "../../schema/primitives.ts";
import { standsWithoutPlatform } from "../core/booking.ts";
import { answersUntil, lastInvitation } from "../core/hours.ts";
import * as bookings from "../store/bookings.ts";
import type { Db } from "../store/db.ts";
import * as invitations from "../store/invitations.ts";
import * as outbox from "../store/outbox.ts";
import * as surpluses from "../store/surpluses.ts";
import * as volunteers from "../store/volunteers.ts";
import { doseLeft, endBooking, noteBooking } from "./attend.ts";
import { policyOf } from "./deps.ts";
import { endListLife } from "./end.ts";

/* What a platform's final no means for the person and the dose. `docs/bookings.md` gives the reasons. */

type Refusal = {
  platform: PlatformName;
  cause: RefusalCause;
  at: Instant;
  /** Whether an earlier try is without an answer: the platform may hold what came of it. */
  again: boolean;
};

/** Whether anybody could still take the dose: somebody new who is asked, or one of those who stand by. */
const othersMayCome = async (tx: Db, surplus: surpluses.SurplusRow, now: Instant): Promise<boolean> => {
  if (surplus.state !== "open") return false;
  const { rules } = await policyOf(tx, surplus, now);
  if (now <= lastInvitation(rules, surplus.usableUntil)) return true;
  const isInTime = now <= answersUntil(rules, surplus.usableUntil);
  return isInTime && (await invitations.liveOf(tx, surplus.id)).length > 0;
};

/** What became of the other bookings for these doses that the platform was asked for. */
const before = async (tx: Db, { surplus, platform }: { surplus: SurplusId; platform: PlatformName }) => {
  const asked = (await bookings.ofSurplus(tx, surplus)).filter((each) => each.platform === platform);
  const refused = asked.filter(({ state }) => state === "refused").length;
  return { refused, made: asked.filter(({ externalRef }) => externalRef !== null).length };
};

/** The centre expects the person by the gateway's record alone, as where it books nowhere. */
const keepByHand = async (tx: Db, row: bookings.BookingRow, { at, platform, cause }: Refusal) => {
  const none = { platform: null, externalRef: null, askedFor: null, askedAt: null };
  const kept = await bookings.advance(tx, row, { state: "booked", toldAt: at, ...none });
  if (kept)
    await noteBooking(tx, row, { at, actor: platform, cause, event: "booking.kept-by-hand", doses: [] });
  return kept !== undefined;
};

/**
 * A register that knows the person by their national number vouches for the dose, and their list life ends (F14).
 * By name and birth date alone it may be a namesake's dose: then the person stays on the list.
 */
const closeIfVouched = async (tx: Db, row: bookings.BookingRow, { at, cause }: Refusal): Promise<void> => {
  if (cause !== "already-vaccinated" || !row.volunteer) return;
  const person = await volunteers.lock(tx, row.volunteer);
  if (person?.nationalSealed) await endListLife(tx, { row: person, reason: "vaccinated", at });
};

/**
 * Ends the promise of a booking that its platform will not make, or keeps it where that helps nobody. `false` where
 * somebody changed the booking meanwhile, and nothing was done.
 */
export const refuseBooking = async (tx: Db, row: bookings.BookingRow, said: Refusal): Promise<boolean> => {
  const { at, platform, cause, again } = said;
  const surplus = await surpluses.byId(tx, row.surplus);
  const stands = standsWithoutPlatform({
    ...{ cause, at: row.at, now: at },
    othersMayCome: surplus !== undefined && (await othersMayCome(tx, surplus, at)),
    before: await before(tx, { surplus: row.surplus, platform }),
  });
  if (stands) return keepByHand(tx, row, said);
  const told = await bookings.advance(tx, row, { toldAt: at, platform });
  if (!told) return false;
  await endBooking(tx, told, {
    ...{ outcome: "refused", dose: doseLeft(surplus, at), at, actor: platform, cause },
  });
  if (again) await outbox.enqueue(tx, [{ kind: "unbook", booking: row.id, centre: row.centre }], at);
  await closeIfVouched(tx, row, said);
  return true;
};
