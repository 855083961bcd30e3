import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { openDb } from "../../gateway/store/db.ts";
import { migrate } from "../../gateway/store/migrate.ts";
import { temporaryFolder } from "../support/folder.ts";
import { testDatabase } from "../support/postgres.ts";
import { quiet } from "../support/quiet.ts";

const home = await temporaryFolder();
const server = await testDatabase();
const embedded = await openDb({ directory: join(home, "data") }, quiet);
afterAll(async () => {
  await embedded.close();
  await server.close();
});

let folder: URL;
const write = (name: string, text: string) => writeFile(new URL(name, folder), text);

describe.each([server, embedded])("on $kind", ({ sql }) => {
  beforeEach(async () => {
    await sql`drop schema public cascade`;
    await sql`create schema public`;
    folder = pathToFileURL(`${await mkdtemp(join(home, "migrations-"))}/`);
    await write(
      "0001_towns.sql",
      "create table towns (name text); -- a; comment\ninsert into towns values ('Lint;');",
    );
    await write("0002_people.sql", "alter table towns add column people int;\nupdate towns set people = 1;");
  });

  const towns = async () => [...(await sql`select * from towns`)];

  test("files run in order and once", async () => {
    expect(await migrate(sql, folder)).toEqual(["0001_towns.sql", "0002_people.sql"]);
    expect(await migrate(sql, folder)).toEqual([]);
    expect(await towns()).toEqual([{ name: "Lint;", people: 1 }]);
  });

  test("of many that start at once, each file is run by one, and all return when all is done", async () => {
    const ran = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const names = await migrate(sql, folder);
        expect(await towns()).toHaveLength(1);
        return names;
      }),
    );
    expect(ran.flat().sort()).toEqual(["0001_towns.sql", "0002_people.sql"]);
  });

  test("one that fails leaves nothing of itself, and all that came before", async () => {
    await write("0003_wrong.sql", "create table rest (name text); select 1/0;");
    await expect(migrate(sql, folder)).rejects.toThrow("0003_wrong.sql failed; nothing of it was kept");
    expect(await towns()).toEqual([{ name: "Lint;", people: 1 }]);
    expect([...(await sql`select to_regclass('rest') as rest`)]).toEqual([{ rest: null }]);
    await write("0003_wrong.sql", "create table rest (name text);");
    expect(await migrate(sql, folder)).toEqual(["0003_wrong.sql"]);
  });

  test("nothing runs where a file has changed since it ran, or is missing", async () => {
    await migrate(sql, folder);
    await write("0003_rest.sql", "create table rest (name text);");
    await write("0002_people.sql", "alter table towns add column people bigint;");
    await expect(migrate(sql, folder)).rejects.toThrow("0002_people.sql has changed since it was run");
    await rm(new URL("0002_people.sql", folder));
    await rm(new URL("0003_rest.sql", folder));
    await expect(migrate(sql, folder)).rejects.toThrow(
      "0002_people.sql was run on this database and is missing",
    );
  });

  test("numbers run without a gap and without a double", async () => {
    await write("0002_other.sql", "select 1;");
    await expect(migrate(sql, folder)).rejects.toThrow("0002_people.sql: the numbers run from 0001_");
  });
});

test("whoever was asked before there were ranks stands before those who are asked after them", async () => {
  const { sql } = server;
  await sql`drop schema public cascade`;
  await sql`create schema public`;
  const own = new URL("../../gateway/store/migrations/", import.meta.url);
  folder = pathToFileURL(`${await mkdtemp(join(home, "migrations-"))}/`);
  for (const name of (await readdir(own)).filter((each) => each < "0005"))
    await write(name, await readFile(new URL(name, own), "utf8"));
  await migrate(sql, folder);
  const id = "0b1a4f5e-3a5e-4c6e-9d7c-111111111111";
  await sql.unsafe(`
    insert into campaigns values ('covid', now());
    insert into regions values ('wallonia', '{}');
    insert into centres values ('namur', 'wallonia', '{}');
    insert into policies values ('wallonia', 3, now(), '{"order":[{"name":"65+"},{"name":"at risk"}]}');
    insert into volunteers select '${id}', 'wallonia', 'covid', 'active', '', null, '', '', '{}', null, '1960-02-01',
      false, null, '{}', '{}', '{}', '{}', 'fr', '', now(), now(), now();
    insert into surpluses values ('${id}', 'wallonia', 'covid', 'namur', 'pfizer', now(), now(), 'open');
    insert into invitations (id, region, campaign, centre, surplus, volunteer, state, reason, window_minutes,
      decided_at, leave_by) values ('${id}', 'wallonia', 'covid', 'namur', '${id}', '${id}', 'decided',
      '{"place":7,"group":"at risk","age":61,"policyVersion":3}', 30, now(), now());`);
  await migrate(sql);
  expect([...(await sql`select rank from invitations`)]).toEqual([{ rank: `00 01 1960-02-01 ${id}` }]);
});

test("the gateway's own migrations run on the embedded database as on the server", async () => {
  const shape = (sql: typeof server.sql) => sql`
    select table_name, column_name, data_type, is_nullable, column_default from information_schema.columns
    where table_schema = 'public' order by table_name, column_name`;
  for (const { sql } of [server, embedded]) {
    await sql`drop schema public cascade`;
    await sql`create schema public`;
    await migrate(sql);
  }
  const onServer = [...(await shape(server.sql))];
  expect([...(await shape(embedded.sql))]).toEqual(onServer);
  expect(onServer.length).toBeGreaterThan(50);
});
