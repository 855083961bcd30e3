import { and, eq, isNull, lt, or } from "drizzle-orm";
import type { ExternalId, Instant, PlatformName, VolunteerId } from "../../schema/primitives.ts";
import type { Db } from "./db.ts";
import { deliveries, feeds, identities, platformHealth } from "./tables/platforms.ts";

/* What is known of each platform: its health, how far each feed was read, its names for people. */

export const noteSuccess = (db: Db, platform: PlatformName, at: Instant) =>
  db
    .insert(platformHealth)
    .values({ platform, lastSuccessAt: at })
    .onConflictDoUpdate({
      target: platformHealth.platform,
      set: { lastSuccessAt: at },
      setWhere: or(isNull(platformHealth.lastSuccessAt), lt(platformHealth.lastSuccessAt, at)),
    });

export const noteFailure = (db: Db, platform: PlatformName, failure: { at: Instant; fault: string }) => {
  const values = { lastFailureAt: failure.at, lastFault: failure.fault };
  return db
    .insert(platformHealth)
    .values({ platform, ...values })
    .onConflictDoUpdate({ target: platformHealth.platform, set: values });
};

export const health = (db: Db) => db.select().from(platformHealth);

export const cursor = async (db: Db, platform: PlatformName, feed: string): Promise<string | undefined> =>
  (
    await db
      .select()
      .from(feeds)
      .where(and(eq(feeds.platform, platform), eq(feeds.feed, feed)))
  )[0]?.cursor ?? undefined;

export const setCursor = (db: Db, platform: PlatformName, feed: { feed: string; cursor: string }) =>
  db
    .insert(feeds)
    .values({ platform, ...feed })
    .onConflictDoUpdate({ target: [feeds.platform, feeds.feed], set: { cursor: feed.cursor } });

/** Whether this delivery is new; the same one again is not. */
export const firstDelivery = async (
  db: Db,
  row: { platform: PlatformName; delivery: string; receivedAt: Instant },
): Promise<boolean> => (await db.insert(deliveries).values(row).onConflictDoNothing().returning()).length > 0;

type IdentityRow = typeof identities.$inferSelect;

/** A platform's name for a person, who may have another registration since it was last heard. */
export const putIdentity = (db: Db, row: typeof identities.$inferInsert) =>
  db
    .insert(identities)
    .values(row)
    .onConflictDoUpdate({
      target: [identities.platform, identities.externalId],
      set: {
        ...{ volunteer: row.volunteer, checkedAt: row.checkedAt },
        ...{ validAt: row.validAt, changedAt: row.changedAt },
      },
    });

export const identity = async (
  db: Db,
  platform: PlatformName,
  externalId: ExternalId,
): Promise<IdentityRow | undefined> =>
  (
    await db
      .select()
      .from(identities)
      .where(and(eq(identities.platform, platform), eq(identities.externalId, externalId)))
  )[0];

export const identitiesOf = (db: Db, volunteer: VolunteerId): Promise<IdentityRow[]> =>
  db.select().from(identities).where(eq(identities.volunteer, volunteer));
