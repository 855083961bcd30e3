import { and, count, desc, eq, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import { type Instant, instant, millis, type RegionId } from "../../schema/primitives.ts";
import type { Attempt, DeliveryState, WebhookId } from "../../schema/webhook.ts";
import type { Db } from "./db.ts";
import { columnsOf, rowsOf } from "./many.ts";
import { webhookDeliveries } from "./tables/webhooks.ts";

/* What is sent to whom: a row for each event of each webhook, by its place in its chain. */

export type DeliveryRow = typeof webhookDeliveries.$inferSelect;
export type Place = Pick<DeliveryRow, "webhook" | "chain" | "number">;

const columns = columnsOf(webhookDeliveries, [
  "webhook",
  "chain",
  "number",
  "event",
  "state",
  "dueAt",
  "touchedAt",
]);

/** Puts events in the list of a webhook; those that were sent already are sent again. */
export const putAll = async (
  db: Db,
  rows: readonly (Place & Pick<DeliveryRow, "event">)[],
  now: Instant,
): Promise<void> => {
  if (rows.length === 0) return;
  const waiting = rows.map((row) => ({ ...row, state: "waiting", dueAt: now, touchedAt: now }));
  await db.execute(sql`
    insert into ${webhookDeliveries} as d (webhook, chain, number, event, state, due_at, touched_at)
    select * from ${rowsOf(columns, waiting)} told
    on conflict (webhook, chain, number) do update set state = 'waiting', tries = 0, due_at = excluded.due_at,
      touched_at = excluded.touched_at, ended_at = null
      where d.state <> 'waiting'`);
};

export type Claimed = Pick<DeliveryRow, "webhook" | "chain" | "number" | "tries"> & {
  until: Instant;
  by: string | null;
};

type Claiming = {
  now: Instant;
  limit: number;
  leaseMs: number;
  by: string | null;
  /** How many of one webhook run at once; and of one that fails. */
  each: number;
  ailing: { after: number; each: number };
};

/**
 * Takes the next that are due, for so long, of each webhook no more than its places: one that is slow or dead keeps
 * nobody else waiting. Several gateways never hold the same one; what a dead one held is free when the others miss it
 * (store/replicas.ts), or when its time is over.
 */
export const claim = async (
  db: Db,
  { now, limit, leaseMs, by, each, ailing }: Claiming,
): Promise<Claimed[]> => {
  const until = instant(millis(now) + leaseMs);
  const rows = await db.execute<{
    webhook: WebhookId;
    chain: RegionId | "";
    number: string;
    tries: number;
  }>(sql`
    with due as (
      select d.webhook, d.chain, d.number
      from webhooks w cross join lateral (
        select * from webhook_deliveries own
        where own.webhook = w.id and own.state = 'waiting' and own.due_at <= ${now}::timestamptz
          and (own.claimed_until is null or own.claimed_until <= ${now}::timestamptz)
        order by own.due_at, own.number
        limit greatest(0, case when w.failures >= ${ailing.after} then ${ailing.each}::int else ${each}::int end - (
          select count(*) from webhook_deliveries running
          where running.webhook = w.id and running.claimed_until > ${now}::timestamptz))
        for update skip locked) d
      where w.state = 'enabled' and (w.rests_until is null or w.rests_until <= ${now}::timestamptz)
      limit ${limit})
    update webhook_deliveries t set claimed_until = ${until}::timestamptz, claimed_by = ${by}::uuid, tries = t.tries + 1
    from due where t.webhook = due.webhook and t.chain = due.chain and t.number = due.number
    returning t.webhook, t.chain, t.number, t.tries`);
  return rows.map(({ number, ...row }) => ({ ...row, number: Number(number), until, by }));
};

const at = ({ webhook, chain, number }: Place): SQL | undefined =>
  and(
    eq(webhookDeliveries.webhook, webhook),
    eq(webhookDeliveries.chain, chain),
    eq(webhookDeliveries.number, number),
  );

/** How many of the last tries are kept. */
const attemptsKept = 20;

/**
 * Notes how a try went and what follows; `false` where somebody has taken it over meanwhile: then nothing that is said
 * of it counts any more.
 */
export const settle = async (
  db: Db,
  claimed: Claimed,
  { attempt, state, dueAt }: { attempt: Attempt; state: DeliveryState; dueAt?: Instant | undefined },
): Promise<boolean> => {
  const { by, until } = claimed;
  const isStill = and(
    at(claimed),
    eq(webhookDeliveries.claimedUntil, until),
    by === null ? isNull(webhookDeliveries.claimedBy) : eq(webhookDeliveries.claimedBy, by),
  );
  const kept = sql`(select coalesce(jsonb_agg(e.value order by e.nth), '[]') from (
    select * from jsonb_array_elements(${webhookDeliveries.attempts} || ${JSON.stringify([attempt])}::text::jsonb)
      with ordinality each (value, nth) order by nth desc limit ${attemptsKept}) e)`;
  const rows = await db
    .update(webhookDeliveries)
    .set({
      ...{ state, claimedUntil: null, claimedBy: null, attempts: kept, touchedAt: attempt.at },
      ...(state === "waiting" ? (dueAt ? { dueAt } : {}) : { endedAt: attempt.at }),
    })
    .where(isStill)
    .returning({ number: webhookDeliveries.number });
  return rows.length > 0;
};

/** Gives back what was claimed and not begun. */
export const putBack = (db: Db, claimed: Claimed) =>
  db
    .update(webhookDeliveries)
    .set({ claimedUntil: null, claimedBy: null, tries: sql`${webhookDeliveries.tries} - 1` })
    .where(and(at(claimed), eq(webhookDeliveries.claimedUntil, claimed.until)));

/** How many wait and how many were given up, by webhook. */
export const countedBy = async (db: Db): Promise<Map<WebhookId, { waiting: number; dead: number }>> => {
  const of = (state: DeliveryState) =>
    sql<number>`count(*) filter (where ${webhookDeliveries.state} = ${state})::int`;
  const rows = await db
    .select({ webhook: webhookDeliveries.webhook, waiting: of("waiting"), dead: of("dead") })
    .from(webhookDeliveries)
    .where(sql`${webhookDeliveries.state} <> 'taken'`)
    .groupBy(webhookDeliveries.webhook);
  return new Map(rows.map(({ webhook, ...counts }) => [webhook, counts]));
};

export const waitingOf = async (db: Db, webhook: WebhookId): Promise<number> =>
  (
    await db
      .select({ waiting: count() })
      .from(webhookDeliveries)
      .where(and(eq(webhookDeliveries.webhook, webhook), eq(webhookDeliveries.state, "waiting")))
  )[0]?.waiting ?? 0;

export type After = { touchedAt: Instant; chain: string; number: number };

/** What was touched last is first. */
export const history = (
  db: Db,
  webhook: WebhookId,
  { state, after, limit }: { state?: DeliveryState | undefined; after?: After | undefined; limit: number },
): Promise<DeliveryRow[]> => {
  const { touchedAt, chain, number } = webhookDeliveries;
  return db
    .select()
    .from(webhookDeliveries)
    .where(
      and(
        eq(webhookDeliveries.webhook, webhook),
        state && eq(webhookDeliveries.state, state),
        after &&
          or(
            lt(touchedAt, after.touchedAt),
            and(
              eq(touchedAt, after.touchedAt),
              sql`(${chain}, ${number}) < (${after.chain}::text, ${after.number}::bigint)`,
            ),
          ),
      ),
    )
    .orderBy(desc(touchedAt), desc(chain), desc(number))
    .limit(limit);
};

/** Sends again what was given up; answers with how many. */
export const reviveDead = async (db: Db, webhook: WebhookId, now: Instant): Promise<number> =>
  (
    await db
      .update(webhookDeliveries)
      .set({ state: "waiting", tries: 0, dueAt: now, touchedAt: now, endedAt: null })
      .where(and(eq(webhookDeliveries.webhook, webhook), eq(webhookDeliveries.state, "dead")))
      .returning({ number: webhookDeliveries.number })
  ).length;

/** What waits there is due at once. */
export const hasten = (db: Db, webhook: WebhookId, now: Instant) =>
  db
    .update(webhookDeliveries)
    .set({ dueAt: now })
    .where(and(eq(webhookDeliveries.webhook, webhook), eq(webhookDeliveries.state, "waiting")));
