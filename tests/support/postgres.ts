import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { inject } from "vitest";
import { type Database, openDb } from "../../gateway/store/db.ts";
import { migrate } from "../../gateway/store/migrate.ts";
import { quiet } from "./quiet.ts";

export type TestDatabase = Database & { url: string };

/**
 * A migrated database of the caller's own on a real PostgreSQL, in some tens of milliseconds. `close()` drops
 * it; what nobody closed is dropped when the run ends.
 */
export const testDatabase = async (): Promise<TestDatabase> => {
  const { url, prefix } = inject("postgres");
  const name = `${prefix}_${randomBytes(6).toString("hex")}`;
  await withServer(url, async (sql) => {
    await sql`create database ${sql(name)} template ${sql(await template(sql))}`;
  });
  const own = at(url, name);
  const db = await openDb({ url: own }, quiet);
  const close = async () => {
    await db.close();
    await withServer(url, (sql) => sql`drop database if exists ${sql(name)} with (force)`);
  };
  return { ...db, url: own, close };
};

/** The migrated template of this run; the first who needs it makes it while the others wait. */
const template = async (sql: postgres.Sql): Promise<string> => {
  const { url, prefix } = inject("postgres");
  const name = `${prefix}_template`;
  await sql`select pg_advisory_lock(hashtext(${name}))`;
  const [present] = await sql`select from pg_database where datname = ${name}`;
  if (!present) await make(sql, name, url);
  await sql`select pg_advisory_unlock(hashtext(${name}))`;
  return name;
};

const make = async (sql: postgres.Sql, name: string, url: string) => {
  const unfinished = `${name}_unfinished`;
  await sql`drop database if exists ${sql(unfinished)} with (force)`;
  await sql`create database ${sql(unfinished)}`;
  await withServer(at(url, unfinished), migrate);
  await sql`alter database ${sql(unfinished)} rename to ${sql(name)}`;
};

const at = (url: string, name: string): string => {
  const own = new URL(url);
  own.pathname = `/${name}`;
  return own.href;
};

const withServer = async <Result>(url: string, work: (sql: postgres.Sql) => PromiseLike<Result>) => {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
};
