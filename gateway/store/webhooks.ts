import { and, asc, count, desc, eq, lt, type SQL, sql } from "drizzle-orm";
import type { Instant } from "../../schema/primitives.ts";
import type { WebhookEnd, WebhookId } from "../../schema/webhook.ts";
import type { Db } from "./db.ts";
import { keys } from "./tables/keys.ts";
import { webhookDeliveries, webhooks } from "./tables/webhooks.ts";

/* Where events are sent. */

export type WebhookRow = typeof webhooks.$inferSelect;

export const add = async (db: Db, row: typeof webhooks.$inferInsert): Promise<WebhookRow> =>
  (await db.insert(webhooks).values(row).returning())[0] as WebhookRow;

/** How many there are, of this owner and of all; nobody adds another until this transaction ends. */
export const counted = async (db: Db, owner: string): Promise<{ own: number; all: number }> => {
  await db.execute(sql`select pg_advisory_xact_lock(hashtext('everydose webhooks'))`);
  const [row] = await db
    .select({ all: count(), own: sql<number>`count(*) filter (where ${webhooks.owner} = ${owner})::int` })
    .from(webhooks);
  return row ?? { own: 0, all: 0 };
};

export const list = (db: Db, owner?: string): Promise<WebhookRow[]> =>
  db
    .select()
    .from(webhooks)
    .where(owner === undefined ? undefined : eq(webhooks.owner, owner))
    .orderBy(desc(webhooks.createdAt), desc(webhooks.id));

export const enabled = (db: Db): Promise<WebhookRow[]> =>
  db.select().from(webhooks).where(eq(webhooks.state, "enabled")).orderBy(asc(webhooks.createdAt));

export const byId = async (db: Db, id: WebhookId): Promise<WebhookRow | undefined> =>
  (await db.select().from(webhooks).where(eq(webhooks.id, id)))[0];

/** Nobody else changes it until this transaction ends. */
export const lock = async (db: Db, id: WebhookId): Promise<WebhookRow | undefined> =>
  (await db.select().from(webhooks).where(eq(webhooks.id, id)).for("no key update"))[0];

/** The same; nothing where somebody else has it, or it is disabled. */
export const lockIfFree = async (db: Db, id: WebhookId): Promise<WebhookRow | undefined> =>
  (
    await db
      .select()
      .from(webhooks)
      .where(and(eq(webhooks.id, id), eq(webhooks.state, "enabled")))
      .for("no key update", { skipLocked: true })
  )[0];

export const set = async (
  db: Db,
  id: WebhookId,
  values: Partial<Omit<WebhookRow, "id">>,
): Promise<WebhookRow> =>
  (await db.update(webhooks).set(values).where(eq(webhooks.id, id)).returning())[0] as WebhookRow;

/** Whether it may be tested now: it was not for so many seconds. */
export const takeTest = async (db: Db, id: WebhookId, now: Instant, seconds: number): Promise<boolean> =>
  (
    await db
      .update(webhooks)
      .set({ testedAt: now })
      .where(
        and(
          eq(webhooks.id, id),
          sql`coalesce(${webhooks.testedAt} <= ${now}::timestamptz - make_interval(secs => ${seconds}), true)`,
        ),
      )
      .returning({ id: webhooks.id })
  ).length > 0;

export const remove = async (db: Db, id: WebhookId): Promise<boolean> =>
  (await db.delete(webhooks).where(eq(webhooks.id, id)).returning({ id: webhooks.id })).length > 0;

/** An event was taken: whatever it was before, it is well. Writes nothing where it was. */
export const noteTaken = (db: Db, id: WebhookId) =>
  db
    .update(webhooks)
    .set({ failures: 0, failingSince: null, restsUntil: null })
    .where(and(eq(webhooks.id, id), sql`(${webhooks.failures} > 0 or ${webhooks.restsUntil} is not null)`));

/** One was not; answers with how it stands now. */
export const noteFailed = async (db: Db, id: WebhookId, at: Instant): Promise<WebhookRow | undefined> =>
  (
    await db
      .update(webhooks)
      .set({
        failures: sql`${webhooks.failures} + 1`,
        failingSince: sql`coalesce(${webhooks.failingSince}, ${at}::timestamptz)`,
      })
      .where(eq(webhooks.id, id))
      .returning()
  )[0];

/** Nothing more is sent there; nothing where it was disabled already. */
export const disable = async (
  db: Db,
  which: SQL,
  { because, at }: { because: WebhookEnd; at: Instant },
): Promise<WebhookRow[]> =>
  db
    .update(webhooks)
    .set({ state: "disabled", disabledFor: because, disabledAt: at })
    .where(and(which, eq(webhooks.state, "enabled")))
    .returning();

export const isOne = (id: WebhookId): SQL => eq(webhooks.id, id);

/** Those whose key is no more, or by now is for something else or reaches less far. */
export const isOrphaned: SQL = sql`${webhooks.ofKey} and not exists (
  select from ${keys} k where k.label = ${webhooks.owner} and k.revoked_at is null
    and k.role in (${webhooks.role}, 'agency', 'operator')
    and k.centres = '{}' and (k.regions = '{}' or ${webhooks.regions} <@ k.regions))`;

/** Whether there is anybody to tell. */
export const hasAny = async (db: Db): Promise<boolean> =>
  (await db.select({ id: webhooks.id }).from(webhooks).where(eq(webhooks.state, "enabled")).limit(1)).length >
  0;

/** Secrets whose time is over are nowhere any more. */
export const dropOldSecrets = (db: Db, now: Instant) =>
  db
    .update(webhooks)
    .set({ oldSecretSealed: null, oldSecretUntil: null })
    .where(lt(webhooks.oldSecretUntil, now));

/** Those that ended, and were touched last before then, of all. */
export const forgetDeliveries = (db: Db, before: Instant) =>
  db.delete(webhookDeliveries).where(lt(webhookDeliveries.endedAt, before));
