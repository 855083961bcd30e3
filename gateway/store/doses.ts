import { and, eq, inArray, sql } from "drizzle-orm";
import type { BookingId, InvitationId, SurplusId } from "../../schema/primitives.ts";
import type { DoseState } from "../../schema/surplus.ts";
import type { Db } from "./db.ts";
import { doses } from "./tables/doses.ts";

/* Each dose is a row. A guarded update takes it or does not; nothing is decided by counting. */

/** Adds free doses, numbered after those that are there. */
export const add = (db: Db, surplus: SurplusId, number: number) =>
  db.execute(sql`
    insert into ${doses} (surplus, number, state)
    select ${surplus}::uuid, coalesce((select max(number) from ${doses} where surplus = ${surplus}), 0) + step, 'free'
    from generate_series(1, ${number}::int) step`);

const oneFree = (surplus: SurplusId) =>
  sql`(${doses.surplus}, ${doses.number}) = (
    select surplus, number from ${doses} where surplus = ${surplus} and state = 'free'
    order by number limit 1 for update)`;

const some = (rows: unknown[]) => rows.length > 0;
const number = { number: doses.number };

/** Keeps a free dose for an invitation; `false` where none is free. */
export const hold = async (db: Db, surplus: SurplusId, invitation: InvitationId): Promise<boolean> =>
  some(await db.update(doses).set({ state: "held", invitation }).where(oneFree(surplus)).returning(number));

/** Turns the dose held for an invitation into a promise; `false` where none is held for it. */
export const promiseHeld = async (db: Db, invitation: InvitationId, booking: BookingId): Promise<boolean> =>
  some(
    await db
      .update(doses)
      .set({ state: "promised", booking })
      .where(and(eq(doses.invitation, invitation), eq(doses.state, "held")))
      .returning(number),
  );

/** Promises a free dose to somebody who stood by; `false` where none is free. */
export const promiseFree = async (
  db: Db,
  surplus: SurplusId,
  { invitation, booking }: { invitation: InvitationId; booking: BookingId },
): Promise<boolean> =>
  some(
    await db
      .update(doses)
      .set({ state: "promised", invitation, booking })
      .where(oneFree(surplus))
      .returning(number),
  );

/** Gives a free dose straight to someone at the door; `false` where none is free. */
export const give = async (db: Db, surplus: SurplusId, booking: BookingId): Promise<boolean> =>
  some(await db.update(doses).set({ state: "used", booking }).where(oneFree(surplus)).returning(number));

/** Lets go of the dose held for an invitation, to `free` or to `removed`. */
export const release = async (
  db: Db,
  invitation: InvitationId,
  state: "free" | "removed",
): Promise<boolean> =>
  some(
    await db
      .update(doses)
      .set({ state, invitation: null })
      .where(and(eq(doses.invitation, invitation), eq(doses.state, "held")))
      .returning(number),
  );

/** What became of a promised dose: `used`, or `free` (or `lost`, `removed`) again. */
export const settle = async (
  db: Db,
  booking: BookingId,
  state: Extract<DoseState, "used" | "free" | "lost" | "removed">,
): Promise<boolean> =>
  some(
    await db
      .update(doses)
      .set(state === "used" ? { state } : { state, booking: null, invitation: null })
      .where(and(eq(doses.booking, booking), eq(doses.state, "promised")))
      .returning(number),
  );

/** Takes so many free doses away and returns how many there were to take. */
export const removeFree = async (db: Db, surplus: SurplusId, count: number): Promise<number> => {
  const taken = await db
    .update(doses)
    .set({ state: "removed" })
    .where(
      and(
        eq(doses.surplus, surplus),
        inArray(
          doses.number,
          sql`(select number from ${doses} where surplus = ${surplus} and state = 'free' order by number desc limit ${count})`,
        ),
      ),
    )
    .returning(number);
  return taken.length;
};

/** At the end of the day: whatever is still free is lost. Returns how many that were. */
export const loseFree = async (db: Db, surplus: SurplusId): Promise<number> =>
  (
    await db
      .update(doses)
      .set({ state: "lost" })
      .where(and(eq(doses.surplus, surplus), eq(doses.state, "free")))
      .returning(number)
  ).length;
