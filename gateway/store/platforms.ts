import { and, eq, isNotNull, isNull, lt, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { ExternalId, Instant, PlatformName, VolunteerId } from "../../schema/primitives.ts";
import type { Db } from "./db.ts";
import { columnsOf, isAnyOf, rowsOf } from "./many.ts";
import { volunteers } from "./tables/people.ts";
import { deliveries, feeds, identities, platformHealth, readings } from "./tables/platforms.ts";

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

/** The same where it still stands at `from`; whether it did. Otherwise another worker has read on. */
export const moveCursor = async (
  db: Db,
  platform: PlatformName,
  { feed, from, cursor }: { feed: string; from?: string; cursor: string },
): Promise<boolean> =>
  (
    await db
      .insert(feeds)
      .values({ platform, feed, cursor })
      .onConflictDoUpdate({
        ...{ target: [feeds.platform, feeds.feed], set: { cursor } },
        setWhere: sql`${feeds.cursor} is not distinct from ${from ?? null}::text`,
      })
      .returning()
  ).length > 0;

/** Whether this delivery is new; the same one again is not. */
export const firstDelivery = async (
  db: Db,
  row: { platform: PlatformName; delivery: string; receivedAt: Instant },
): Promise<boolean> => (await db.insert(deliveries).values(row).onConflictDoNothing().returning()).length > 0;

type IdentityRow = typeof identities.$inferSelect;
export type NewIdentity = typeof identities.$inferInsert;
export type Name = Pick<IdentityRow, "platform" | "externalId">;

const heardOf = columnsOf(identities, [
  ...["platform", "externalId", "volunteer", "checkedAt", "validAt", "changedAt"],
]);

/**
 * A platform's names for people, each of whom may have another registration since the platform was last heard. No
 * name twice. The newest reading has seen them, be it by that or beside it.
 */
export const putIdentities = async (db: Db, rows: readonly NewIdentity[]): Promise<void> => {
  if (rows.length === 0) return;
  const inOrder = rows.toSorted((one, other) => (one.externalId < other.externalId ? -1 : 1));
  await db.execute(sql`
    insert into ${identities} (platform, external_id, volunteer, checked_at, valid_at, changed_at, reading)
    select platform, external_id, volunteer, checked_at, valid_at, changed_at,
      (select max(r.number) from ${readings} r where r.platform = told.platform)
    from ${rowsOf(heardOf, inOrder)} told
    on conflict (platform, external_id) do update set volunteer = excluded.volunteer, checked_at = excluded.checked_at,
      valid_at = excluded.valid_at, changed_at = excluded.changed_at, reading = excluded.reading`);
};

const putIdentity = (db: Db, row: NewIdentity): Promise<void> => putIdentities(db, [row]);

const heard = alias(volunteers, "heard");

/** Whom a platform means by these names: the registrations that it was last heard of, or those they belong to now. */
export const named = (db: Db, platform: PlatformName, names: readonly ExternalId[]) =>
  db
    .select({
      ...{ externalId: identities.externalId, volunteer: volunteers.id, state: volunteers.state },
      ...{ campaign: volunteers.campaign, identityDigest: volunteers.identityDigest },
      ...{ endedAt: identities.endedAt, begunAt: identities.begunAt },
    })
    .from(identities)
    .innerJoin(heard, eq(heard.id, identities.volunteer))
    .innerJoin(volunteers, eq(volunteers.id, sql`coalesce(${heard.repeatOf}, ${heard.id})`))
    .where(and(eq(identities.platform, platform), isAnyOf(identities.externalId, names, "text")));

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

/** Hands the names by which platforms know one registration on to another, and returns them. */
export const moveIdentities = async (
  db: Db,
  { from, to, only }: { from: VolunteerId; to: VolunteerId; only?: readonly Name[] },
): Promise<Name[]> => {
  const moved: Name[] = [];
  for (const row of await identitiesOf(db, from)) {
    const { platform, externalId } = row;
    if (only && !only.some((each) => each.platform === platform && each.externalId === externalId)) continue;
    await putIdentity(db, { ...row, volunteer: to });
    moved.push({ platform, externalId });
  }
  return moved;
};

export const identitiesOf = (db: Db, volunteer: VolunteerId): Promise<IdentityRow[]> =>
  db.select().from(identities).where(eq(identities.volunteer, volunteer));

/** Somebody is on a list under this name from now on, also where the gateway had taken them off it. */
export const beginIdentity = async (db: Db, row: NewIdentity, at: Instant): Promise<void> => {
  await putIdentity(db, row);
  await db
    .update(identities)
    .set({ endedAt: null, begunAt: at })
    .where(
      and(
        eq(identities.platform, row.platform),
        eq(identities.externalId, row.externalId),
        isNotNull(identities.endedAt),
      ),
    );
};

/** The gateway takes somebody off a list: their names there are history. */
export const endIdentities = (
  db: Db,
  { volunteer, platform, at }: { volunteer: VolunteerId; platform: PlatformName; at: Instant },
) =>
  db
    .update(identities)
    .set({ endedAt: at })
    .where(
      and(eq(identities.volunteer, volunteer), eq(identities.platform, platform), isNull(identities.endedAt)),
    );
