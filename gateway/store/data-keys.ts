import { and, asc, eq, sql } from "drizzle-orm";
import type { Db } from "./db.ts";
import type { Purpose } from "./keyring.ts";
import { goneAfterSeconds } from "./replicas.ts";
import { dataKeys } from "./tables/keys.ts";

/* The keys that lie in the database, wrapped by one that does not. */

export type DataKeyRow = typeof dataKeys.$inferSelect;
export type KeyName = { purpose: Purpose; version: number };

/** Whoever changes any of them does so alone, so that their changes are counted in the order of their commits. */
export const lock = (db: Db) =>
  db.execute(sql`select pg_advisory_xact_lock(hashtext('everydose data keys'))`);

export const all = (db: Db): Promise<DataKeyRow[]> =>
  db.select().from(dataKeys).orderBy(asc(dataKeys.purpose), asc(dataKeys.version));

export const find = async (db: Db, name: KeyName): Promise<DataKeyRow | undefined> =>
  (await db.select().from(dataKeys).where(named(name)))[0];

/** The number of the last change of any of them; 0 before the first. */
export const lastChange = async (db: Db): Promise<number> =>
  (await db.select({ last: sql<string>`coalesce(max(${dataKeys.changed}), 0)` }).from(dataKeys)).reduce(
    (_, { last }) => Number(last),
    0,
  );

const next = sql`(select coalesce(max(changed), 0) + 1 from data_keys)`;
const now = sql`clock_timestamp()`;

/** Enters a key; `used`: it writes from the start, since nothing was ever written. */
export const add = (
  db: Db,
  { used, ...row }: KeyName & { wrapped: Uint8Array; wrappedBy: string; used: boolean },
) => db.insert(dataKeys).values({ ...row, changed: next, createdAt: now, usedAt: used ? now : null });

/** Enters one of the operator's own keys: it has written until now or, where nobody has, it never does. */
export const addOwn = (db: Db, { isUnwritten, ...name }: KeyName & { isUnwritten: boolean }) => {
  const over = isUnwritten ? { retiredAt: now, removedAt: now } : {};
  return db.insert(dataKeys).values({ ...name, changed: next, createdAt: now, usedAt: now, ...over });
};

const named = ({ purpose, version }: KeyName) =>
  and(eq(dataKeys.purpose, purpose), eq(dataKeys.version, version));

export const rewrap = (
  db: Db,
  { purpose, version }: KeyName,
  { wrapped, wrappedBy }: { wrapped: Uint8Array; wrappedBy: string },
) => db.update(dataKeys).set({ wrapped, wrappedBy, changed: next }).where(named({ purpose, version }));

/** It writes from now on. */
export const use = (db: Db, name: KeyName) =>
  db.update(dataKeys).set({ usedAt: now, changed: next }).where(named(name));

/** Nobody writes under it from now on; one of the operator's own is entered for that. */
export const retire = (db: Db, name: KeyName) =>
  db
    .insert(dataKeys)
    .values({ ...name, changed: next, createdAt: now, usedAt: now, retiredAt: now })
    .onConflictDoUpdate({
      target: [dataKeys.purpose, dataKeys.version],
      set: { retiredAt: now, changed: next },
    });

/** It is not there any more, wrapped or not; of one that signed, what checks that stays. */
export const remove = (db: Db, name: KeyName, publicKey?: string) =>
  db
    .update(dataKeys)
    .set({ publicKey, wrapped: null, wrappedBy: null, removedAt: now, changed: next })
    .where(named(name));

/** Notes how far the renewal of what older versions wrote has come; no change of a key. */
export const noteStep = (
  db: Db,
  name: KeyName,
  { step, after, renewed }: { step: string | null; after: string | null; renewed: number },
) =>
  db
    .update(dataKeys)
    .set({ step, after, renewed: sql`${dataKeys.renewed} + ${renewed}` })
    .where(named(name));

/**
 * Whether every gateway that lives has known the keys up to that change for so long: whatever it was doing before it
 * learned of them is over since. One that has just started has not.
 */
export const allKnow = async (
  db: Db,
  { changed, settleSeconds }: { changed: number; settleSeconds: number },
): Promise<boolean> => {
  const lives = sql`seen_at >= clock_timestamp() - make_interval(secs => ${goneAfterSeconds})`;
  const lately = sql`keys_known_at > clock_timestamp() - make_interval(secs => ${settleSeconds})`;
  const [row] = await db.execute<{ known: boolean }>(sql`
    select not exists (
      select from replicas where ${lives} and (keys_known < ${changed} or keys_known_at is null or ${lately})
    ) as known`);
  return row?.known === true;
};

/** Whether this transaction is the one that renews what keys of this purpose wrote. */
export const takeTurn = async (db: Db, purpose: Purpose): Promise<boolean> => {
  const [row] = await db.execute<{ taken: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtext(${`everydose renewal ${purpose}`})) as taken`,
  );
  return row?.taken === true;
};

/** Whether nobody has ever written in this database, so that no key of the operator's own has. */
export const isUnwritten = async (db: Db): Promise<boolean> => {
  const [row] = await db.execute<{ unwritten: boolean }>(sql`
    select not exists (select from volunteers) and not exists (select from keys)
      and not exists (select from requests) and not exists (select from audit) as unwritten`);
  return row?.unwritten === true;
};
