import { inArray, lte, sql } from "drizzle-orm";
import type { Instant } from "../../schema/primitives.ts";
import type { Db } from "./db.ts";
import { wrongTries } from "./tables/people.ts";

/*
 * How often somebody has tried in vain, shared by all gateways on the database. A try is counted before it is looked at,
 * so that of many at the same instant no more are looked at than may be.
 */

export type Try = { key: Uint8Array; until: Instant };
export type Count = { key: Uint8Array; count: number; until: Instant };

/** Counts one more under each of these keys, in one statement; what is over counts anew, until then. */
export const count = (db: Db, tried: readonly Try[], now: Instant): Promise<Count[]> =>
  db
    .insert(wrongTries)
    .values(
      tried
        .map((each) => ({ ...each, count: 1 }))
        // In the one order in which anybody locks several.
        .toSorted((one, other) => Buffer.compare(one.key, other.key)),
    )
    .onConflictDoUpdate({
      target: wrongTries.key,
      set: {
        count: sql`case when ${wrongTries.until} <= ${now}::timestamptz then 1 else ${wrongTries.count} + 1 end`,
        until: sql`case when ${wrongTries.until} <= ${now}::timestamptz then excluded.until else ${wrongTries.until} end`,
      },
    })
    .returning();

/** Takes a try back that was none in vain. */
export const forgive = (db: Db, keys: readonly Uint8Array[]) =>
  db
    .update(wrongTries)
    .set({ count: sql`greatest(0, ${wrongTries.count} - 1)` })
    .where(inArray(wrongTries.key, [...keys]));

export const forget = (db: Db, now: Instant) => db.delete(wrongTries).where(lte(wrongTries.until, now));
