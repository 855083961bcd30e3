import { and, asc, eq, inArray, isNotNull, isNull, lte, notInArray, or, type SQL, sql } from "drizzle-orm";
import {
  type CentreId,
  type Instant,
  instant,
  millis,
  type PlatformName,
  type VolunteerId,
} from "../../schema/primitives.ts";
import type { Role } from "../../schema/region.ts";
import type { Effect } from "../../schema/surplus.ts";
import type { Db } from "./db.ts";
import { columnsOf, insertMany } from "./many.ts";
import { outbox } from "./tables/work.ts";

/**
 * Who may say what became of an order: the gateway that claimed it, until then. A later claim by the same one ends later,
 * so that both together name it: once somebody has taken the order over, whatever is said of it under an earlier claim
 * changes nothing.
 */
export type Claim = { id: number; until: Instant; by: string | null };

/** `lane`: what an order is for and, where a platform carries it out, which: "wake", "invite", "invite xyz". */
export type Order = Claim & { effect: Effect; lane: string; attempts: number; createdAt: Instant };

/** The lane of the platform that is bound to a centre in that role now; of the role alone where none is. */
const bound = (role: Role, centre: CentreId | SQL, now: Instant): SQL => sql`concat_ws(' ', ${role}::text, (
  select b.platform from bindings b join centres c on c.region = b.region
  where c.id = ${centre} and b.role = ${role} and (b.centre is null or b.centre = c.id)
    and (b.from_at is null or b.from_at <= ${now}::timestamptz)
    and (b.until_at is null or b.until_at > ${now}::timestamptz)
  order by b.centre is null limit 1))`;

const laneOf = (effect: Effect, now: Instant): string | SQL => {
  switch (effect.kind) {
    case "pull":
    case "pass":
    case "reconcile":
    case "pull-official":
    case "roster-leave":
    case "prove":
    case "carry-over":
    case "erase":
      return effect.platform ? `${effect.kind} ${effect.platform}` : effect.kind;
    case "invite":
    case "revoke":
      return bound("invite", effect.centre, now);
    case "book":
    case "unbook":
      return bound("booking", effect.centre, now);
    case "roster-put":
    case "roster-close":
      return bound("roster", sql`(select centres[1] from volunteers where id = ${effect.volunteer})`, now);
    default:
      return effect.kind;
  }
};
const kind = sql<Effect["kind"]>`${outbox.effect}->>'kind'`;
/** An order that was written before there were lanes goes by its kind. */
const lane = sql<string>`coalesce(${outbox.lane}, ${kind})`;

/**
 * The key under which an effect waits only once, whoever orders it: a look at a surplus later on, and what recurs.
 */
const timer = (effect: Effect, now: Instant): string | null => {
  if (effect.kind === "pull" || effect.kind === "pull-official") return `${effect.kind} ${effect.platform}`;
  if (effect.kind === "pass") return ["pass", effect.platform, effect.reading ?? []].flat().join(" ");
  if (effect.kind === "reconcile") return effect.once ? null : `reconcile ${effect.platform}`;
  if (effect.kind === "forget" || effect.kind === "compare" || effect.kind === "link") return effect.kind;
  if (effect.kind === "renew-keys" || effect.kind === "report") return effect.kind;
  if (effect.kind === "carry-over") return `carry-over ${effect.change} ${effect.at}`;
  if (effect.kind === "work") return `work ${effect.work}`;
  if (effect.kind === "prove") return `prove ${effect.volunteer}`;
  if (effect.kind === "renew") return `renew ${effect.campaign}`;
  if (effect.kind === "roster-leave") return `roster-leave ${effect.volunteer} ${effect.platform}`;
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
        lane: laneOf(effect, now),
        dueAt: ("at" in effect ? effect.at : undefined) ?? now,
        createdAt: now,
      })),
    )
    .onConflictDoNothing();
};

const columns = columnsOf(outbox, ["effect", "lane", "dueAt", "createdAt"]);

/** Writes many orders down whose lanes are known. None of them waits only once. */
export const ordering = (orders: readonly { effect: Effect; lane: string }[], now: Instant): SQL =>
  insertMany(
    columns,
    orders.map((order) => ({ ...order, dueAt: now, createdAt: now })),
  );

