import { and, asc, eq, getTableColumns, inArray, isNull, lte, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { RenewalId } from "../../schema/campaign.ts";
import { type CampaignId, type Instant, instant, millis, type VolunteerId } from "../../schema/primitives.ts";
import type { Db } from "./db.ts";
import { columnsOf, rowsOf } from "./many.ts";
import { renewals, volunteers } from "./tables/people.ts";
import { audit } from "./tables/work.ts";
import type { VolunteerRow } from "./volunteers.ts";

/* Whom a later campaign asks whether they come along: each person once, which the database sees to. */

export type RenewalRow = typeof renewals.$inferSelect;
type NewRenewal = Pick<RenewalRow, "id" | "campaign" | "volunteer" | "tokenDigest" | "tryAt">;

const isWaiting = (campaign: CampaignId) =>
  and(eq(renewals.campaign, campaign), eq(renewals.state, "asked"), isNull(renewals.sentAt));

const asked = columnsOf(renewals, ["id", "campaign", "volunteer", "tokenDigest", "tryAt"]);

/** Writes down whom to ask, and leaves out whoever has been. */
export const addAll = async (db: Db, rows: readonly NewRenewal[]): Promise<void> => {
  if (rows.length === 0) return;
  await db.execute(sql`
    insert into ${renewals} (id, campaign, person, volunteer, state, token_digest, try_at)
    select r.id, r.campaign, v.person, r.volunteer, 'asked', r.token_digest, r.try_at
    from ${rowsOf(asked, rows)} r join ${volunteers} v on v.id = r.volunteer
    on conflict (campaign, person) do nothing`);
};

/**
 * Takes the next who wait for their message, for so long: a worker that dies lets its claim run out, and another takes
 * over. Two workers never write to the same person at once.
 */
export const take = (
  db: Db,
  campaign: CampaignId,
  { now, limit, leaseMs }: { now: Instant; limit: number; leaseMs: number },
): Promise<RenewalRow[]> => {
  const due = db.$with("due").as(
    db
      .select({ id: renewals.id })
      .from(renewals)
      .where(and(isWaiting(campaign), lte(renewals.tryAt, now)))
      .orderBy(asc(renewals.tryAt), asc(renewals.id))
      .limit(limit)
      .for("update", { skipLocked: true }),
  );
  return db
    .with(due)
    .update(renewals)
    .set({ tryAt: instant(millis(now) + leaseMs), tries: sql`${renewals.tries} + 1` })
    .where(inArray(renewals.id, db.select({ id: due.id }).from(due)))
    .returning();
};

/** What a token asks, locked until this transaction ends. */
export const byToken = async (db: Db, digests: Uint8Array[]): Promise<RenewalRow | undefined> =>
  (await db.select().from(renewals).where(inArray(renewals.tokenDigest, digests)).for("no key update"))[0];

export const change = (db: Db, id: RenewalId, values: Partial<Omit<RenewalRow, "id" | "person">>) =>
  db.update(renewals).set(values).where(eq(renewals.id, id));

/** A channel took the message, which is noted once, with the line that tells of it: one statement a letter. */
export const sent = (db: Db, id: RenewalId, at: Instant) =>
  db.execute(sql`
    with noted as (
      update ${renewals} set sent_at = ${at}::timestamptz where id = ${id}::uuid and sent_at is null
      returning volunteer, campaign)
    insert into ${audit} (at, actor, event, subject, facts)
    select ${at}::timestamptz, 'gateway', 'volunteer.told-renewal', volunteer, jsonb_build_object('campaign', campaign)
    from noted`);

/** The people to whom these go, by their registration; of a person who has several, the one that stays. */
export const peopleOf = async (
  db: Db,
  rows: readonly RenewalRow[],
): Promise<Map<VolunteerId, VolunteerRow>> => {
  const heard = alias(volunteers, "heard");
  const found = await db
    .select({ heard: heard.id, person: getTableColumns(volunteers) })
    .from(heard)
    .innerJoin(volunteers, eq(volunteers.id, sql`coalesce(${heard.repeatOf}, ${heard.id})`))
    .where(
      inArray(
        heard.id,
        rows.map(({ volunteer }) => volunteer),
      ),
    );
  return new Map(found.map(({ heard: id, person }) => [id, person]));
};

/** When the next message may leave; nothing where none waits. */
export const nextTry = async (db: Db, campaign: CampaignId): Promise<Instant | undefined> =>
  (
    await db
      .select({ tryAt: renewals.tryAt })
      .from(renewals)
      .where(isWaiting(campaign))
      .orderBy(asc(renewals.tryAt))
      .limit(1)
  )[0]?.tryAt;

/** How many messages wait to leave. */
export const waiting = async (db: Db, campaign: CampaignId): Promise<number> =>
  (await db.select({ count: sql<number>`count(*)::int` }).from(renewals).where(isWaiting(campaign)))[0]
    ?.count ?? 0;

/** People by what became of asking them, of each campaign. */
export const tally = (db: Db, campaigns: CampaignId[]) =>
  db
    .select({
      campaign: renewals.campaign,
      state: renewals.state,
      isSent: sql<boolean>`${renewals.sentAt} is not null`,
      people: sql<number>`count(*)::int`,
    })
    .from(renewals)
    .where(inArray(renewals.campaign, campaigns))
    .groupBy(renewals.campaign, renewals.state, sql`${renewals.sentAt} is not null`);
