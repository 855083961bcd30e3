import { eq, sql } from "drizzle-orm";
import type { Db } from "./db.ts";
import { hexOf } from "./digests.ts";
import { arrayOf } from "./many.ts";
import { identityWords } from "./tables/people.ts";

/* Of what the digests of identities were made, and what follows once they are made anew under another key. */

/** Seals are bound to their digest, as PostgreSQL writes it. */
export const boundTo = (digest: Uint8Array) => ({
  table: "identity_words",
  column: "words_sealed",
  id: `\\x${hexOf(digest)}`,
});

export const keep = (db: Db, row: typeof identityWords.$inferInsert) =>
  db.insert(identityWords).values(row).onConflictDoNothing();

export const find = async (db: Db, digest: Uint8Array): Promise<Uint8Array | undefined> =>
  (await db.select().from(identityWords).where(eq(identityWords.digest, digest)))[0]?.wordsSealed;

export const drop = (db: Db, digest: Uint8Array) =>
  db.delete(identityWords).where(eq(identityWords.digest, digest));

/** Forgets those of which nobody is left. */
export const forget = (db: Db) =>
  db.execute(sql`
    delete from identity_words w
    where not exists (select from volunteers v where v.identity_digest = w.digest)
      and not exists (select from former_identities f where f.digest = w.digest)`);

/** Replaces digests by those of the same people under another key, wherever they stand. */
export const replace = async (
  db: Db,
  pairs: readonly { before: Uint8Array; after: Uint8Array }[],
): Promise<void> => {
  const befores = arrayOf(
    pairs.map(({ before }) => before),
    "bytea",
  );
  const told = sql`unnest(${befores}, ${arrayOf(
    pairs.map(({ after }) => after),
    "bytea",
  )}) told (before, after)`;
  await db.execute(sql`
    update volunteers v set identity_digest = told.after from ${told} where v.identity_digest = told.before`);
  await db.execute(sql`
    update former_identities f set digest = told.after from ${told} where f.digest = told.before`);
  await db.execute(sql`
    update officials o set digests = array(
      select distinct coalesce((select told.after from ${told} where told.before = d), d) from unnest(o.digests) d)
    where o.digests && ${befores}`);
};

/** Forgets what was claimed under two keys, once one of them writes alone. */
export const dropTwins = async (db: Db): Promise<void> => {
  await db.execute(sql`delete from twin_identities`);
};
