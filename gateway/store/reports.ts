import { and, eq, gte, inArray, lte, sql } from "drizzle-orm";
import { type CentreId, type Day, type RegionId, zone } from "../../schema/primitives.ts";
import type { Db } from "./db.ts";
import { bookings, doses, surpluses } from "./tables/doses.ts";
import { volunteers } from "./tables/people.ts";

const day = sql<Day>`to_char(${surpluses.announcedAt} at time zone ${sql.raw(`'${zone}'`)}, 'YYYY-MM-DD')`;

/** Doses by announcement day, place, fate, platform of the booking and birth date of the person. */
export const dosesByFate = (
  db: Db,
  asked: { from: Day; until: Day; regions?: RegionId[]; centres?: CentreId[] },
) =>
  db
    .select({
      day,
      region: surpluses.region,
      centre: surpluses.centre,
      vaccine: surpluses.vaccine,
      platform: bookings.platform,
      birthDate: volunteers.birthDate,
      state: doses.state,
      count: sql<number>`count(*)::int`,
    })
    .from(doses)
    .innerJoin(surpluses, eq(surpluses.id, doses.surplus))
    .leftJoin(bookings, eq(bookings.id, doses.booking))
    .leftJoin(volunteers, eq(volunteers.id, bookings.volunteer))
    .where(
      and(
        gte(day, asked.from),
        lte(day, asked.until),
        asked.regions && inArray(surpluses.region, asked.regions),
        asked.centres && inArray(surpluses.centre, asked.centres),
      ),
    )
    .groupBy(
      day,
      surpluses.region,
      surpluses.centre,
      surpluses.vaccine,
      bookings.platform,
      volunteers.birthDate,
      doses.state,
    );
