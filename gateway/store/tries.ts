import { inArray, lte, sql } from "drizzle-orm";
import type { Instant } from "../../schema/primitives.ts";
import type { Db } from "./db.ts";
import { wrongTries } from "./tables/people.ts";

/*
 * How often somebody has tried in vain, shared by all gateways on the database. A try is counted before it is looked at,
 * so that of many at the same instant no more are looked at than may be.
 */

export type Try = { key: Uint8Array; until: Instant };
export type Count = Try & { count: number };

/** Counts one more under this key, in one statement; what is over counts anew, until then. */
export const count = async (db: Db, tried: Try, now: Instant): Promise<Count> => {
  const [counted] = await db
    .insert(wrongTries)
    .values({ ...tried, count: 1 })
    .onConflictDoUpdate({
      target: wrongTries.key,
      set: {
        count: sql`case when ${wrongTries.until} <= ${now}::timestamptz then 1 else ${wrongTries.count} + 1 end`,
        until: sql`case when ${wrongTries.until} <= ${now}::timestamptz then excluded.until else ${wrongTries.until} end`,
      },
    })
    .returning();
  return counted ?? { ...tried, count: 1 };
};

/** Takes a try back that was none in vain. */
export const forgive = (db: Db, keys: readonly Uint8Array[]) =>
  db
    .update(wrongTries)
    .set({ count: sql`greatest(0, ${wrongTries.count} - 1)` })
    .where(inArray(wrongTries.key, [...keys]));

export const forget = (db: Db, now: Instant) => db.delete(wrongTries).where(lte(wrongTries.until, now));
