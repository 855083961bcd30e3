import { afterEach, beforeEach, expect, test } from "vitest";
import * as outbox from "../../gateway/store/outbox.ts";
import { createWorker } from "../../gateway/worker/loop.ts";
import { AdapterError, type Ports } from "../../schema/adapter.ts";
import { type Instant, instant, PlatformName } from "../../schema/primitives.ts";
import { pastEvening } from "../support/evening.ts";
import { seedFederation, type TestDeps, testDeps } from "../support/gateway.ts";
import { quiet } from "../support/quiet.ts";

let world: TestDeps;
beforeEach(async () => {
  world = await testDeps();
});
afterEach(() => world.close());

const name = PlatformName.parse("lists");

/** A gateway's worker, and its order to read that platform, as each start of a gateway gives it. */
const startWorker = async (pull: Ports["roster"]["pull"]) => {
  const { deps, clock } = world;
  const none = async () => {
    throw new Error("nobody asks for this here");
  };
  const at = clock.now();
  await outbox.enqueue(
    deps.db,
    [
      { kind: "pull", platform: name, at },
      { kind: "forget", at },
    ],
    at,
  );
  return createWorker({
    ...{ deps, log: quiet, random: () => 0.5, notify: none, publicUrl: "", pullEveryMinutes: 1 },
    platforms: [
      {
        ...{ name, capabilities: ["roster"], state: () => ({ ports: [] }) },
        ports: { roster: { pull, put: none, close: none } },
      },
    ],
  });
};

const nothingNew = (at: Instant) => ({ records: [], next: at, complete: true });

test("what recurs is ordered once, however many gateways start, and done by one of them at a time", async () => {
  let read = 0;
  const pull = async () => {
    read += 1;
    return nothingNew(world.clock.now());
  };
  const workers = [await startWorker(pull), await startWorker(pull), await startWorker(pull)];
  for (const times of [1, 2, 3]) {
    await Promise.all(workers.map(({ drain }) => drain()));
    expect(read).toBe(times);
    world.clock.advance(1);
  }
  expect(await world.database.sql`select from outbox`).toHaveLength(2);
});

test("the reading of a platform is never given up: back after an afternoon, it is read again", async () => {
  let state: "down" | "refuses" | "back" = "down";
  let read = 0;
  const { drain } = await startWorker(async () => {
    if (state === "down") throw new AdapterError("unavailable", "down");
    if (state === "refuses") throw new AdapterError("rejected", "a key that ran out");
    read += 1;
    return nothingNew(world.clock.now());
  });
  for (let tries = 0; tries < 60; tries += 1) {
    await drain();
    world.clock.advance(5);
  }
  state = "refuses";
  await drain();
  state = "back";
  world.clock.advance(5);
  await drain();
  expect(read).toBe(1);
});

test("days are counted and weeks released by the worker, once each, and again the next morning", async () => {
  const { deps, clock, database } = world;
  await seedFederation(deps);
  await pastEvening(database.sql, {
    ...{ region: "wallonia", centre: "charleroi", at: "2021-04-06T16:00:00Z", used: 12, lost: 1 },
  });
  const workers = [
    await startWorker(async () => nothingNew(clock.now())),
    await startWorker(async () => nothingNew(clock.now())),
  ];
  const at = clock.now();
  for (const _ of workers) await outbox.enqueue(deps.db, [{ kind: "report", at }], at);
  await Promise.all(workers.map(({ drain }) => drain()));
  const orders = await database.sql`select due_at::text as due from outbox where effect->>'kind' = 'report'`;
  expect(orders.map(({ due }) => instant(new Date(String(due))))).toEqual(["2021-04-17T04:00:00.000Z"]);
  expect(await database.sql`select from day_reports`).toHaveLength(10);
  expect(await database.sql`select from releases where day = '2021-04-05'`).toHaveLength(4);
});
