import { and, desc, eq, inArray, isNull, notInArray, sql } from "drizzle-orm";
import type { Instant } from "../../schema/primitives.ts";
import type { Db } from "./db.ts";
import { arrayOf } from "./many.ts";
import { keys } from "./tables/keys.ts";

type KeyRow = typeof keys.$inferSelect;

/** Stores a key by its digest; one that was revoked is valid again, for what it is given now. */
export const put = (db: Db, row: typeof keys.$inferInsert) =>
  db
    .insert(keys)
    .values(row)
    .onConflictDoUpdate({
      target: keys.digest,
      set: { role: row.role, regions: row.regions, centres: row.centres, revokedAt: null },
    });

/** Ends every key under these labels but those of these digests. */
export const revokeOthers = (
  db: Db,
  { labels, digests, at }: { labels: string[]; digests: Uint8Array[]; at: Instant },
) =>
  db
    .update(keys)
    .set({ revokedAt: at })
    .where(and(inArray(keys.label, labels), notInArray(keys.digest, digests), isNull(keys.revokedAt)));

export const find = async (db: Db, digests: Uint8Array[]): Promise<KeyRow | undefined> =>
  (
    await db
      .select()
      .from(keys)
      .where(and(inArray(keys.digest, digests), isNull(keys.revokedAt)))
  )[0];

/** The same key, by its digest under another key of the database, unless it is there already. */
export const redigest = (db: Db, { before, after }: { before: Uint8Array; after: Uint8Array }) =>
  db
    .update(keys)
    .set({ digest: after })
    .where(
      and(
        eq(keys.digest, before),
        sql`not exists (select from ${keys} other where other.digest = (${arrayOf([after], "bytea")})[1])`,
      ),
    );

/** Those that were not revoked, the newest first. */
export const valid = (db: Db): Promise<KeyRow[]> =>
  db.select().from(keys).where(isNull(keys.revokedAt)).orderBy(desc(keys.issuedAt), keys.label);

/** Two who make a key of one label at once do so one after the other. */
export const lockLabels = (db: Db) =>
  db.execute(sql`select pg_advisory_xact_lock(hashtext('everydose keys'))`);

/** Ends the key of that label; `false` where none is valid. */
export const revoke = async (db: Db, label: string, at: Instant): Promise<boolean> =>
  (
    await db
      .update(keys)
      .set({ revokedAt: at })
      .where(and(eq(keys.label, label), isNull(keys.revokedAt)))
      .returning({ label: keys.label })
  ).length > 0;
