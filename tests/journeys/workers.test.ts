import { afterAll, beforeAll, expect, test } from "vitest";
import { pauseAfter } from "../../gateway/supervise.ts";
import { type TestDatabase, testDatabase } from "../support/postgres.ts";
import { productionSettings } from "../support/production.ts";
import { isAlive, startWorkers, type Workers } from "./workers.ts";

let database: TestDatabase;
const started: Workers[] = [];
const start = (settings = productionSettings(database.url)) => {
  const workers = startWorkers(2, settings);
  started.push(workers);
  return workers;
};
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

const patiently = { timeout: 60_000, interval: 50 };
const answers = async (url: string) => (await fetch(`${url}/v1/regions`)).status;

test("workers share one port, one that dies is replaced, and all end together when told to", async () => {
  const workers = start();
  const url = await workers.ready();
  const [first = 0, second = 0] = workers.pids();
  expect(second).toBeGreaterThan(0);
  process.kill(first, "SIGKILL");
  await expect.poll(() => isAlive(first), patiently).toBe(false);
  expect(await answers(url)).toBe(200);
  await expect.poll(() => workers.pids().length, patiently).toBe(2);
  expect(workers.pids()).toContain(second);
  expect(workers.said.log).toMatch(/"signal":"SIGKILL".*a worker ended; another takes its place/);
  const replaced = workers.pids();
  workers.kill("SIGTERM");
  expect(await workers.ended).toBe(0);
  expect(replaced.filter(isAlive)).toEqual([]);
});

test("workers end when whoever supervises them was killed", async () => {
  const workers = start();
  await workers.ready();
  const pids = workers.pids();
  expect(pids).toHaveLength(2);
  workers.kill("SIGKILL");
  await workers.ended;
  await expect.poll(() => pids.filter(isAlive), patiently).toEqual([]);
});

test("what keeps the first one from starting is told once, and ends them all", async () => {
  const nobody = "postgres://everydose@127.0.0.1:1/everydose";
  const workers = start(productionSettings(nobody));
  expect(await workers.ended).toBe(1);
  expect(workers.said.log.match(/DATABASE_URL: no answer came from the database/g)).toHaveLength(1);
});

test("the sandbox, which has one process, says so", async () => {
  const workers = start({ EVERYDOSE_DATA: "/tmp/everydose-nowhere" });
  expect(await workers.ended).toBe(1);
  expect(workers.said.log).toBe(
    "everydose does not start:\n  --workers: the sandbox runs in one process; leave it out, or set DATABASE_URL " +
      "and EVERYDOSE_CONFIG for production\n",
  );
});

test("a worker that cannot live is started less and less often, and never given up", () => {
  const pauses = [0, 1, 2, 3, 20, 2000].map(pauseAfter);
  expect(pauses).toEqual([100, 200, 400, 800, 10_000, 10_000]);
});
