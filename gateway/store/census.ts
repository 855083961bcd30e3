import { and, arrayOverlaps, asc, eq, gt, inArray, isNull, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { CentreId, PlatformName, VolunteerId } from "../../schema/primitives.ts";
import { liveStates } from "../../schema/surplus.ts";
import { expected } from "./bookings.ts";
import { acrossRegions, type Db } from "./db.ts";
import { isAnyOf } from "./many.ts";
import { bookings, invitations } from "./tables/doses.ts";
import { volunteers } from "./tables/people.ts";
import { outbox } from "./tables/work.ts";

/* What a change of some centres would concern, in numbers. */

const listed = (centres: CentreId[]) =>
  and(
    arrayOverlaps(volunteers.centres, centres),
    isNull(volunteers.repeatOf),
    inArray(volunteers.state, ["active", "paused"]),
  );

/** The next people of those centres, by id. */
export const page = async (
  db: Db,
  centres: CentreId[],
  { after, limit }: { after?: VolunteerId; limit: number },
) => {
  // The index on centres is one that no policy lets a caller use: it finds who they are, and the caller reads them.
  const found = await acrossRegions(db, (all) =>
    all
      .select({ id: volunteers.id })
      .from(volunteers)
      .where(and(listed(centres), after && gt(volunteers.id, after)))
      .orderBy(asc(volunteers.id))
      .limit(limit),
  );
  const ids = found.map(({ id }) => id);
  const rows = await db
    .select()
    .from(volunteers)
    .where(isAnyOf(volunteers.id, ids, "uuid"))
    .orderBy(asc(volunteers.id));
  return { rows, next: ids.length === limit ? ids.at(-1) : undefined };
};

type Tally = { platform?: PlatformName; count: number };

const perPlatform = async (
  db: Db,
  table: typeof invitations | typeof bookings,
  where: SQL | undefined,
): Promise<Tally[]> => {
  const platform: PgColumn = table.platform;
  const rows = await db
    .select({ platform: sql<PlatformName | null>`${platform}`, count: sql<number>`count(*)::int` })
    .from(table)
    .where(where)
    .groupBy(platform)
    .orderBy(platform);
  return rows.map((row) => ({ platform: row.platform ?? undefined, count: row.count }));
};

/** Questions and promises that run at those centres, by the platform that began them. */
export const inFlight = async (db: Db, centres: CentreId[]) => ({
  invitations: await perPlatform(
    db,
    invitations,
    and(inArray(invitations.centre, centres), inArray(invitations.state, liveStates)),
  ),
  bookings: await perPlatform(
    db,
    bookings,
    and(inArray(bookings.centre, centres), inArray(bookings.state, expected)),
  ),
});

const kind = sql<string>`${outbox.effect}->>'kind'`;

/** Orders for platforms that are still to be carried out, of those centres or of their people. */
export const waiting = (db: Db, centres: CentreId[]): Promise<{ order: string; count: number }[]> =>
  acrossRegions(db, (all) => waitingIn(all, centres));

const waitingIn = (db: Db, centres: CentreId[]): Promise<{ order: string; count: number }[]> =>
  db
    .select({ order: kind, count: sql<number>`count(*)::int` })
    .from(outbox)
    .leftJoin(volunteers, sql`${volunteers.id} = (${outbox.effect}->>'volunteer')::uuid`)
    .where(
      and(
        eq(outbox.dead, false),
        inArray(kind, ["invite", "revoke", "book", "unbook", "roster-put", "roster-close", "roster-leave"]),
        sql`(${inArray(sql`${outbox.effect}->>'centre'`, centres)} or ${arrayOverlaps(volunteers.centres, centres)})`,
      ),
    )
    .groupBy(kind)
    .orderBy(kind);
