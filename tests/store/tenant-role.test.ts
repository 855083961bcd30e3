import { sql as text } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { obstaclesIn } from "../../gateway/obstacle.ts";
import { narrowed, openDb } from "../../gateway/store/db.ts";
import { migrate } from "../../gateway/store/migrate.ts";
import type { RegionId } from "../../schema/primitives.ts";
import { quiet } from "../support/quiet.ts";
import { type Server, startServer } from "../support/server.ts";

/* Roles are of a whole server. A server of its own, on which there is none yet, and logins that may do little. */

let server: Server;
let admin: postgres.Sql;
beforeAll(async () => {
  server = await startServer();
  admin = postgres(server.url, { max: 1, onnotice: () => undefined });
});
afterAll(async () => {
  await admin.end();
  await server.stop();
});

/** A database that belongs to a login of its own, which is no superuser. */
const owned = async (name: string, rights = "") => {
  await admin.unsafe(`create role ${name} login ${rights}`);
  await admin.unsafe(`create database ${name} owner ${name}`);
  const url = new URL(server.url);
  Object.assign(url, { username: name, pathname: `/${name}` });
  return openDb({ url: url.href, connections: 1 }, quiet);
};

test("a login that may neither create the role nor take it on is told what somebody has to do, and nothing is begun", async () => {
  const db = await owned("plain");
  const refusal = await migrate(db.sql).catch((error: unknown) => error);
  const [told] = obstaclesIn(refusal, { mode: "production" } as never) ?? [];
  expect(told).toMatch(/^DATABASE_URL: plain may not act as the role everydose_tenant and may not create it/);
  expect([...(await db.sql`select to_regclass('migrations') as begun`)]).toEqual([{ begun: null }]);

  const remedy = /run: (.*)$/.exec(told ?? "")?.[1] ?? "";
  await admin.unsafe(remedy);
  expect(await migrate(db.sql)).not.toEqual([]);
  await db.close();
});

test("a login that owns the tables is bound by no policy, and its callers are", async () => {
  const db = await owned("owner", "createrole");
  await migrate(db.sql);
  await db.sql`insert into regions (id, document) values ('brussels', '{}'), ('wallonia', '{}')`;
  await db.sql`insert into binding_changes (id, region, centres, roles, from_at, ordered_by, ordered_at)
    select gen_random_uuid(), id, '{}', '[]', now(), 'agency', now() from regions`;
  const seen = text`select region from binding_changes order by region`;
  expect(await db.orm.execute(seen)).toHaveLength(2);
  const ofBrussels = narrowed(db.orm, { regions: ["brussels" as RegionId] });
  expect([...(await ofBrussels.execute(seen))]).toEqual([{ region: "brussels" }]);
  await db.close();
});

test("gateways that start at once on many databases of one server share the role", async () => {
  await admin`drop database plain`;
  await admin`drop database owner`;
  await admin`drop role everydose_tenant`;
  const names = Array.from({ length: 6 }, (_, nth) => `several_${nth}`);
  const databases = [];
  for (const name of names) databases.push(await owned(name, "superuser"));
  const ran = await Promise.all(databases.map(({ sql }) => migrate(sql)));
  expect(new Set(ran.map(({ length }) => length)).size).toBe(1);
  for (const db of databases) await db.close();
});
