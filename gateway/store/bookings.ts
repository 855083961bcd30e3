import { and, asc, eq, gte, inArray, lt, or } from "drizzle-orm";
import type {
  BookingId,
  CentreId,
  ExternalId,
  Instant,
  InvitationId,
  PlatformName,
  SurplusId,
  VolunteerId,
} from "../../schema/primitives.ts";
import type { BookingState } from "../../schema/surplus.ts";
import type { Db } from "./db.ts";
import { bookings } from "./tables/doses.ts";

export type BookingRow = typeof bookings.$inferSelect;
/** A person with one of these is expected at a centre. */
export const expected: BookingState[] = ["promised", "booked"];

export const add = async (db: Db, row: typeof bookings.$inferInsert): Promise<void> => {
  await db.insert(bookings).values(row);
};

export const byId = async (db: Db, id: BookingId): Promise<BookingRow | undefined> =>
  (await db.select().from(bookings).where(eq(bookings.id, id)))[0];

export const byInvitation = async (db: Db, invitation: InvitationId): Promise<BookingRow | undefined> =>
  (await db.select().from(bookings).where(eq(bookings.invitation, invitation)))[0];

export const liveOfVolunteer = async (db: Db, volunteer: VolunteerId): Promise<BookingRow | undefined> =>
  (
    await db
      .select()
      .from(bookings)
      .where(and(eq(bookings.volunteer, volunteer), inArray(bookings.state, expected)))
  )[0];

export const ofSurplus = (db: Db, surplus: SurplusId): Promise<BookingRow[]> =>
  db.select().from(bookings).where(eq(bookings.surplus, surplus)).orderBy(asc(bookings.at), asc(bookings.id));

/**
 * Those that a platform was asked for and that were expected within [from, until), and those that it names, by their
 * id or by a reference of its own.
 */
export const ofPlatform = (
  db: Db,
  platform: PlatformName,
  { from, until, ids, refs }: { from: Instant; until: Instant; ids: BookingId[]; refs: ExternalId[] },
): Promise<BookingRow[]> =>
  db
    .select()
    .from(bookings)
    .where(
      or(
        and(eq(bookings.platform, platform), gte(bookings.at, from), lt(bookings.at, until)),
        and(eq(bookings.platform, platform), inArray(bookings.externalRef, refs)),
        inArray(bookings.id, ids),
      ),
    );

/** The centres at which a platform was asked for bookings since. */
export const centresSince = async (db: Db, platform: PlatformName, from: Instant): Promise<CentreId[]> =>
  (
    await db
      .selectDistinct({ centre: bookings.centre })
      .from(bookings)
      .where(and(eq(bookings.platform, platform), gte(bookings.at, from)))
  ).map(({ centre }) => centre);

/** Changes a booking in whose state nothing has changed since it was read; nothing where somebody was first. */
export const advance = async (
  db: Db,
  from: BookingRow,
  to: Partial<BookingRow>,
): Promise<BookingRow | undefined> =>
  (
    await db
      .update(bookings)
      .set(to)
      .where(and(eq(bookings.id, from.id), eq(bookings.state, from.state)))
      .returning()
  )[0];
