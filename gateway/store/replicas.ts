import { sql } from "drizzle-orm";
import type { Db } from "./db.ts";

/* The gateways that share this database. Their time is the database's own, which is one and the same for all. */

/** Whoever was not seen for so long is dead, or as good as dead: it must say that it lives several times meanwhile. */
export const goneAfterSeconds = 10;

/**
 * Says that this one lives, and up to which change it knows the data keys; answers with how many live. The orders that the dead held are free at once: should one of
 * them only have been slow, nothing that it says of those counts any more.
 */
export const seen = async (db: Db, id: string, keysKnown = 0): Promise<number> => {
  const isGone = sql`seen_at < clock_timestamp() - make_interval(secs => ${goneAfterSeconds})`;
  const [row] = await db.execute<{ living: number }>(sql`
    with gone as (delete from replicas where id <> ${id} and ${isGone} returning id),
    freed as (
      update outbox set claimed_until = null, claimed_by = null where claimed_by in (select id from gone)),
    unsent as (
      update webhook_deliveries set claimed_until = null, claimed_by = null
      where claimed_until is not null and claimed_by in (select id from gone)),
    here as (
      insert into replicas as r (id, seen_at, keys_known, keys_known_at)
      values (${id}, clock_timestamp(), ${keysKnown}, clock_timestamp())
      on conflict (id) do update set seen_at = excluded.seen_at, keys_known = excluded.keys_known,
        keys_known_at = case when r.keys_known = excluded.keys_known
          then r.keys_known_at else excluded.keys_known_at end)
    select 1 + count(*)::int as living from replicas where id <> ${id} and not (${isGone})`);
  return row?.living ?? 1;
};

/** It ends, and the others need not wait until it is missed. */
export const leave = (db: Db, id: string) => db.execute(sql`delete from replicas where id = ${id}`);
