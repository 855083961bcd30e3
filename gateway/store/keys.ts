import { and, inArray, isNull } from "drizzle-orm";
import type { Db } from "./db.ts";
import { keys } from "./tables.ts";

export type KeyRow = typeof keys.$inferSelect;

/** Stores a key by its digest; the same key again changes nothing. */
export const put = (db: Db, row: typeof keys.$inferInsert) =>
  db.insert(keys).values(row).onConflictDoNothing();

export const find = async (db: Db, digests: Uint8Array[]): Promise<KeyRow | undefined> =>
  (
    await db
      .select()
      .from(keys)
      .where(and(inArray(keys.digest, digests), isNull(keys.revokedAt)))
  )[0];
