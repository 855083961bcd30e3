import { and, asc, eq, gt, inArray, isNull, lte, notExists, or, type SQL, sql } from "drizzle-orm";
import type { CampaignId, CentreId, Day, Instant, VolunteerId } from "../../schema/primitives.ts";
import { liveStates } from "../../schema/surplus.ts";
import type { Condition } from "../../schema/volunteer.ts";
import { expected } from "./bookings.ts";
import type { Db } from "./db.ts";
import { insertMany } from "./many.ts";
import { bookings, invitations } from "./tables/doses.ts";
import { queue, volunteers } from "./tables/people.ts";
import * as volunteerStore from "./volunteers.ts";

export type Place = { birthDate: Day; volunteer: VolunteerId };

const personOf = (volunteer: VolunteerId) =>
  sql`(select v.person from ${volunteers} v where v.id = ${volunteer}::uuid)`;

/** The registrations of somebody, one in each campaign that they are in. */
const allOf = (volunteer: VolunteerId) =>
  sql`(select v.id from ${volunteers} v where v.person = ${personOf(volunteer)})`;

/**
 * Takes someone out of every queue, of other campaigns as well. Whoever gets `true` may ask this person; the others may
 * not.
 */
export const claim = async (db: Db, volunteer: VolunteerId): Promise<boolean> =>
  (
    await db
      .delete(queue)
      .where(sql`${queue.volunteer} in ${allOf(volunteer)}`)
      .returning({ volunteer: queue.volunteer })
  ).some((row) => row.volunteer === volunteer);

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

/**
 * Puts someone's places right: in the queue of each of their centres if they are active, asked by nobody and promised
 * nothing; in none otherwise. So it is in each campaign that they are in: nobody is asked in one while they are
 * asked or promised a dose in another. Called after every change that may matter; safe to repeat. `notBefore`
 * is kept as it was unless given; null ends it.
 */
export const settle = async (db: Db, id: VolunteerId, notBefore?: Instant | null): Promise<void> => {
  await volunteerStore.lockPerson(db, id);
  const kept = new Map(
    (
      await db
        .delete(queue)
        .where(sql`${queue.volunteer} in ${allOf(id)}`)
        .returning({ volunteer: queue.volunteer, notBefore: queue.notBefore })
    ).map((row) => [row.volunteer, row.notBefore]),
  );
  const people = await db
    .select()
    .from(volunteers)
    .where(
      and(
        sql`${volunteers.id} in ${allOf(id)}`,
        eq(volunteers.state, "active"),
        isNull(volunteers.repeatOf),
        isNull(volunteers.closedFor),
        notExists(isAsked(db, id)),
        notExists(isPromised(db, id)),
      ),
    );
  const all = people.flatMap((person) =>
    person.centres.map((centre) => ({
      campaign: person.campaign,
      centre,
      birthDate: person.birthDate,
      volunteer: person.id,
      conditions: person.conditions,
      notBefore: notBefore === undefined ? (kept.get(person.id) ?? null) : notBefore,
    })),
  );
  if (all.length > 0) await db.insert(queue).values(all);
};

/** Writes the places of people who have just come: they can have been asked by nobody, and promised nothing. */
export const joining = (people: readonly volunteerStore.VolunteerRow[]): SQL => {
  const waiting = people.filter((each) => each.state === "active" && !each.repeatOf && !each.closedFor);
  const places = waiting.flatMap(({ id: volunteer, campaign, centres, birthDate, conditions }) =>
    centres.map((centre) => ({ campaign, centre, birthDate, volunteer, conditions })),
  );
  return insertMany(queue, ["campaign", "centre", "birthDate", "volunteer", "conditions"], places);
};

export const join = async (db: Db, people: readonly volunteerStore.VolunteerRow[]): Promise<void> => {
  if (people.length > 0) await db.execute(joining(people));
};

/** Until when nobody calls this person; nothing where they may be called, or wait in no queue. */
export const pausedUntil = async (db: Db, volunteer: VolunteerId): Promise<Instant | undefined> =>
  (
    await db.select({ notBefore: queue.notBefore }).from(queue).where(eq(queue.volunteer, volunteer)).limit(1)
  )[0]?.notBefore ?? undefined;

export type Span = {
  campaign: CampaignId;
  centre: CentreId;
  bornAfter: Day;
  bornUntil: Day;
  condition?: Condition;
  /** Whose earlier dose was later than that has to wait; whoever never told of one does not. */
  dosedUntil?: Day;
  now: Instant;
  after?: Place;
  limit: number;
};

/** The next people of a centre's queue within those births, the oldest first, equal births by id. */
export const next = (db: Db, span: Span) =>
  db
    .select({
      id: queue.volunteer,
      birthDate: queue.birthDate,
      conditions: queue.conditions,
      vaccines: volunteers.vaccines,
      availability: volunteers.availability,
      lastDoseOn: volunteers.lastDoseOn,
    })
    .from(queue)
    .innerJoin(volunteers, eq(volunteers.id, queue.volunteer))
    .where(
      and(
        eq(queue.campaign, span.campaign),
        eq(queue.centre, span.centre),
        eq(volunteers.state, "active"),
        gt(queue.birthDate, span.bornAfter),
        lte(queue.birthDate, span.bornUntil),
        span.condition && sql`${span.condition} = any(${queue.conditions})`,
        span.dosedUntil === undefined
          ? undefined
          : or(isNull(volunteers.lastDoseOn), lte(volunteers.lastDoseOn, span.dosedUntil)),
        or(isNull(queue.notBefore), lte(queue.notBefore, span.now)),
        span.after &&
          sql`(${queue.birthDate}, ${queue.volunteer}) > (${span.after.birthDate}::date, ${span.after.volunteer}::uuid)`,
      ),
    )
    .orderBy(asc(queue.birthDate), asc(queue.volunteer))
    .limit(span.limit);
