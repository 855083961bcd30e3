import { sql as text } from "drizzle-orm";
import postgres from "postgres";
import type { Log } from "../../schema/adapter.ts";
import { openEmbedded } from "./embedded/server.ts";
import { withoutData } from "./error.ts";
import { type Db, ormOver } from "./session.ts";

export { DirectoryInUse } from "./embedded/lock.ts";
export { isDeadlock, isRefusedValue, isTaken, isUnreachable, StoreError } from "./error.ts";
export { acrossRegions, type Db, narrowed } from "./session.ts";
export { NoTenantRole, type Reach } from "./tenancy.ts";

export type Database = {
  orm: Db;
  /**
   * Connections of their own for registrations: a crowd of them, or one that waits for a lock, keeps nobody else
   * waiting. The driver sends queries one behind the other on a connection once all are busy, so even two flushes
   * could hold up whatever was sent behind them. The embedded database has one connection for everybody.
   */
  intake: Db;
  /** The bare driver, for migrations, locks and tests. Its errors carry parameters: they may not leave the store. */
  sql: postgres.Sql;
  kind: "postgres" | "embedded";
  /** Lets running queries end, for five seconds at most, then closes. Safe to repeat. */
  close(): Promise<void>;
};

type Where = { url: string; connections?: number } | { directory: string };

/**
 * In seconds, after so many attempts that failed. The driver itself would come to wait for 20, and whoever asks after
 * the database is back would wait with it.
 */
const reconnectAfter = (attempts: number): number =>
  Math.min(1, 3 ** attempts / 100) * (0.5 + Math.random() / 2);

/** The same for both databases, so that an answer looks the same from either. */
const both = {
  onnotice: () => undefined,
  backoff: reconnectAfter,
  connection: { application_name: "everydose", TimeZone: "UTC" },
} satisfies postgres.Options<Record<string, never>>;

/**
 * In milliseconds. No transaction of ours waits for anything but the database. One whose gateway is stuck would keep
 * every dead row of the queue in place, and whoever asks people would read over more of them from second to second.
 */
const longestIdle = 60_000;

/** In milliseconds: a registration that takes longer is given up, and nothing of it is done. */
const longestIntake = 8_000;

/** What is answered is on the disk, whatever the server, the database or the user has as its own default. */
const durable = { synchronous_commit: "on" };

/** No connection can ask for these: a server without them loses or tears what it acknowledged when its machine stops. */
const warnOfLoss = async ({ kind, sql }: Database, log: Log): Promise<void> => {
  if (kind !== "postgres") return;
  const [now] = await sql<{ fsync: string; pages: string }[]>`
    select current_setting('fsync') as fsync, current_setting('full_page_writes') as pages`;
  const off = [
    ...(now?.fsync === "off" ? ["fsync"] : []),
    ...(now?.pages === "off" ? ["full_page_writes"] : []),
  ];
  if (off.length > 0)
    log.warn({ off }, "this PostgreSQL may lose what it has acknowledged when its machine stops");
};

const openServer = ({ url, connections = 10 }: { url: string; connections?: number }): Database => {
  const connection = { ...both.connection, ...durable, idle_in_transaction_session_timeout: longestIdle };
  const sql = postgres(url, { ...both, connection, max: connections, connect_timeout: 10 });
  const limited = { ...connection, statement_timeout: longestIntake };
  const intake = postgres(url, { ...both, connection: limited, max: 3, connect_timeout: 10 });
  const close = async () => {
    await Promise.all([sql.end({ timeout: 5 }), intake.end({ timeout: 5 })]);
  };
  return { orm: ormOver(sql), intake: ormOver(intake), sql, kind: "postgres", close };
};

/** One connection, for ever: embedded/server.ts says why. */
const openDirectory = async (directory: string, log: Log): Promise<Database> => {
  const embedded = await openEmbedded(directory, log);
  const sql = postgres({ ...both, ...embedded.address, max: 1, max_lifetime: null });
  const shut = async () => {
    await sql.end({ timeout: 5 });
    await embedded.close();
  };
  let shutting: Promise<void> | undefined;
  const close = () => {
    shutting ??= shut();
    return shutting;
  };
  const orm = ormOver(sql);
  return { orm, intake: orm, sql, kind: "embedded", close };
};

/**
 * Opens a PostgreSQL server, or the embedded PostgreSQL of a data directory, and proves it with a query. Throws
 * `DirectoryInUse` where another process has the directory, `StoreError` where no server answers.
 */
export const openDb = async (where: Where, log: Log): Promise<Database> => {
  const db = "url" in where ? openServer(where) : await openDirectory(where.directory, log);
  try {
    await db.sql`select 1`;
    await warnOfLoss(db, log);
    return db;
  } catch (error) {
    await db.close();
    throw withoutData(error);
  }
};

/**
 * From here on a transaction reads everything as of one moment, whatever others write meanwhile; before its first
 * query, and only where it changes nothing that others may: it may add lines.
 */
export const atOneMoment = (db: Db) => db.execute(text`set transaction isolation level repeatable read`);

/** Asks the database for nothing; throws `StoreError` where it does not answer. */
export const ping = (db: Db) => db.execute(text`select 1`);
