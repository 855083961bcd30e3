import { and, asc, desc, gte, lt, type SQL, sql } from "drizzle-orm";
import type { AppointmentState } from "../../schema/appointment.ts";
import type { CentreId, Instant } from "../../schema/primitives.ts";
import type { Db } from "./db.ts";
import { isAnyOf } from "./many.ts";
import { bookings, invitations, surpluses } from "./tables/doses.ts";

/*
 * Questions and promises as one list: each invitation with the booking that came of it, and the bookings that came of
 * none. They are found through the doses they are about, of which a centre has few.
 */

const id = sql<string>`coalesce(${invitations.id}, ${bookings.id})`;
const madeAt = sql<Instant>`coalesce(${invitations.decidedAt}, ${bookings.promisedAt})`.mapWith(
  surpluses.announcedAt,
);
const changedAt =
  sql<Instant>`greatest(${invitations.decidedAt}, ${invitations.takenAt}, ${invitations.yesAt},
  ${invitations.endedAt}, ${bookings.promisedAt}, ${bookings.toldAt}, ${bookings.settledAt})`.mapWith(
    surpluses.announcedAt,
  );
const hour = sql<Instant>`coalesce(${bookings.at},
  least(coalesce(${invitations.windowEndsAt}, ${invitations.knownBy}), ${surpluses.usableUntil}))`.mapWith(
  surpluses.announcedAt,
);
const state = sql<AppointmentState>`case
  when ${bookings.state} in ('promised', 'booked') then 'expected'
  when ${bookings.state} = 'refused' then 'cancelled'
  when ${bookings.state} is not null then ${bookings.state}
  when ${invitations.state} not in ('decided', 'open', 'ready') then 'over'
  when ${invitations.kind} = 'hold' then 'held' else 'standby' end`;

const columns = {
  ...{ id, madeAt, changedAt, state, at: hour, surplus: surpluses },
  invitation: invitations,
  booking: { id: bookings.id },
};

/** Each booking of an invitation stands beside it, each other beside nothing. */
const all = (db: Db) =>
  db
    .select(columns)
    .from(surpluses)
    .innerJoin(
      sql`lateral (
        select i.id as invitation, b.id as booking from ${invitations} i left join ${bookings} b on b.invitation = i.id
        where i.surplus = ${surpluses.id}
        union all select null, b.id from ${bookings} b where b.surplus = ${surpluses.id} and b.invitation is null
      ) pair`,
      sql`true`,
    )
    .leftJoin(invitations, sql`${invitations.id} = pair.invitation`)
    .leftJoin(bookings, sql`${bookings.id} = pair.booking`)
    .$dynamic();

export type Wanted = {
  centres?: CentreId[];
  states?: AppointmentState[];
  from?: Instant;
  until?: Instant;
  changedSince?: Instant;
  changedBefore?: Instant;
};

/** The hour lies between the announcement of its doses and their end, by which few are looked at. */
const theseOf = ({ centres, states, from, until, changedSince, changedBefore }: Wanted): SQL | undefined =>
  and(
    centres && isAnyOf(surpluses.centre, centres, "text"),
    states && isAnyOf(state, states, "text"),
    from && and(gte(surpluses.usableUntil, from), sql`${hour} >= ${from}::timestamptz`),
    until && and(lt(surpluses.announcedAt, until), sql`${hour} < ${until}::timestamptz`),
    changedSince && sql`${changedAt} >= ${changedSince}::timestamptz`,
    changedBefore && sql`${changedAt} < ${changedBefore}::timestamptz`,
  );

export type Place = { at: Instant; id: string };
const after = ({ at: when, id: whose }: Place): SQL =>
  sql`(${madeAt}, ${id}) < (${when}::timestamptz, ${whose}::uuid)`;

/** Newest first. */
export const list = (db: Db, wanted: Wanted, { before, limit }: { before?: Place; limit: number }) =>
  all(db)
    .where(and(theseOf(wanted), before && after(before)))
    .orderBy(desc(madeAt), desc(id))
    .limit(limit);
export type AppointmentRow = Awaited<ReturnType<typeof list>>[number];

export const count = async (db: Db, wanted: Wanted): Promise<number> => {
  const found = all(db).where(theseOf(wanted)).as("found");
  const [row] = await db.select({ total: sql<number>`count(*)::int` }).from(found);
  return row?.total ?? 0;
};

/** By the id of its invitation, or of its booking. */
export const byId = async (db: Db, wanted: string): Promise<AppointmentRow | undefined> => {
  const [row] = await db
    .select(columns)
    .from(invitations)
    .innerJoin(surpluses, sql`${surpluses.id} = ${invitations.surplus}`)
    .leftJoin(bookings, sql`${bookings.invitation} = ${invitations.id}`)
    .where(sql`${invitations.id} = ${wanted}::uuid`);
  if (row) return row;
  const [came] = await db
    .select(columns)
    .from(bookings)
    .innerJoin(surpluses, sql`${surpluses.id} = ${bookings.surplus}`)
    .leftJoin(invitations, sql`${invitations.id} = ${bookings.invitation}`)
    .where(sql`${bookings.id} = ${wanted}::uuid`)
    .orderBy(asc(bookings.id));
  return came;
};
