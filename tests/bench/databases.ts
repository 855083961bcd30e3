import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { startServer } from "../support/server.ts";

/** The server of a benchmark: `DATABASE_URL`'s, else one on this machine, else npm's. */
export const openServer = async (): Promise<{ url: string; stop(): Promise<void> }> => {
  const given = process.env.DATABASE_URL;
  return given ? { url: given, stop: async () => undefined } : startServer();
};

/** An empty database of this run's own on that server. */
export const createDatabase = async (server: string): Promise<{ url: string; drop(): Promise<void> }> => {
  const name = `everydose_bench_${randomBytes(6).toString("hex")}`;
  const asAdmin = async (work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> => {
    const sql = postgres(server, { max: 1, onnotice: () => undefined });
    try {
      await work(sql);
    } finally {
      await sql.end();
    }
  };
  await asAdmin((sql) => sql`create database ${sql(name)}`);
  const own = new URL(server);
  own.pathname = `/${name}`;
  return {
    url: own.href,
    drop: () => asAdmin((sql) => sql`drop database if exists ${sql(name)} with (force)`),
  };
};
