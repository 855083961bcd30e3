import { and, eq, inArray, or, sql } from "drizzle-orm";
import type { ErasureId, Instant, PlatformName, VolunteerId } from "../../schema/primitives.ts";
import type { Effect } from "../../schema/surplus.ts";
import type { BookingRow } from "./bookings.ts";
import type { Db } from "./db.ts";
import { isAnyOf } from "./many.ts";
import { bookings, invitations } from "./tables/doses.ts";
import {
  blocks,
  formerIdentities,
  officials,
  pairs,
  queue,
  renewals,
  tokens,
  told,
  volunteers,
} from "./tables/people.ts";
import { identities } from "./tables/platforms.ts";
import { contactConfirmations } from "./tables/rights.ts";
import { outbox, requests } from "./tables/work.ts";
import type { VolunteerRow } from "./volunteers.ts";

/* What is taken out where somebody is forgotten, table by table; what they leave in the books of the doses is nobody's. */

type Ids = readonly VolunteerId[];

/** All registrations of whoever these are: in each campaign, their repeats, and what was merged with them. */
export const allOf = async (db: Db, id: VolunteerId): Promise<VolunteerRow[]> => {
  const people = sql`(
    select v.person from ${volunteers} v where v.id = ${id}::uuid or v.repeat_of = ${id}::uuid
    union select f.person from ${volunteers} v join ${volunteers} f on f.id = v.repeat_of where v.id = ${id}::uuid)`;
  return db
    .select()
    .from(volunteers)
    .where(
      or(
        sql`${volunteers.person} in ${people}`,
        sql`${volunteers.repeatOf} in (select v.id from ${volunteers} v where v.person in ${people})`,
      ),
    )
    .orderBy(volunteers.id)
    .for("no key update");
};

/** What the law kept of somebody who was forgotten. */
export const ofErasure = (db: Db, erasure: ErasureId): Promise<VolunteerRow[]> =>
  db
    .select()
    .from(volunteers)
    .where(and(eq(volunteers.erasure, erasure), eq(volunteers.state, "closed")))
    .orderBy(volunteers.id)
    .for("no key update");

export const bookingsOf = (db: Db, ids: Ids): Promise<BookingRow[]> =>
  db
    .select()
    .from(bookings)
    .where(inArray(bookings.volunteer, [...ids]))
    .orderBy(bookings.promisedAt, bookings.id);

/** Whose official invitations are known under one of these digests. */
export const officialPlatforms = async (db: Db, digests: readonly Uint8Array[]): Promise<PlatformName[]> => {
  const found = await db
    .selectDistinct({ platform: officials.platform })
    .from(officials)
    .where(
      sql`exists (select from unnest(${officials.digests}) d where ${isAnyOf(sql`d`, digests, "bytea")})`,
    );
  return found.map(({ platform }) => platform);
};

const kind = sql<Effect["kind"]>`${outbox.effect}->>'kind'`;
const ofPeople = (ids: Ids, books: readonly BookingRow[]) =>
  or(
    isAnyOf(sql`${outbox.effect}->>'volunteer'`, [...ids], "text"),
    and(
      inArray(kind, ["book", "unbook"]),
      isAnyOf(
        sql`${outbox.effect}->>'booking'`,
        books.map(({ id }) => id),
        "text",
      ),
    ),
  );

/** Whether somebody may be on their way to a list of which no name came back yet. */
export const isBeingPut = async (db: Db, id: VolunteerId): Promise<boolean> =>
  (
    await db
      .select({ id: outbox.id })
      .from(outbox)
      .where(
        and(
          eq(kind, "roster-put"),
          sql`${outbox.effect}->>'volunteer' = ${id}`,
          sql`(${outbox.attempts} > 0 or ${outbox.claimedUntil} is not null)`,
        ),
      )
      .limit(1)
  ).length > 0;

/** Whatever was still to follow for them: their erasure orders all that is left to do. */
export const dropOrders = (db: Db, ids: Ids, books: readonly BookingRow[]) =>
  db.delete(outbox).where(ofPeople(ids, books));

/** Answers that are kept for repeats, given within so many minutes of a moment; they are sealed. */
export const answersAround = (db: Db, at: Instant) =>
  db
    .select()
    .from(requests)
    .where(
      and(
        sql`${requests.startedAt} between ${at}::timestamptz - interval '2 minutes' and ${at}::timestamptz + interval '2 minutes'`,
        sql`${requests.replySealed} is not null`,
      ),
    );

/** A repeat of that request is refused from now on, and told nothing. */
export const dropAnswer = (db: Db, { caller, key }: { caller: string; key: string }) =>
  db
    .update(requests)
    .set({ fingerprint: new Uint8Array(), replySealed: null })
    .where(and(eq(requests.caller, caller), eq(requests.key, key)));

/** All that leads to them, or was found by comparing them. */
export const dropTraces = async (db: Db, ids: Ids): Promise<void> => {
  const all = [...ids];
  await db.delete(tokens).where(inArray(tokens.volunteer, all));
  await db.delete(identities).where(inArray(identities.volunteer, all));
  await db.delete(blocks).where(inArray(blocks.volunteer, all));
  await db.delete(formerIdentities).where(inArray(formerIdentities.volunteer, all));
  await db.execute(sql`delete from twin_identities where ${isAnyOf(sql`volunteer`, all, "uuid")}`);
  await db.delete(queue).where(inArray(queue.volunteer, all));
  await db.delete(told).where(inArray(told.person, all));
  await db.delete(contactConfirmations).where(inArray(contactConfirmations.volunteer, all));
  await db.delete(renewals).where(or(inArray(renewals.volunteer, all), inArray(renewals.registration, all)));
  await db
    .delete(pairs)
    .where(or(inArray(pairs.one, all), inArray(pairs.other, all), inArray(pairs.stays, all)));
};

/** Of an invitation that is over: the rank holds a birth date, and the reason an age. */
export const blurInvitations = (db: Db, ids: Ids) =>
  db
    .update(invitations)
    .set({
      rank: sql`concat_ws(' ', left(${invitations.rank}, 5), ${invitations.id})`,
      reason: sql`jsonb_set(${invitations.reason}, '{age}', to_jsonb(((${invitations.reason}->>'age')::int / 5) * 5))`,
    })
    .where(inArray(invitations.volunteer, [...ids]));

/** The names that platforms have for bookings which are told off. */
export const dropReferences = (db: Db, books: readonly BookingRow[]) =>
  db
    .update(bookings)
    .set({ externalRef: null, askedFor: null })
    .where(
      inArray(
        bookings.id,
        books.map(({ id }) => id),
      ),
    );

/** Nobody is told apart by a year that so few have. */
const eldestYear = 1930;

/** What stays of a registration: that there was one, in which region, and of about which age. */
export const nobody = ({ birthDate }: VolunteerRow): Partial<VolunteerRow> => ({
  ...{ nationalSealed: null, postcode: null, centres: [], vaccines: [], conditions: [] },
  birthDate: `${Math.max(eldestYear, Number(birthDate.slice(0, 4)))}-12-31`,
  birthYearOnly: true,
  ...{ lastDoseOn: null, closedFor: null, closedFrom: null, state: "withdrawn" },
});

export const blur = (db: Db, id: VolunteerId, values: Partial<VolunteerRow>) =>
  db
    .update(volunteers)
    .set({ ...values, compared: true })
    .where(eq(volunteers.id, id));
