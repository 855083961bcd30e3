import { and, asc, eq, inArray, isNotNull, isNull, lte, or, sql } from "drizzle-orm";
import { type Instant, instant, millis, type PlatformName } from "../../schema/primitives.ts";
import type { Effect } from "../../schema/surplus.ts";
import type { Db } from "./db.ts";
import { outbox } from "./tables.ts";

export type Order = { id: number; effect: Effect; attempts: number };

/** What there is only one of, whoever orders it: a surplus's look at a moment to come, and all that recurs. */
const timer = (effect: Effect, now: Instant): string | null => {
  if (effect.kind === "pull") return `pull ${effect.platform}`;
  if (effect.kind === "forget") return "forget";
  return effect.kind === "wake" && effect.at > now ? `wake ${effect.surplus} ${effect.at}` : null;
};

/** Writes down what must follow, in the transaction that decided it. Timers are effects with a later `at`. */
export const enqueue = async (db: Db, effects: readonly Effect[], now: Instant): Promise<void> => {
  if (effects.length === 0) return;
  await db
    .insert(outbox)
    .values(
      effects.map((effect) => ({
        effect,
        timer: timer(effect, now),
        dueAt: "at" in effect ? effect.at : now,
        createdAt: now,
      })),
    )
    .onConflictDoNothing();
};

/**
 * Takes the next orders that are due, for so long: a worker that dies lets its claim run out, and another takes
 * over. Several workers never hold the same order.
 */
export const claim = async (
  db: Db,
  { now, limit, leaseMs }: { now: Instant; limit: number; leaseMs: number },
): Promise<Order[]> => {
  // As a common table expression it runs once: as a subquery, the limit is not sure to hold.
  const due = db.$with("due").as(
    db
      .select({ id: outbox.id })
      .from(outbox)
      .where(
        and(
          eq(outbox.dead, false),
          lte(outbox.dueAt, now),
          or(isNull(outbox.claimedUntil), lte(outbox.claimedUntil, now)),
        ),
      )
      .orderBy(asc(outbox.dueAt), asc(outbox.id))
      .limit(limit)
      .for("update", { skipLocked: true }),
  );
  return db
    .with(due)
    .update(outbox)
    .set({ claimedUntil: instant(millis(now) + leaseMs), attempts: sql`${outbox.attempts} + 1` })
    .where(inArray(outbox.id, db.select({ id: due.id }).from(due)))
    .returning({ id: outbox.id, effect: outbox.effect, attempts: outbox.attempts });
};

export const done = (db: Db, id: number) => db.delete(outbox).where(eq(outbox.id, id));

/** Why an order was not carried out: a code, never a message; and the platform that it waits for, where it is one. */
export type Failure = { fault: string; platform?: PlatformName };

const noted = ({ fault, platform }: Failure) => ({
  claimedUntil: null,
  lastFault: fault,
  platform: platform ?? null,
});

/** Tries again at that moment. */
export const again = (db: Db, id: number, { at, ...failure }: Failure & { at: Instant }) =>
  db
    .update(outbox)
    .set({ dueAt: at, ...noted(failure) })
    .where(eq(outbox.id, id));

/** Keeps an order that recurs for its next time. */
export const later = (db: Db, id: number, at: Instant) =>
  db
    .update(outbox)
    .set({ dueAt: at, claimedUntil: null, lastFault: null, platform: null, attempts: 0 })
    .where(eq(outbox.id, id));

/** Gives up, and keeps the order for a person to look at. */
export const bury = (db: Db, id: number, failure: Failure) =>
  db
    .update(outbox)
    .set({ dead: true, ...noted(failure) })
    .where(eq(outbox.id, id));

/** Of each platform at which orders failed: those that are tried again, and those given up. */
export const backlog = (db: Db) =>
  db
    .select({
      platform: outbox.platform,
      waiting: sql<number>`count(*) filter (where not ${outbox.dead})::int`,
      dead: sql<number>`count(*) filter (where ${outbox.dead})::int`,
    })
    .from(outbox)
    .where(isNotNull(outbox.platform))
    .groupBy(outbox.platform);
