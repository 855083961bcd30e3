import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Instant, VolunteerId } from "../../schema/primitives.ts";
import { liveStates } from "../../schema/surplus.ts";
import { weekdays } from "../../schema/volunteer.ts";
import { expected } from "./bookings.ts";
import { acrossRegions, type Db } from "./db.ts";
import { columnsOf, isAnyOf, rowsOf } from "./many.ts";
import { bookings, invitations } from "./tables/doses.ts";
import { queue, volunteers } from "./tables/people.ts";
import { lockPerson, type VolunteerRow } from "./volunteers.ts";

export { next, type Place, type Span } from "./next.ts";

const personOf = (volunteer: VolunteerId) =>
  sql`(select v.person from ${volunteers} v where v.id = ${volunteer}::uuid)`;

/** The registrations of somebody, one in each campaign that they are in. */
const allOf = (volunteer: VolunteerId) =>
  sql`(select v.id from ${volunteers} v where v.person = ${personOf(volunteer)})`;

/**
 * Takes someone out of every queue, of other campaigns as well. Whoever gets `true` may ask this person; the others may
 * not.
 */
export const claim = (db: Db, volunteer: VolunteerId): Promise<boolean> =>
  acrossRegions(db, async (all) =>
    (
      await all
        .delete(queue)
        .where(sql`${queue.volunteer} in ${allOf(volunteer)}`)
        .returning({ volunteer: queue.volunteer })
    ).some((row) => row.volunteer === volunteer),
  );

const isAsked = (db: Db, id: VolunteerId) =>
  db
    .select({ one: sql`1` })
    .from(invitations)
    .where(and(sql`${invitations}.person = ${personOf(id)}`, inArray(invitations.state, liveStates)));

const isPromised = (db: Db, id: VolunteerId) =>
  db
    .select({ one: sql`1` })
    .from(bookings)
    .where(and(sql`${bookings}.person = ${personOf(id)}`, inArray(bookings.state, expected)));

type People = readonly { id: VolunteerId }[];
const isIn = (column: SQL, people: People): SQL => {
  const ids = people.map(({ id }) => id);
  return isAnyOf(column, ids, "uuid");
};

/** What the view `places` derives of a registration, and nobody else: one place for one rule. */
const derived = [
  ...["region", "campaign", "centre", "birth_date", "volunteer", "always"],
  ...weekdays,
  ...["last_day", "last_dose_on"],
];
const columns = sql.raw(derived.join(", "));
const placed = (what: string) => sql.raw(derived.map((column) => `${what}.${column}`).join(", "));

const pause = columnsOf(queue, ["volunteer", "notBefore"]);

/**
 * Puts someone's places right: in the queue of each of their centres if they are active, asked by nobody and promised
 * nothing; in none otherwise. So it is in each campaign that they are in: nobody is asked in one while they are
 * asked or promised a dose in another. Called after every change that may matter; safe to repeat. `notBefore`
 * is kept as it was unless given; null ends it.
 */
export const settle = (db: Db, id: VolunteerId, notBefore?: Instant | null): Promise<void> =>
  acrossRegions(db, (all) => settleIn(all, id, notBefore));

const settleIn = async (db: Db, id: VolunteerId, notBefore?: Instant | null): Promise<void> => {
  await lockPerson(db, id);
  const kept = await db
    .delete(queue)
    .where(sql`${queue.volunteer} in ${allOf(id)}`)
    .returning({ volunteer: queue.volunteer, notBefore: queue.notBefore });
  const pauses = new Map(kept.map((row) => [row.volunteer, row]));
  const until =
    notBefore === undefined
      ? sql`(select k.not_before from ${rowsOf(pause, [...pauses.values()])} k where k.volunteer = p.volunteer)`
      : sql`${notBefore}::timestamptz`;
  await db.execute(sql`
    insert into ${queue} (${columns}, not_before) select ${placed("p")}, ${until} from places p
    where p.volunteer in ${allOf(id)} and not exists ${isAsked(db, id)} and not exists ${isPromised(db, id)}`);
};

/**
 * Writes the places of registrations that have just come, and of which `who` is true: they can have been asked by
 * nobody, and promised nothing. `registrations` is a set of rows of the table, each as one value named `v`.
 */
export const joining = (registrations: SQL, who: SQL): SQL =>
  sql`insert into ${queue} (${columns}) select ${placed("p")}
    from ${registrations} cross join lateral places_of(v) p where ${who}`;

export const join = async (db: Db, people: readonly VolunteerRow[]): Promise<void> => {
  if (people.length > 0) await db.execute(joining(sql`volunteers v`, isIn(sql`v.id`, people)));
};

/**
 * Who of these somebody is asking at this moment. The places of the others are theirs alone until the transaction ends,
 * so that `refresh` waits for nobody.
 */
export const beingAsked = async (db: Db, people: People): Promise<VolunteerId[]> => {
  if (people.length === 0) return [];
  const theirs = db
    .select({ id: queue.volunteer, centre: queue.centre })
    .from(queue)
    .where(isIn(sql`${queue.volunteer}`, people))
    .$dynamic();
  const there = await theirs;
  const ours = await theirs.for("no key update", { skipLocked: true });
  return there.flatMap(({ id, centre }) =>
    ours.some((each) => each.id === id && each.centre === centre) ? [] : id,
  );
};

/** Brings the places of these up to date where only their days, vaccines or last dose have changed. */
export const refresh = async (db: Db, people: People): Promise<void> => {
  if (people.length === 0) return;
  await db.execute(sql`
    update ${queue} set (${columns}) = (${placed("p")}) from places p
    where ${isIn(sql`p.volunteer`, people)} and p.volunteer = ${queue.volunteer} and p.centre = ${queue.centre}
      and (${placed("queue")}) is distinct from (${placed("p")})`);
};

/** Until when nobody calls this person; nothing where they may be called, or wait in no queue. */
export const pausedUntil = (db: Db, volunteer: VolunteerId): Promise<Instant | undefined> =>
  acrossRegions(db, async (all) => {
    const theirs = all.select({ notBefore: queue.notBefore }).from(queue);
    return (await theirs.where(eq(queue.volunteer, volunteer)).limit(1))[0]?.notBefore ?? undefined;
  });
