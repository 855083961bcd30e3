import { and, arrayOverlaps, eq, inArray, isNull, ne } from "drizzle-orm";
import type { CampaignId, CentreId, VolunteerId } from "../../schema/primitives.ts";
import type { Db } from "./db.ts";
import { volunteers } from "./tables.ts";

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

/** Everyone still on the list whom this contact reaches. */
export const byContact = (db: Db, digests: Uint8Array[]): Promise<VolunteerRow[]> =>
  db
    .select()
    .from(volunteers)
    .where(
      and(
        arrayOverlaps(volunteers.contactDigests, digests),
        isNull(volunteers.repeatOf),
        inArray(volunteers.state, ["active", "paused"]),
      ),
    )
    .limit(20);

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
