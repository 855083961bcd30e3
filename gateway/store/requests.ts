import { and, eq, isNull, lt } from "drizzle-orm";
import type { Instant } from "../../schema/primitives.ts";
import type { Db } from "./db.ts";
import { requests } from "./tables.ts";

export type RequestRow = typeof requests.$inferSelect;
type Name = { caller: string; key: string };

const named = ({ caller, key }: Name) => and(eq(requests.caller, caller), eq(requests.key, key));

/** Enters a request under its key; nothing where one is there already. */
export const begin = async (
  db: Db,
  row: Name & { fingerprint: Uint8Array; startedAt: Instant },
): Promise<RequestRow | undefined> =>
  (await db.insert(requests).values(row).onConflictDoNothing().returning())[0];

export const find = async (db: Db, name: Name): Promise<RequestRow | undefined> =>
  (await db.select().from(requests).where(named(name)))[0];

export const finish = (db: Db, name: Name, reply: { status: number; replySealed: Uint8Array }) =>
  db.update(requests).set(reply).where(named(name));

/** Forgets a request that came to nothing, so that its key can be used again. */
export const drop = (db: Db, name: Name) =>
  db.delete(requests).where(and(named(name), isNull(requests.status)));

/** Forgets what is older than that; and takes over a request whose process died before it answered. */
export const forget = (db: Db, before: Instant) => db.delete(requests).where(lt(requests.startedAt, before));
export const abandon = (db: Db, name: Name, before: Instant) =>
  db.delete(requests).where(and(named(name), isNull(requests.status), lt(requests.startedAt, before)));
