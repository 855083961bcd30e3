import type { BookingReceipt } from "../../schema/adapter.ts";
import type { BookingId, Instant, PlatformName } from "../../schema/primitives.ts";
import type { Effect } from "../../schema/surplus.ts";
import * as audit from "../store/audit.ts";
import * as bookings from "../store/bookings.ts";
import type { Db } from "../store/db.ts";
import * as outbox from "../store/outbox.ts";
import { type Deps, transact } from "./deps.ts";
import { refuseBooking } from "./refused.ts";

/* What a platform said of a booking that it was asked to make. */

export type Told = {
  /** For which time of the booking's it was asked. */
  asked: Instant;
  platform?: PlatformName;
  receipt?: BookingReceipt;
  /** Another time that it had a place at, where there was none at the time asked. */
  movedTo?: Instant;
  /** Whether an earlier try is without an answer. */
  again?: boolean;
};

const note = (tx: Db, row: bookings.BookingRow, said: { at: Instant; event: string; told: Told }) => {
  const { at, event, told } = said;
  const { id: subject, region, surplus, volunteer } = row;
  const { platform } = told;
  const actor = platform ?? "gateway";
  const facts = { platform, surplus, volunteer, doses: [] };
  return audit.note(tx, { at, region, actor, event, subject, facts });
};

/** What must follow where the booking changed while the platform was asked, or got another time. */
const followUp = (row: bookings.BookingRow, { asked, movedTo }: Told): Effect[] => {
  const { id: booking, centre, volunteer, state } = row;
  const invitation = row.invitation ?? undefined;
  if (state === "cancelled" || state === "refused") return [{ kind: "unbook", booking, centre }];
  if (state !== "promised") return [];
  if (row.at !== asked) return [{ kind: "book", booking, centre }];
  return movedTo && volunteer ? [{ kind: "message", about: "booking-moved", volunteer, invitation }] : [];
};

/** Whether the platform made a second booking of the one that is known: the first stays, the pass ends the other. */
const isSecond = (row: bookings.BookingRow, { platform, receipt }: Told) =>
  receipt?.outcome === "booked" &&
  row.platform === platform &&
  row.externalRef !== null &&
  row.externalRef !== receipt.externalRef;

const made = async (tx: Db, row: bookings.BookingRow, { at, told }: { at: Instant; told: Told }) => {
  const { platform, receipt, movedTo } = told;
  const booked =
    receipt?.outcome === "booked" ? { externalRef: receipt.externalRef, heldAt: receipt.at } : {};
  const stands = row.state === "promised" && row.at === told.asked;
  const standing = stands ? { state: "booked" as const, at: movedTo ?? row.at } : {};
  if (!(await bookings.advance(tx, row, { ...standing, platform, ...booked, toldAt: at }))) return false;
  await outbox.enqueue(tx, followUp(row, told), at);
  await note(tx, row, { at, told, event: movedTo && stands ? "booking.booked-later" : "booking.booked" });
  return true;
};

const apply = async (tx: Db, id: BookingId, said: { at: Instant; told: Told }): Promise<void> => {
  const { at, told } = said;
  const { platform, receipt, again = false } = told;
  const row = await bookings.byId(tx, id);
  if (!row) return;
  // Two workers may have begun the same order; where no platform was asked, whoever comes second has nothing to tell.
  if (!platform && row.state !== "promised") return;
  if (isSecond(row, told)) return void (await note(tx, row, { at, told, event: "booking.doubled" }));
  const isRefused = platform !== undefined && receipt?.outcome === "refused";
  if (isRefused && row.state !== "promised") return;
  if (isRefused && row.at !== told.asked) return outbox.enqueue(tx, followUp(row, told), at);
  const done = isRefused
    ? await refuseBooking(tx, row, { platform, cause: receipt.cause, at, again })
    : await made(tx, row, said);
  // Somebody changed it in this very moment: what was told is held against what they left.
  if (!done) await apply(tx, id, said);
};

/**
 * Applies what a platform said of a booking. Booked, or with no platform to tell, the promise stands as the gateway
 * wrote it (F10); refused for good, the dose goes on and the person is told. One that was moved or ended while the
 * platform was asked is ordered anew, or cancelled there.
 */
export const tellBooking = (deps: Deps, id: BookingId, told: Told): Promise<void> =>
  transact(deps, (tx) => apply(tx, id, { at: deps.now(), told }));
