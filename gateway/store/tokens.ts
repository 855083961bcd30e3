import { and, eq, gt, inArray, isNull, or, type SQL } from "drizzle-orm";
import type { Instant, VolunteerId } from "../../schema/primitives.ts";
import type { Db } from "./db.ts";
import { columnsOf, insertMany } from "./many.ts";
import { tokens } from "./tables/people.ts";

export type Purpose = typeof tokens.$inferSelect.purpose;
export type TokenRow = typeof tokens.$inferSelect;

const columns = columnsOf(tokens, ["digest", "purpose", "volunteer", "issuedAt"]);

/** Enters many tokens. */
export const issuing = (rows: readonly (typeof tokens.$inferInsert)[]): SQL => insertMany(columns, rows);

/** Enters a token; the same one again stays as it is. */
export const issue = (db: Db, row: typeof tokens.$inferInsert) =>
  db.insert(tokens).values(row).onConflictDoNothing();

/** What a token opens, by any of the digests of the known keys; nothing once it is expired or revoked. */
export const find = async (
  db: Db,
  { digests, purposes, now }: { digests: Uint8Array[]; purposes: readonly Purpose[]; now: Instant },
): Promise<TokenRow | undefined> =>
  (
    await db
      .select()
      .from(tokens)
      .where(
        and(
          inArray(tokens.digest, digests),
          inArray(tokens.purpose, [...purposes]),
          isNull(tokens.revokedAt),
          or(isNull(tokens.expiresAt), gt(tokens.expiresAt, now)),
        ),
      )
  )[0];

/** The same token, by its digest under another key. */
export const redigest = (db: Db, { before, after }: { before: Uint8Array; after: Uint8Array }) =>
  db.update(tokens).set({ digest: after }).where(eq(tokens.digest, before));

export const revokeAll = (db: Db, volunteer: VolunteerId, at: Instant) =>
  db
    .update(tokens)
    .set({ revokedAt: at })
    .where(and(eq(tokens.volunteer, volunteer), isNull(tokens.revokedAt)));
