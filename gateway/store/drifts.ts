import { and, asc, eq, getTableColumns, inArray, isNull, lt, sql } from "drizzle-orm";
import type { Difference } from "../../schema/platform.ts";
import type { Instant, PlatformName } from "../../schema/primitives.ts";
import type { Db } from "./db.ts";
import { drifts } from "./tables/platforms.ts";

/* In what the platforms' answers differ from their API documents. One that is over keeps its row. */

/** So many answers that differed in the same way. */
export type Sighting = Difference & { count: number };

/** Returns whether it is new, or back after it was over: in any number of gateways, only one is told so. */
export const see = async (
  db: Db,
  { platform, at, ...seen }: Sighting & { platform: PlatformName; at: Instant },
): Promise<boolean> => {
  const isOver = sql`${drifts.endedAt} is not null`;
  const rows = await db
    .insert(drifts)
    .values({ platform, ...seen, firstSeenAt: at, lastSeenAt: at })
    .onConflictDoUpdate({
      target: [drifts.platform, drifts.operation, drifts.pointer, drifts.keyword],
      set: {
        ...{ documented: seen.documented, came: seen.came, endedAt: null },
        lastSeenAt: sql`greatest(${drifts.lastSeenAt}, excluded.last_seen_at)`,
        firstSeenAt: sql`case when ${isOver} then excluded.first_seen_at else ${drifts.firstSeenAt} end`,
        count: sql`case when ${isOver} then excluded.count else ${drifts.count} + excluded.count end`,
      },
    })
    .returning({ count: drifts.count });
  return rows[0]?.count === seen.count;
};

/** Ends those of operations that are answered well again, and were not seen since `quietSince`. */
export const end = (
  db: Db,
  {
    platform,
    operations,
    quietSince,
    at,
  }: { platform: PlatformName; operations: string[] } & Record<"quietSince" | "at", Instant>,
) =>
  db
    .update(drifts)
    .set({ endedAt: at })
    .where(
      and(
        eq(drifts.platform, platform),
        inArray(drifts.operation, operations),
        isNull(drifts.endedAt),
        lt(drifts.lastSeenAt, quietSince),
      ),
    )
    .returning();

/** What is not over, the oldest first. */
export const open = (db: Db) => {
  const { endedAt: _, ...columns } = getTableColumns(drifts);
  return db
    .select(columns)
    .from(drifts)
    .where(isNull(drifts.endedAt))
    .orderBy(asc(drifts.firstSeenAt), asc(drifts.operation), asc(drifts.pointer), asc(drifts.keyword));
};
