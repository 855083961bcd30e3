import { and, asc, eq, gt, inArray, isNull, lte, notExists, or, sql } from "drizzle-orm";
import type { CentreId, Day, Instant, VolunteerId } from "../../schema/primitives.ts";
import { liveStates } from "../../schema/surplus.ts";
import type { Condition } from "../../schema/volunteer.ts";
import { expected } from "./bookings.ts";
import type { Db } from "./db.ts";
import { insertMany } from "./many.ts";
import { bookings, invitations } from "./tables/doses.ts";
import { queue, volunteers } from "./tables/people.ts";
import * as volunteerStore from "./volunteers.ts";

export type Place = { birthDate: Day; volunteer: VolunteerId };

/** Takes someone out of every queue. Whoever gets `true` may ask this person; the others may not. */
export const claim = async (db: Db, volunteer: VolunteerId): Promise<boolean> =>
  (await db.delete(queue).where(eq(queue.volunteer, volunteer)).returning({ centre: queue.centre })).length >
  0;

/**
 * Puts someone's places right: in the queue of each of their centres if they are active, asked by nobody and
 * promised nothing; in none otherwise. Called after every change that may matter; safe to repeat. `notBefore`
 * is kept as it was unless given; null ends it.
 */
export const settle = async (db: Db, id: VolunteerId, notBefore?: Instant | null): Promise<void> => {
  await volunteerStore.lock(db, id);
  const [kept] = await db
    .delete(queue)
    .where(eq(queue.volunteer, id))
    .returning({ notBefore: queue.notBefore });
  const [person] = await db
    .select()
    .from(volunteers)
    .where(
      and(
        eq(volunteers.id, id),
        eq(volunteers.state, "active"),
        isNull(volunteers.repeatOf),
        notExists(
          db
            .select({ one: sql`1` })
            .from(invitations)
            .where(and(eq(invitations.volunteer, id), inArray(invitations.state, liveStates))),
        ),
        notExists(
          db
            .select({ one: sql`1` })
            .from(bookings)
            .where(and(eq(bookings.volunteer, id), inArray(bookings.state, expected))),
        ),
      ),
    );
  if (!person || person.centres.length === 0) return;
  await db.insert(queue).values(
    person.centres.map((centre) => ({
      centre,
      birthDate: person.birthDate,
      volunteer: id,
      conditions: person.conditions,
      notBefore: notBefore === undefined ? (kept?.notBefore ?? null) : notBefore,
    })),
  );
};

/** The places of people who have just come: they can have been asked by nobody, and promised nothing. */
export const join = async (db: Db, people: readonly volunteerStore.VolunteerRow[]): Promise<void> => {
  const places = people.flatMap(({ id: volunteer, state, centres, birthDate, conditions }) =>
    state === "active" ? centres.map((centre) => ({ centre, birthDate, volunteer, conditions })) : [],
  );
  if (places.length === 0) return;
  await db.execute(insertMany(queue, ["centre", "birthDate", "volunteer", "conditions"], places));
};

/** Until when nobody calls this person; nothing where they may be called, or wait in no queue. */
export const pausedUntil = async (db: Db, volunteer: VolunteerId): Promise<Instant | undefined> =>
  (
    await db.select({ notBefore: queue.notBefore }).from(queue).where(eq(queue.volunteer, volunteer)).limit(1)
  )[0]?.notBefore ?? undefined;

export type Span = {
  centre: CentreId;
  bornAfter: Day;
  bornUntil: Day;
  condition?: Condition;
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
        eq(queue.centre, span.centre),
        eq(volunteers.state, "active"),
        gt(queue.birthDate, span.bornAfter),
        lte(queue.birthDate, span.bornUntil),
        span.condition && sql`${span.condition} = any(${queue.conditions})`,
        or(isNull(queue.notBefore), lte(queue.notBefore, span.now)),
        span.after &&
          sql`(${queue.birthDate}, ${queue.volunteer}) > (${span.after.birthDate}::date, ${span.after.volunteer}::uuid)`,
      ),
    )
    .orderBy(asc(queue.birthDate), asc(queue.volunteer))
    .limit(span.limit);
