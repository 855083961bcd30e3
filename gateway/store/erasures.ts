import { and, asc, desc, eq, inArray, lt, or, sql } from "drizzle-orm";
import type { ErasureId, Instant, RegionId } from "../../schema/primitives.ts";
import type { Db } from "./db.ts";
import { isAnyOf } from "./many.ts";
import { erasureReceipts, erasures, tombstones } from "./tables/rights.ts";

/* Who was forgotten, who was told of it, and whom no list may bring back. */

export type ErasureRow = typeof erasures.$inferSelect;
export type ReceiptRow = typeof erasureReceipts.$inferSelect;
type Name = { erasure: ErasureId; number: number };

export const add = async (db: Db, row: ErasureRow): Promise<void> => {
  await db.insert(erasures).values(row);
};

export const addReceipts = async (db: Db, rows: readonly ReceiptRow[]): Promise<void> => {
  if (rows.length > 0) await db.insert(erasureReceipts).values([...rows]);
};

export const byId = async (db: Db, id: ErasureId): Promise<ErasureRow | undefined> =>
  (await db.select().from(erasures).where(eq(erasures.id, id)))[0];

/** The same, and nobody else changes it until this transaction ends. */
export const lock = async (db: Db, id: ErasureId): Promise<ErasureRow | undefined> =>
  (await db.select().from(erasures).where(eq(erasures.id, id)).for("update"))[0];

/** The account that a token opens, by any of its digests under the known keys. */
export const byToken = async (db: Db, digests: Uint8Array[]): Promise<ErasureRow | undefined> =>
  (await db.select().from(erasures).where(inArray(erasures.tokenDigest, digests)))[0];

/** Its token under the key that writes now: only whoever brings it has its words. */
export const redigest = (db: Db, id: ErasureId, tokenDigest: Uint8Array) =>
  db.update(erasures).set({ tokenDigest }).where(eq(erasures.id, id));

export const receiptsOf = (db: Db, ids: readonly ErasureId[]): Promise<ReceiptRow[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db
        .select()
        .from(erasureReceipts)
        .where(inArray(erasureReceipts.erasure, [...ids]))
        .orderBy(asc(erasureReceipts.erasure), asc(erasureReceipts.number));

const named = ({ erasure, number }: Name) =>
  and(eq(erasureReceipts.erasure, erasure), eq(erasureReceipts.number, number));

export const receipt = async (db: Db, name: Name): Promise<ReceiptRow | undefined> =>
  (await db.select().from(erasureReceipts).where(named(name)))[0];

/** Notes what became of it, where it is still in that state; whether it was. */
export const settleReceipt = async (
  db: Db,
  { state, ...name }: Name & Pick<ReceiptRow, "state">,
  values: Partial<ReceiptRow>,
): Promise<boolean> =>
  (
    await db
      .update(erasureReceipts)
      .set(values)
      .where(and(named(name), eq(erasureReceipts.state, state)))
      .returning({ number: erasureReceipts.number })
  ).length > 0;

/** One more try that came to nothing. */
export const noteTry = (db: Db, name: Name, { fault, at }: { fault: string; at: Instant }) =>
  db
    .update(erasureReceipts)
    .set({ tries: sql`${erasureReceipts.tries} + 1`, fault, at })
    .where(and(named(name), eq(erasureReceipts.state, "waiting")));

export const finish = (db: Db, id: ErasureId, doneAt: Instant | null) =>
  db.update(erasures).set({ doneAt }).where(eq(erasures.id, id));

/** The law keeps nothing of it any more. */
export const endKeeping = (db: Db, id: ErasureId, doneAt: Instant | null) =>
  db.update(erasures).set({ keptUntil: null, doneAt }).where(eq(erasures.id, id));

type Listing = {
  regions?: RegionId[];
  open?: boolean;
  after?: { at: Instant; id: ErasureId };
  limit: number;
};

/** The newest first. */
export const list = (db: Db, { regions, open, after, limit }: Listing): Promise<ErasureRow[]> =>
  db
    .select()
    .from(erasures)
    .where(
      and(
        regions && inArray(erasures.region, regions),
        open === undefined
          ? undefined
          : open
            ? sql`${erasures.doneAt} is null`
            : sql`${erasures.doneAt} is not null`,
        after &&
          or(lt(erasures.askedAt, after.at), and(eq(erasures.askedAt, after.at), lt(erasures.id, after.id))),
      ),
    )
    .orderBy(desc(erasures.askedAt), desc(erasures.id))
    .limit(limit);

export const bar = async (db: Db, rows: readonly (typeof tombstones.$inferInsert)[]): Promise<void> => {
  if (rows.length > 0)
    await db
      .insert(tombstones)
      .values([...rows])
      .onConflictDoUpdate({
        target: [tombstones.digest, tombstones.region],
        set: { erasure: sql`excluded.erasure`, untilAt: sql`excluded.until_at` },
      });
};

/** Who is kept out by these digests at that moment, why, and since when. */
export const barred = async (
  db: Db,
  digests: readonly Uint8Array[],
  now: Instant,
): Promise<{ digest: Uint8Array; cause: ErasureRow["cause"]; since: Instant }[]> =>
  digests.length === 0
    ? []
    : db
        .select({ digest: tombstones.digest, cause: erasures.cause, since: erasures.askedAt })
        .from(tombstones)
        .innerJoin(erasures, eq(erasures.id, tombstones.erasure))
        .where(
          and(isAnyOf(tombstones.digest, digests, "bytea"), sql`${tombstones.untilAt} > ${now}::timestamptz`),
        );

/** Somebody has come back of their own will: whatever kept them out is gone, by whichever word. */
export const unbar = (db: Db, digests: readonly Uint8Array[]) =>
  db
    .delete(tombstones)
    .where(
      sql`${tombstones.erasure} in (select t.erasure from ${tombstones} t where ${isAnyOf(sql`t.digest`, digests, "bytea")})`,
    );
