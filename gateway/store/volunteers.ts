import { and, arrayOverlaps, desc, eq, inArray, isNull, ne, or, sql } from "drizzle-orm";
import type { CampaignId, CentreId, VolunteerId } from "../../schema/primitives.ts";
import type { Db } from "./db.ts";
import { volunteers } from "./tables/people.ts";

export type VolunteerRow = typeof volunteers.$inferSelect;

/** Stores a registration, unless its person is on the list already: then nothing is stored or returned. */
export const add = async (db: Db, row: VolunteerRow): Promise<VolunteerRow | undefined> =>
  (await db.insert(volunteers).values(row).onConflictDoNothing().returning())[0];

export const byId = async (db: Db, id: VolunteerId): Promise<VolunteerRow | undefined> =>
  (await db.select().from(volunteers).where(eq(volunteers.id, id)))[0];

/** The same, and nobody else changes it until this transaction ends; invitations may still refer to it. */
export const lock = async (db: Db, id: VolunteerId): Promise<VolunteerRow | undefined> =>
  (await db.select().from(volunteers).where(eq(volunteers.id, id)).for("no key update"))[0];

/** The one registration that counts for a person in a campaign, by any of the digests of the known keys. */
export const byIdentity = async (
  db: Db,
  { campaign, digests }: { campaign: CampaignId; digests: Uint8Array[] },
): Promise<VolunteerRow | undefined> =>
  (
    await db
      .select()
      .from(volunteers)
      .where(
        and(
          eq(volunteers.campaign, campaign),
          inArray(volunteers.identityDigest, digests),
          isNull(volunteers.repeatOf),
          ne(volunteers.state, "withdrawn"),
        ),
      )
  )[0];

const first = sql`coalesce(${volunteers.repeatOf}, ${volunteers.id})`;

/** Everyone still on the list whom this contact reaches: of each person the first registration that it reaches. */
export const byContact = (db: Db, digests: Uint8Array[]): Promise<VolunteerRow[]> =>
  db
    .selectDistinctOn([first])
    .from(volunteers)
    .where(
      and(arrayOverlaps(volunteers.contactDigests, digests), inArray(volunteers.state, ["active", "paused"])),
    )
    .orderBy(first, sql`${volunteers.repeatOf} nulls first`, volunteers.registeredAt)
    .limit(20);

/** A person's registrations before that one, the newest first and their very first last; no withdrawn ones. */
export const earlier = async (db: Db, row: VolunteerRow, limit: number): Promise<VolunteerRow[]> =>
  row.repeatOf === null
    ? []
    : db
        .select()
        .from(volunteers)
        .where(
          and(
            or(
              eq(volunteers.id, row.repeatOf),
              and(
                eq(volunteers.repeatOf, row.repeatOf),
                sql`(${volunteers.registeredAt}, ${volunteers.id}) < (${row.registeredAt}::timestamptz, ${row.id}::uuid)`,
              ),
            ),
            ne(volunteers.state, "withdrawn"),
          ),
        )
        .orderBy(sql`${volunteers.repeatOf} nulls last`, desc(volunteers.registeredAt), desc(volunteers.id))
        .limit(limit);

/** Everyone still on the list whom that centre may call, in the order in which they came. */
export const ofCentre = (db: Db, centre: CentreId): Promise<VolunteerRow[]> =>
  db
    .select()
    .from(volunteers)
    .where(
      and(
        arrayOverlaps(volunteers.centres, [centre]),
        isNull(volunteers.repeatOf),
        inArray(volunteers.state, ["active", "paused"]),
      ),
    )
    .orderBy(volunteers.registeredAt, volunteers.id);

export const change = async (
  db: Db,
  id: VolunteerId,
  values: Partial<Omit<VolunteerRow, "id">>,
): Promise<VolunteerRow | undefined> =>
  (await db.update(volunteers).set(values).where(eq(volunteers.id, id)).returning())[0];
