import { and, eq, isNull, lt, type SQL } from "drizzle-orm";
import type { Instant } from "../../schema/primitives.ts";
import type { Db } from "./db.ts";
import { columnsOf, insertMany } from "./many.ts";
import { requests } from "./tables/work.ts";

export type RequestRow = typeof requests.$inferSelect;
export type Name = { caller: string; key: string };
/** One run of a request, told by when it started: another may have taken the key over since. */
type Run = Name & { startedAt: Instant };

/** A request by its caller and key, as one text. */
export const nameOf = ({ caller, key }: Name) => `${caller} ${key}`;
const named = ({ caller, key }: Name) => and(eq(requests.caller, caller), eq(requests.key, key));

const columns = columnsOf(requests, [
  ...["caller", "key", "fingerprint", "status", "replySealed", "startedAt"],
]);

/** Enters many requests under their keys, each with its reply; a key that is there already is refused. */
export const concluding = (
  rows: readonly (Run & { fingerprint: Uint8Array; status: number; replySealed: Uint8Array })[],
): SQL => {
  const inOrder = rows.toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
  return insertMany(columns, inOrder);
};

/** Enters a request under its key; nothing where one is there already. */
export const begin = async (
  db: Db,
  row: Name & { fingerprint: Uint8Array; startedAt: Instant },
): Promise<RequestRow | undefined> =>
  (await db.insert(requests).values(row).onConflictDoNothing().returning())[0];

export const find = async (db: Db, name: Name): Promise<RequestRow | undefined> =>
  (await db.select().from(requests).where(named(name)))[0];

const unfinished = (run: Run) =>
  and(named(run), eq(requests.startedAt, run.startedAt), isNull(requests.status));

/** Keeps the reply; `false` where somebody else has taken the key over, and nothing may be done under it. */
export const finish = async (
  db: Db,
  run: Run,
  reply: { status: number; replySealed: Uint8Array },
): Promise<boolean> =>
  (await db.update(requests).set(reply).where(unfinished(run)).returning({ key: requests.key })).length > 0;

/** Forgets a request that came to nothing, so that its key can be used again. */
export const drop = (db: Db, run: Run) => db.delete(requests).where(unfinished(run));

/** Forgets every request that is older than that, with its reply. */
export const forget = (db: Db, before: Instant) => db.delete(requests).where(lt(requests.startedAt, before));

/** Frees the key of a request that is older than that and never finished: its process has died, or hangs. */
export const abandon = (db: Db, name: Name, before: Instant) =>
  db.delete(requests).where(and(named(name), isNull(requests.status), lt(requests.startedAt, before)));
