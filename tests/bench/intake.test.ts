import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { killInTheMiddle, openStore } from "./intake/store.ts";

/* What `npm run bench:intake` counts as `lost`, at a small size, each time the tests run. */

const connections = 16;

type Store = Awaited<ReturnType<typeof openStore>>;
let store: Store;
let killed: Awaited<ReturnType<typeof killInTheMiddle>>;
beforeAll(async () => {
  store = await openStore();
  killed = await killInTheMiddle(store, { connections, seconds: 4 });
}, 120_000);
afterAll(async () => {
  await Promise.all([killed?.gateway.close(), killed?.load.close()]);
  await store?.stop();
}, 30_000);

test("F01: whoever was told to be on the list is there after gateway and database were killed at that moment", () => {
  expect(killed.acknowledged.length).toBeGreaterThan(0);
  // Some were cut off, or nothing was killed in the middle; of each connection, one at most.
  expect(killed.refused).toBeGreaterThan(0);
  expect(killed.refused).toBeLessThanOrEqual(connections);
  expect(killed.lost).toBe(0);
});

test("F01: nothing half is left of whoever was cut off: all that follows from a registration is there, or none of it", async () => {
  const sql = postgres(killed.url, { max: 1, onnotice: () => undefined });
  const [row] = await sql`select count(*)::int as people,
    (select count(*)::int from tokens) as tokens, (select count(*)::int from requests) as requests,
    (select count(*)::int from audit where event = 'volunteer.registered') as lines,
    (select count(distinct volunteer)::int from queue) as queued,
    (select count(*)::int from outbox where effect->>'kind' = 'greet') as greetings from volunteers`;
  await sql.end();
  const people = row?.people;
  expect(people).toBeGreaterThanOrEqual(killed.acknowledged.length);
  const all = { people, tokens: people, requests: people, lines: people, queued: people, greetings: people };
  expect(row).toEqual(all);
});

test("F01: whoever repeats with their key after it has the first answer, also who was cut off before they had one", async () => {
  const { load, gateway, acknowledged } = killed;
  const url = gateway.ready.urls.gathers;
  const again = await load.tell({ url, from: 0, seconds: 1, connections: 4, names: true });
  expect(again.refused).toBe(0);
  const first = new Map(acknowledged.map(({ nth, id }) => [nth, id]));
  const repeated = again.acknowledged.filter(({ nth }) => first.has(nth));
  expect(repeated.length).toBeGreaterThan(0);
  expect(repeated.map(({ id }) => id)).toEqual(repeated.map(({ nth }) => first.get(nth)));
});
