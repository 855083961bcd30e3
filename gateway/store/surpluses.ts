import { and, desc, eq, gte, inArray, lt, or, sql } from "drizzle-orm";
import type { CentreId, Instant, RegionId, SurplusId } from "../../schema/primitives.ts";
import { type DoseCount, noDoses, type SurplusState } from "../../schema/surplus.ts";
import type { Db } from "./db.ts";
import { doses, surpluses } from "./tables/doses.ts";

export type SurplusRow = typeof surpluses.$inferSelect;

export const add = (db: Db, row: SurplusRow) => db.insert(surpluses).values(row);

export const byId = async (db: Db, id: SurplusId): Promise<SurplusRow | undefined> =>
  (await db.select().from(surpluses).where(eq(surpluses.id, id)))[0];

/** The same; whoever takes its free doses waits until this transaction ends. Bookings may still refer to it. */
export const lock = async (db: Db, id: SurplusId): Promise<SurplusRow | undefined> =>
  (await db.select().from(surpluses).where(eq(surpluses.id, id)).for("no key update"))[0];

export const setUsableUntil = (db: Db, id: SurplusId, usableUntil: Instant) =>
  db.update(surpluses).set({ usableUntil }).where(eq(surpluses.id, id));

/** Ends an open surplus; `false` where it had ended. */
export const end = async (db: Db, id: SurplusId, state: Exclude<SurplusState, "open">): Promise<boolean> =>
  (
    await db
      .update(surpluses)
      .set({ state })
      .where(and(eq(surpluses.id, id), eq(surpluses.state, "open")))
      .returning({ id: surpluses.id })
  ).length > 0;

type Listing = {
  regions?: RegionId[];
  centres?: CentreId[];
  centre?: CentreId;
  from?: Instant;
  before?: { at: Instant; id: string };
  limit: number;
};

/** Newest first. */
export const list = (
  db: Db,
  { regions, centres, centre, from, before, limit }: Listing,
): Promise<SurplusRow[]> =>
  db
    .select()
    .from(surpluses)
    .where(
      and(
        regions && inArray(surpluses.region, regions),
        centres && inArray(surpluses.centre, centres),
        centre && eq(surpluses.centre, centre),
        from && gte(surpluses.announcedAt, from),
        before &&
          or(
            lt(surpluses.announcedAt, before.at),
            and(eq(surpluses.announcedAt, before.at), lt(surpluses.id, sql`${before.id}::uuid`)),
          ),
      ),
    )
    .orderBy(desc(surpluses.announcedAt), desc(surpluses.id))
    .limit(limit);

/** Doses by state, of each of those surpluses. */
export const counts = async (db: Db, ids: SurplusId[]): Promise<Map<SurplusId, DoseCount>> => {
  const result = new Map(ids.map((id) => [id, { ...noDoses }]));
  if (ids.length === 0) return result;
  const rows = await db
    .select({ surplus: doses.surplus, state: doses.state, count: sql<number>`count(*)::int` })
    .from(doses)
    .where(inArray(doses.surplus, ids))
    .groupBy(doses.surplus, doses.state);
  for (const row of rows) {
    const count = result.get(row.surplus);
    if (count) count[row.state] = row.count;
  }
  return result;
};
