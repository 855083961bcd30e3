import { and, asc, desc, eq, gt, inArray, type SQL, sql } from "drizzle-orm";
import type { BookingId, CentreId, Instant, SurplusId } from "../../schema/primitives.ts";
import { liveStates } from "../../schema/surplus.ts";
import type { Db } from "./db.ts";
import type { InvitationRow } from "./invitations.ts";
import { arrayOf, isAnyOf } from "./many.ts";
import type { SurplusRow } from "./surpluses.ts";
import { bookings, doses, invitations, surpluses } from "./tables/doses.ts";
import { volunteers } from "./tables/people.ts";
import { cardChecks, proofs } from "./tables/proofs.ts";

/*
 * What of a centre's evening has changed since somebody was told of it. Every row has the number of the transaction that
 * wrote it (`xmin`), so that nothing is written or remembered for those who watch: whoever comes back, to whichever
 * gateway, says how far they were told.
 */

/** The doses that are there, or were until a while ago: whoever came for the last of them is still to be ticked off. */
export type Times = { announcedAfter: Instant; usableAfter: Instant };

const inTime = ({ announcedAfter, usableAfter }: Times) =>
  and(gt(surpluses.announcedAt, announcedAfter), gt(surpluses.usableUntil, usableAfter));

/** A row of theirs is by this transaction; `booking`: where it tells of one who comes, and of nothing else. */
export type Version = {
  centre: CentreId;
  surplus: SurplusId;
  booking: BookingId | null;
  version: number;
};

/** Whom a row is about whose person is still expected, and what is known of them. */
const people = sql`evening e join ${bookings} b on b.surplus = e.id and b.state in ('promised', 'booked')`;

/**
 * The rows of these centres' evenings that transactions from `from` on have written. The server writes a transaction's
 * number with the 32 bits that a row has room for; the rest follows from the newest, which no row is ahead of.
 */
export const versionsOf = async (
  db: Db,
  watched: readonly { centre: CentreId; from: number }[],
  times: Times,
): Promise<Version[]> => {
  const rows = await db.execute<Omit<Version, "version"> & { version: string }>(sql`
    with watched as (
      select * from unnest(
        ${arrayOf(
          watched.map(({ centre }) => centre),
          "text",
        )},
        ${arrayOf(
          watched.map(({ from }) => String(from)),
          "bigint",
        )}) told (centre, "from")
    ), evening as (
      select ${surpluses}.id, ${surpluses}.centre, ${surpluses}.xmin as xid, watched."from"
      from ${surpluses} join watched on watched.centre = ${surpluses}.centre where ${inTime(times)}
    ), written as (
      select e.centre, e."from", e.id as surplus, null::uuid as booking, e.xid from evening e
      union all select e.centre, e."from", e.id, null, d.xmin from evening e join ${doses} d on d.surplus = e.id
      union all select e.centre, e."from", e.id, null, i.xmin from evening e join ${invitations} i on i.surplus = e.id
      union all select e.centre, e."from", e.id, b.id, b.xmin from evening e join ${bookings} b on b.surplus = e.id
      union all select e.centre, e."from", e.id, b.id, c.xmin from ${people} join ${cardChecks} c on c.booking = b.id
      union all select e.centre, e."from", e.id, b.id, v.xmin from ${people} join ${volunteers} v on v.id = b.volunteer
      union all select e.centre, e."from", e.id, b.id, p.xmin from ${people} join ${proofs} p on p.volunteer = b.volunteer
    ), newest as (
      select pg_snapshot_xmax(pg_current_snapshot())::text::bigint as number
    ), numbered as (
      select distinct centre, "from", surplus, booking,
        number - ((number - xid::text::bigint) & 4294967295) as version
      from written, newest
    )
    select centre, surplus, booking, version from numbered where version >= "from"`);
  return rows.map(({ version, ...row }) => ({ ...row, version: Number(version) }));
};

/** The transactions that run now, or will, have this number or a higher one; all others are over. */
export const horizon = async (db: Db): Promise<number> => {
  const [row] = await db.execute<{ low: string }>(
    sql`select pg_snapshot_xmin(pg_current_snapshot())::text as low`,
  );
  return Number(row?.low ?? 0);
};

/** What belongs to the evenings of these centres, the newest first. */
export const surplusesOf = (db: Db, centres: readonly CentreId[], times: Times): Promise<SurplusRow[]> =>
  db
    .select()
    .from(surpluses)
    .where(and(isAnyOf(surpluses.centre, centres, "text"), inTime(times)))
    .orderBy(desc(surpluses.announcedAt), desc(surpluses.id));

const ofThose = (
  column: typeof invitations.surplus | typeof bookings.surplus,
  ids: readonly SurplusId[],
): SQL => isAnyOf(column, ids, "uuid");

/** Who is asked for these doses and neither promised one nor past it, in the authority's order. */
export const askedFor = (db: Db, ids: readonly SurplusId[]): Promise<InvitationRow[]> =>
  db
    .select()
    .from(invitations)
    .where(and(ofThose(invitations.surplus, ids), inArray(invitations.state, liveStates)))
    .orderBy(asc(invitations.rank));

/** These bookings, each with whose it is, what is known of them and what their card showed. */
export const comingBy = async (db: Db, ids: readonly BookingId[]) => {
  const rows = await db
    .select({ booking: bookings, person: volunteers, card: cardChecks })
    .from(bookings)
    .leftJoin(volunteers, eq(volunteers.id, bookings.volunteer))
    .leftJoin(cardChecks, eq(cardChecks.booking, bookings.id))
    .where(isAnyOf(bookings.id, ids, "uuid"))
    .orderBy(asc(bookings.at), asc(bookings.id));
  const whose = rows.flatMap(({ person }) => person?.id ?? []);
  const proven = await db
    .select()
    .from(proofs)
    .where(isAnyOf(proofs.volunteer, whose, "uuid"));
  return rows.map((row) => ({
    ...row,
    proofs: proven.filter(({ volunteer }) => volunteer === row.person?.id),
  }));
};
export type Coming = Awaited<ReturnType<typeof comingBy>>[number];
