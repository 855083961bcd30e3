import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { ReadingKind } from "../../schema/platform.ts";
import type { Instant, PlatformName } from "../../schema/primitives.ts";
import type { Db } from "./db.ts";
import { readings } from "./tables/platforms.ts";

/* The readings of lists from their beginning; at most one of each platform is open. */

export type ReadingRow = typeof readings.$inferSelect;

const isOpen = (platform: PlatformName) => and(eq(readings.platform, platform), isNull(readings.endedAt));

export const open = async (db: Db, platform: PlatformName): Promise<ReadingRow | undefined> =>
  (await db.select().from(readings).where(isOpen(platform)))[0];

/** The open one, which nobody else changes until this transaction ends. */
export const lockOpen = async (db: Db, platform: PlatformName): Promise<ReadingRow | undefined> =>
  (await db.select().from(readings).where(isOpen(platform)).for("update"))[0];

/** Begins the next one; nothing where one is open. */
export const begin = async (
  db: Db,
  { platform, kind, at }: { platform: PlatformName; kind: ReadingKind; at: Instant },
): Promise<ReadingRow | undefined> => {
  const number = sql<number>`(
    select coalesce(max(r.number), 0) + 1 from readings r where r.platform = ${platform})`;
  const row = { platform, kind, begunAt: at, paceAt: at };
  return (
    await db
      .insert(readings)
      .values({ ...row, number })
      .onConflictDoNothing()
      .returning()
  )[0];
};

export const change = (
  db: Db,
  { platform, number }: Pick<ReadingRow, "platform" | "number">,
  values: Partial<ReadingRow>,
) =>
  db
    .update(readings)
    .set(values)
    .where(and(eq(readings.platform, platform), eq(readings.number, number)));

/** The newest of each platform. */
export const newest = (db: Db): Promise<ReadingRow[]> =>
  db.selectDistinctOn([readings.platform]).from(readings).orderBy(readings.platform, desc(readings.number));

/** The newest, where it ended in doubt; nobody else changes it until this transaction ends. */
export const lockDoubted = async (db: Db, platform: PlatformName): Promise<ReadingRow | undefined> => {
  const of = db.select().from(readings).where(eq(readings.platform, platform));
  const [row] = await of.orderBy(desc(readings.number)).limit(1).for("update");
  return row?.verdict === "doubted" ? row : undefined;
};
