import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { IssuedKey } from "../../schema/key.ts";
import { Work } from "../../schema/work.ts";
import { type TestDatabase, testDatabase } from "../support/postgres.ts";
import { productionSettings } from "../support/production.ts";
import { startWorkers, type Workers } from "./workers.ts";

/* A long list on its way in, with gateways that are killed in the middle of it: each row is taken once. */

const people = 4_000;
/** Numbers in letters, since no name has a figure in it. */
const lettered = (nth: number) => [...String(nth)].map((figure) => "abcdefghij"[Number(figure)]).join("");
const list = [
  "Nom;Prénom;Date de naissance;GSM",
  ...Array.from(
    { length: people },
    (_, nth) => `Peeters;An${lettered(nth)};01/02/${1930 + (nth % 40)};0470${String(100_000 + nth)}`,
  ),
].join("\n");

let database: TestDatabase;
const started: Workers[] = [];
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  for (const workers of started) {
    workers.kill("SIGKILL");
    await workers.ended;
  }
  await database.close();
});

const start = async () => {
  const workers = startWorkers(2, productionSettings(database.url));
  started.push(workers);
  return { workers, url: await workers.ready() };
};
const taken = async (): Promise<number> =>
  (await database.sql<{ done: number }[]>`select done from work`)[0]?.done ?? 0;
const until = async (rows: number) => {
  while ((await taken()) < rows) await sleep(20);
};
const bearing = (key: string, type = "application/json") => ({
  authorization: `Bearer ${key}`,
  "content-type": type,
});

test("a list whose gateways are killed on the way, and killed again, has each row taken and counted once", async () => {
  const { workers, url } = await start();
  const made = await fetch(`${url}/v1/keys`, {
    method: "POST",
    headers: bearing("f".repeat(64)),
    body: JSON.stringify({ label: "binche", role: "lead", centres: ["binche"] }),
  });
  const { key } = IssuedKey.parse(await made.json());
  const sent = await fetch(`${url}/v1/centres/binche/imports`, {
    method: "POST",
    headers: { ...bearing(key, "text/csv"), prefer: "respond-async" },
    body: list,
  });
  expect(sent.status).toBe(202);
  const { id, total } = Work.parse(await sent.json());
  expect(total).toBe(people);
  await until(300);
  // Both at once, whichever has it; others take their place. Then those, with whoever looks after them.
  for (const pid of workers.pids()) process.kill(pid, "SIGKILL");
  const before = await taken();
  expect(before).toBeLessThan(people);
  await until(Math.min(people - 500, before + 300));
  const all = workers.pids();
  workers.kill("SIGKILL");
  for (const pid of all) process.kill(pid, "SIGKILL");
  await workers.ended;
  expect(await taken()).toBeLessThan(people);

  const { url: again } = await start();
  const read = async () =>
    Work.parse(await (await fetch(`${again}/v1/work/${id}`, { headers: bearing(key) })).json());
  await expect.poll(async () => (await read()).state, { timeout: 120_000, interval: 200 }).toBe("done");
  const noChange = { changed: 0, unchanged: 0, left: 0, notUsable: 0 };
  expect(await read()).toMatchObject({ done: people, result: { added: people, ...noChange } });
  const [counted] =
    await database.sql`select count(*)::int as rows, count(distinct person)::int as people from volunteers`;
  expect(counted).toEqual({ rows: people, people });
  expect(await database.sql`select work from work_parts`).toEqual([]);
}, 300_000);
