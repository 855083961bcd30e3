import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { promisify } from "node:util";
import postgres from "postgres";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { newVolunteer } from "../support/gateway.ts";
import { type TestDatabase, testDatabase } from "../support/postgres.ts";
import { productionSettings, writtenKey } from "../support/production.ts";
import { startWorkers, type Workers } from "./workers.ts";

/* A backup in the wrong hands: restored into another database by somebody who has not the keys. */

const run = promisify(execFile);
const input = newVolunteer({
  ...{ givenName: "Zebulonius", familyName: "Quackenbush-Ottendorf", born: "1950-01-15" },
  contact: { email: "zebulonius.quack@example.org", mobile: "+32470998877" },
  helper: {
    name: "Wilhelmina Ravensbourne",
    contact: { email: "mina.raven@example.org", mobile: "+32471887766" },
  },
});
const planted = [
  ...[
    "Zebulonius",
    "Quackenbush",
    "Ottendorf",
    "Wilhelmina",
    "Ravensbourne",
    "zebulonius.quack",
    "mina.raven",
  ],
  ...["470998877", "471887766", input.nationalNumber ?? ""],
];

let database: TestDatabase;
let restored: string;
const started: Workers[] = [];
const start = (settings: Record<string, string>) => {
  const workers = startWorkers(1, settings);
  started.push(workers);
  return workers;
};
const stop = async (workers: Workers) => {
  workers.kill("SIGTERM");
  await workers.ended;
};
const read = async (url: string, token: string) =>
  (await fetch(`${url}/v1/volunteer`, { headers: { authorization: `Bearer ${token}` } })).json();

/** PostgreSQL's own backup where the machine has its tools, and otherwise every row as text. */
const dump = async (): Promise<string> => {
  const tools = await run("pg_dump", ["--version"]).catch(() => undefined);
  const server = Number((await database.sql`show server_version_num`)[0]?.server_version_num) / 10_000;
  if (tools && Number(/(\d+)/.exec(tools.stdout)?.[1]) >= Math.floor(server))
    return (await run("pg_dump", ["--no-owner", database.url], { maxBuffer: 1e9 })).stdout;
  const tables = await database.sql<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname = 'public'`;
  const texts: string[] = [];
  for (const { name } of tables)
    texts.push(
      ...(await database.sql.unsafe(`select t::text as row from "${name}" t`)).map(({ row }) => row),
    );
  return texts.join("\n");
};

/** Into an empty database of its own. */
const restore = async (text: string): Promise<string> => {
  const { url, prefix } = inject("postgres");
  const server = postgres(url, { max: 1, onnotice: () => undefined });
  const own = new URL(url);
  const name = `${prefix}_restored_${randomBytes(4).toString("hex")}`;
  own.pathname = `/${name}`;
  const isDump = text.includes("PostgreSQL database dump");
  if (!isDump)
    await database.sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`;
  await server.unsafe(
    `create database ${name}${isDump ? "" : ` template ${new URL(database.url).pathname.slice(1)}`}`,
  );
  await server.end();
  if (!isDump) return own.href;
  const restoring = run("psql", ["--quiet", "--set", "ON_ERROR_STOP=1", own.href], { maxBuffer: 1e9 });
  restoring.child.stdin?.end(text);
  await restoring;
  return own.href;
};

let token: string;
let text: string;
beforeAll(async () => {
  database = await testDatabase();
  const workers = start(productionSettings(database.url));
  const url = await workers.ready();
  const reply = await fetch(`${url}/v1/volunteers`, {
    method: "POST",
    body: JSON.stringify(input),
    headers: { "content-type": "application/json", "idempotency-key": '"planted"' },
  });
  const answered = await reply.text();
  expect(`${reply.status} ${answered}`).toMatch(/^201 /);
  const registered: { token: string } = JSON.parse(answered);
  ({ token } = registered);
  expect(await read(url, token)).toMatchObject({ givenName: "Zebulonius" });
  await stop(workers);
  text = await dump();
  restored = await restore(text);
});
afterAll(async () => {
  for (const workers of started) {
    workers.kill("SIGKILL");
    await workers.ended;
  }
  await database.close();
});

test("the backup holds the registration, and nothing of whom it is about can be read in it", () => {
  expect(text).toContain("volunteer.registered");
  const lower = text.toLowerCase();
  for (const word of [...planted, token])
    for (const form of ["utf8", "hex", "base64"] as const) {
      const written = Buffer.from(word).toString(form).replace(/=+$/, "").toLowerCase();
      expect(`${word} ${lower.includes(form === "base64" ? written.slice(0, -1) : written)}`).toBe(
        `${word} false`,
      );
    }
});

test("without the keys no gateway starts on it, and says which key is missing", async () => {
  const keys = {
    EVERYDOSE_SEALING_KEY: writtenKey(7),
    EVERYDOSE_DIGEST_KEY: writtenKey(8),
  };
  const workers = start({ ...productionSettings(restored), ...keys });
  expect(await workers.ended).toBe(1);
  expect(workers.said.log).toMatch(
    /EVERYDOSE_SEALING_KEY: its version 1 is missing, or is not that which wrote/,
  );
  for (const word of planted) expect(workers.said.log).not.toContain(word);
});

test("nor with the check value taken out: the data keys themselves do not come back", async () => {
  const sql = postgres(restored, { max: 1 });
  await sql`delete from beginnings where name <> 'kind'`;
  const workers = start({ ...productionSettings(restored), EVERYDOSE_SEALING_KEY: writtenKey(7) });
  expect(await workers.ended).toBe(1);
  expect(workers.said.log).toMatch(/EVERYDOSE_SEALING_KEY: ring 1 did not wrap everydose \w+ 10001/);
  await sql`delete from beginnings where name <> 'kind'`;
  await sql.end();
});

test("with the keys it is what it was", async () => {
  const workers = start(productionSettings(restored));
  expect(await read(await workers.ready(), token)).toMatchObject({
    givenName: "Zebulonius",
    familyName: "Quackenbush-Ottendorf",
  });
});
