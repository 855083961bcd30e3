import { randomBytes } from "node:crypto";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { startServer } from "./server.ts";

/** The server of all tests: whose address, and the name that every database of this run begins with. */
export type TestServer = { url: string; prefix: string };

declare module "vitest" {
  export interface ProvidedContext {
    postgres: TestServer;
  }
}

const given = () => {
  const url = process.env.DATABASE_URL;
  return url ? { url, stop: async () => undefined } : undefined;
};

/** A real PostgreSQL: DATABASE_URL, else one found on this machine, else npm's. Nothing is ever skipped. */
export default async (project: TestProject) => {
  const server = given() ?? (await startServer());
  const prefix = `everydose_test_${randomBytes(6).toString("hex")}`;
  project.provide("postgres", { url: server.url, prefix });
  return async () => {
    await dropAll({ url: server.url, prefix });
    await server.stop();
  };
};

const dropAll = async ({ url, prefix }: TestServer) => {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  const names = await sql<{ name: string }[]>`
    select datname as name from pg_database where starts_with(datname, ${prefix})`;
  for (const { name } of names) await sql`drop database if exists ${sql(name)} with (force)`;
  await sql.end();
};
