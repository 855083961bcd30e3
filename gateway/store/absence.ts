import { and, asc, eq, getTableColumns, gt, inArray, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { ExternalId, PlatformName, VolunteerId } from "../../schema/primitives.ts";
import { plusMinutes } from "../../schema/primitives.ts";
import type { Db } from "./db.ts";
import { isAnyOf } from "./many.ts";
import type { ReadingRow } from "./readings.ts";
import { volunteers } from "./tables/people.ts";
import { identities } from "./tables/platforms.ts";

/* Who of a platform's list a complete reading did not see. */

type Of = Pick<ReadingRow, "platform" | "number" | "begunAt">;

/** What was written so shortly before a reading may not be on the list yet that the platform shows. */
const settlesWithinMinutes = 2;

const first = alias(volunteers, "first_of_them");

/** Names of people who are on the list as far as the gateway knows. */
const listed = (platform: PlatformName): SQL | undefined =>
  and(
    eq(identities.platform, platform),
    isNull(identities.endedAt),
    inArray(first.state, ["active", "paused"]),
  );

const unseen = ({ number, begunAt }: Of): SQL | undefined =>
  and(
    or(isNull(identities.reading), lt(identities.reading, number)),
    lt(identities.checkedAt, plusMinutes(begunAt, -settlesWithinMinutes)),
  );

const isThem = sql`${first.id} = coalesce(${volunteers.repeatOf}, ${volunteers.id})`;

/** How many names each centre's people have on the list, and how many of them this reading has not seen. */
export const countByCentre = (db: Db, of: Of): Promise<{ listed: number; missing: number }[]> =>
  db
    .select({
      listed: sql<number>`count(*)::int`,
      missing: sql<number>`(count(*) filter (where ${unseen(of)}))::int`,
    })
    .from(identities)
    .innerJoin(volunteers, eq(volunteers.id, identities.volunteer))
    .innerJoin(first, isThem)
    .where(listed(of.platform))
    .groupBy(sql`${first.centres}[1]`);

export type Missing = { externalId: ExternalId; person: VolunteerId };

/** The next names by themselves that this reading has not seen, or one of them if it still has not. */
export const missing = (
  db: Db,
  of: Of,
  { after, only, limit }: { after?: ExternalId; only?: ExternalId; limit: number },
): Promise<Missing[]> =>
  db
    .select({ externalId: identities.externalId, person: first.id })
    .from(identities)
    .innerJoin(volunteers, eq(volunteers.id, identities.volunteer))
    .innerJoin(first, isThem)
    .where(
      and(
        listed(of.platform),
        unseen(of),
        after === undefined ? undefined : gt(identities.externalId, after),
        only === undefined ? undefined : eq(identities.externalId, only),
      ),
    )
    .orderBy(asc(identities.externalId))
    .limit(limit);

/** Notes that a reading has seen these names, whatever else their records say. */
export const see = (db: Db, { platform, number }: Of, names: readonly ExternalId[]) =>
  db
    .update(identities)
    .set({ reading: number })
    .where(and(eq(identities.platform, platform), isAnyOf(identities.externalId, names, "text")));

/** Forgets a name, so that its record is a new one should it come back. */
export const forget = (db: Db, platform: PlatformName, externalId: ExternalId) =>
  db.delete(identities).where(and(eq(identities.platform, platform), eq(identities.externalId, externalId)));

/** Every name that platforms still have for a person, under whichever of their registrations. */
export const namesOf = (db: Db, person: VolunteerId) =>
  db
    .select(getTableColumns(identities))
    .from(identities)
    .innerJoin(volunteers, eq(volunteers.id, identities.volunteer))
    .where(and(isNull(identities.endedAt), or(eq(volunteers.id, person), eq(volunteers.repeatOf, person))));