/** What is done again and again, and exists only once: nobody would ever order it anew. */
export const recurring: readonly Effect["kind"][] = [
  ...(["pull", "pull-official", "pass", "forget", "compare", "link", "report", "renew-keys"] as const),
];

/**
 * Takes up again what recurs and is marked dead, by an earlier version or by a person.
 */
export const revive = (db: Db, now: Instant) =>
  db
    .update(outbox)
    .set({ dead: false, dueAt: now, attempts: 0 })
    .where(and(eq(outbox.dead, true), inArray(kind, [...recurring, "reconcile"])));

type Claiming = { now: Instant; limit: number; leaseMs: number; closed?: string[]; by?: string };

/**
 * Takes the next orders that are due, for so long, and none of the closed lanes: a worker that dies lets its claim run
 * out, and another takes over; at once, where it claims for a gateway (`by`) that the others miss. Several workers never
 * hold the same order.
 */
export const claim = async (db: Db, { now, limit, leaseMs, closed = [], by }: Claiming): Promise<Order[]> => {
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
          notInArray(lane, closed),
        ),
      )
      .orderBy(asc(outbox.dueAt), asc(outbox.id))
      .limit(limit)
      .for("update", { skipLocked: true }),
  );
  return db
    .with(due)
    .update(outbox)
    .set({
      ...{ claimedUntil: instant(millis(now) + leaseMs), claimedBy: by ?? null },
      attempts: sql`${outbox.attempts} + 1`,
    })
    .where(inArray(outbox.id, db.select({ id: due.id }).from(due)))
    .returning({
      ...{ id: outbox.id, until: sql<Instant>`${outbox.claimedUntil}`.mapWith(outbox.claimedUntil) },
      by: outbox.claimedBy,
      ...{ effect: outbox.effect, lane, attempts: outbox.attempts, createdAt: outbox.createdAt },
    });
};

/** Takes back what was to be written to these people. */
export const withdrawLetters = async (db: Db, people: VolunteerId[]): Promise<void> => {
  const volunteer = sql`${outbox.effect}->>'volunteer'`;
  await db.delete(outbox).where(and(inArray(kind, ["message", "greet"]), inArray(volunteer, people)));
};

const free = { claimedUntil: null, claimedBy: null };
const isStill = ({ id, until, by }: Claim) =>
  and(
    ...[eq(outbox.id, id), eq(outbox.claimedUntil, until)],
    by === null ? isNull(outbox.claimedBy) : eq(outbox.claimedBy, by),
  );

/** Gives back orders that were claimed together and not begun. */
export const putBack = async (db: Db, orders: readonly Claim[]): Promise<void> => {
  if (orders.length === 0) return;
  await db
    .update(outbox)
    .set({ ...free, attempts: sql`${outbox.attempts} - 1` })
    .where(or(...orders.map(isStill)));
};

export const done = (db: Db, claim: Claim) => db.delete(outbox).where(isStill(claim));

/** Why an order was not carried out: a code, never a message; and the platform at which it failed, if at one. */
export type Failure = { fault: string; lane: string; platform?: PlatformName };

const noted = ({ fault, lane, platform }: Failure) => ({
  ...{ ...free, lastFault: fault, lane },
  platform: platform ?? null,
});

/** Tries again at that moment. */
export const again = (db: Db, claim: Claim, { at, ...failure }: Failure & { at: Instant }) =>
  db
    .update(outbox)
    .set({ dueAt: at, ...noted(failure) })
    .where(isStill(claim));

/** Keeps an order that recurs for its next time. */
export const later = (db: Db, claim: Claim, at: Instant) =>
  db
    .update(outbox)
    .set({ dueAt: at, ...free, lastFault: null, platform: null, attempts: 0 })
    .where(isStill(claim));

/** Gives up, and keeps the order for a person to look at. */
export const bury = (db: Db, claim: Claim, failure: Failure) =>
  db
    .update(outbox)
    .set({ dead: true, ...noted(failure) })
    .where(isStill(claim));

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
