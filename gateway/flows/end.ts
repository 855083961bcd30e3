import { type Day, type Instant, localDay } from "../../schema/primitives.ts";
import type { Effect } from "../../schema/surplus.ts";
import { type ClosedFor, toldToLists } from "../core/official.ts";
import * as audit from "../store/audit.ts";
import * as bookings from "../store/bookings.ts";
import type { Db } from "../store/db.ts";
import * as doses from "../store/doses.ts";
import * as invitations from "../store/invitations.ts";
import { ledgerOf } from "../store/ledger.ts";
import * as outbox from "../store/outbox.ts";
import * as platforms from "../store/platforms.ts";
import * as queue from "../store/queue.ts";
import * as volunteers from "../store/volunteers.ts";
import { move } from "./move.ts";

/* The end of a list life, wherever it was reported, and the way back where there is one. */

type EndReason = "withdrawn" | ClosedFor;
type Row = volunteers.VolunteerRow;
/** `happened`: when a dose was given that is heard of later. */
type End = { row: Row; reason: EndReason; at: Instant; happened?: Instant };

/** The day of the dose that was given last, be it one that was heard of before. */
const lastDose = ({ lastDoseOn }: Row, { at, happened = at }: End): Day => {
  const day = localDay(happened);
  return lastDoseOn !== null && lastDoseOn > day ? lastDoseOn : day;
};

const valuesOf = (end: End): Partial<Row> => {
  const { row, reason, at } = end;
  if (reason === "withdrawn")
    return { ...(row.state === "closed" ? {} : { state: "withdrawn" as const }), updatedAt: at };
  const from = row.state === "active" || row.state === "paused" ? { closedFrom: row.state } : {};
  const dosed = reason === "vaccinated" ? { lastDoseOn: lastDose(row, end) } : {};
  return { state: "closed", closedFor: reason, updatedAt: at, ...dosed, ...from };
};

/** A promised dose is free for the next, its centre's platform is told, and so is whoever keeps official invitations. */
const endPromise = async (tx: Db, end: End): Promise<boolean> => {
  const { row, reason, at } = end;
  const booking = await bookings.liveOfVolunteer(tx, row.id);
  if (!booking) return false;
  // A platform has just taken it, or refused it: what it is now is ended.
  if (!(await bookings.advance(tx, booking, { state: "cancelled", settledAt: at })))
    return endPromise(tx, end);
  await doses.settle(tx, booking.id, "free");
  const facts = { surplus: booking.surplus, volunteer: row.id, reason, doses: [["promised", "free", 1]] };
  const { region, id: subject } = booking;
  await audit.note(tx, { at, region, actor: "gateway", event: "booking.cancelled", subject, facts });
  const effects: Effect[] = [
    { kind: "unbook", booking: booking.id, centre: booking.centre },
    { kind: "wake", surplus: booking.surplus, at },
  ];
  await outbox.enqueue(tx, effects, at);
  return true;
};

/** Nobody writes to the dead: what was to be sent to any of their registrations is taken back. */
const silence = async (tx: Db, { id }: Row): Promise<void> =>
  outbox.withdrawLetters(tx, [id, ...(await volunteers.repeatsOf(tx, id)).map((repeat) => repeat.id)]);

/** An open invitation is revoked and a promised dose is free for the next, both at once. Says whether there was one. */
export const endUnderWay = async (tx: Db, end: End): Promise<boolean> => {
  const asked = await invitations.liveOfVolunteer(tx, end.row.id);
  if (asked) await move(ledgerOf(tx), asked, { kind: "revoked", at: end.at, cause: "left-list" });
  return endPromise(tx, end);
};

/** A dose counts for every campaign: nobody is called for another before its interval is over (F14, F18). */
const noteDose = async (tx: Db, end: End): Promise<void> => {
  const { row, reason, at } = end;
  const others = await volunteers.siblings(tx, row.id);
  for (const other of others) {
    await volunteers.change(tx, other.id, { lastDoseOn: lastDose(other, end) });
    await endUnderWay(tx, { row: other, reason, at });
  }
  // What platforms say under these names from now on is about the registration that goes on.
  const [next] = others;
  if (next) {
    await queue.settle(tx, next.id);
    await platforms.moveIdentities(tx, { from: row.id, to: next.id });
  }
};

/**
 * Ends what is under way for someone: an open invitation is revoked and a promised dose is free for the next,
 * both at once; every platform that knows the person is told. Whoever has left already stays as they are: another
 * registration may be theirs by now. Whoever leaves after a dose stays one who had it.
 */
export const endListLife = async (tx: Db, end: End): Promise<void> => {
  const { row, reason, at } = end;
  if (row.state === "withdrawn") return;
  await volunteers.change(tx, row.id, valuesOf(end));
  await queue.settle(tx, row.id);
  if (reason === "died") await silence(tx, row);
  const hadPromise = await endUnderWay(tx, end);
  if (reason === "vaccinated") await noteDose(tx, end);
  const effects: Effect[] = [{ kind: "roster-close", volunteer: row.id, reason: toldToLists(reason) }];
  if (hadPromise || reason === "vaccinated") effects.push({ kind: "tell-official", volunteer: row.id });
  await outbox.enqueue(tx, effects, at);
};

/** Back on the list as they were, once the official appointment that ended their list life is given back. */
export const bringBack = async (tx: Db, { row, at }: { row: Row; at: Instant }): Promise<void> => {
  const state = row.state === "closed" ? (row.closedFrom ?? "active") : row.state;
  await volunteers.change(tx, row.id, { state, closedFor: null, closedFrom: null, updatedAt: at });
  await queue.settle(tx, row.id, null);
  if (row.repeatOf === null) await outbox.enqueue(tx, [{ kind: "roster-put", volunteer: row.id }], at);
};
