import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { issueKeys } from "../../gateway/flows/authorise.ts";
import { openIntake } from "../../gateway/flows/intake/gather.ts";
import { createApp } from "../../gateway/http/app.ts";
import { Problem } from "../../schema/errors.ts";
import { Registered } from "../../schema/volunteer.ts";
import { newVolunteer, newVolunteers, seedFederation, type TestDeps, testDeps } from "../support/gateway.ts";
import { quiet } from "../support/quiet.ts";
import { keys, leftover } from "./scene.ts";

let world: TestDeps;
beforeAll(async () => {
  world = await testDeps();
  await seedFederation(world.deps);
  await issueKeys(
    world.deps,
    (["staff", "operator"] as const).map((name) => ({ key: `key-${name}`, caller: keys[name] })),
  );
});
afterAll(() => world.close());

type Limits = NonNullable<Parameters<typeof openIntake>[1]>;
const open = (limits: Limits) => {
  const { deps, database } = world;
  const intake = openIntake({ ...deps, db: database.intake }, limits);
  const app = createApp({ deps, intake, platforms: [], slots: { deadlineMs: 500 }, log: quiet });
  const post = (path: string, json: unknown, { as, key }: { as?: string; key?: string } = {}) =>
    app.request(path, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(as && { authorization: `Bearer key-${as}` }),
        ...(key && { "idempotency-key": `"${key}"` }),
      },
      body: JSON.stringify(json),
    });
  return { app, intake, post };
};

/** Nothing is written to the list until it is let go. */
const holdTheList = async () => {
  const connection = await world.database.sql.reserve();
  await connection`begin`;
  await connection`lock table volunteers in share mode`;
  let isHeld = true;
  const release = async () => {
    if (!isHeld) return;
    isHeld = false;
    await connection`commit`;
    connection.release();
  };
  onTestFinished(release);
  return release;
};

const people = async () => (await world.database.sql`select count(*)::int as n from volunteers`)[0]?.n;

test("F01: while nothing can be written, who registers is told when to come back, and staff are served", async () => {
  const { app, post, intake } = open({ pressure: { waitMs: 300 } });
  const [first, second, third] = newVolunteers(3, { born: "1941-01-01" });
  const before = await people();
  const release = await holdTheList();
  const kept = [post("/v1/volunteers", first, { key: "one" })];
  await pause(20);
  kept.push(post("/v1/volunteers", second, { key: "two" }));
  await pause(400);

  const asked = performance.now();
  const refused = await post("/v1/volunteers", third, { key: "three" });
  expect(performance.now() - asked).toBeLessThan(250);
  expect(refused.status).toBe(503);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
  expect(Problem.parse(await refused.json())).toMatchObject({ code: "overloaded", retry: true });
  const batch = { registrations: [{ volunteer: third }] };
  expect((await post("/v1/volunteers/batch", batch, { as: "operator" })).status).toBe(503);
  expect(intake.waiting()).toBe(0);

  // More than there are connections: none stands behind a registration that waits.
  const served = await Promise.all(
    Array.from({ length: 30 }, (_, nth) =>
      post("/v1/surpluses", leftover(world), { as: "staff", key: `evening-${nth}` }),
    ),
  );
  expect(new Set(served.map(({ status }) => status))).toEqual(new Set([201]));
  const looked = await Promise.all([
    app.request("/health"),
    app.request("/v1/surpluses", { headers: { authorization: "Bearer key-staff" } }),
  ]);
  expect(looked.map(({ status }) => status)).toEqual([200, 200]);
  expect(await people()).toBe(before);

  await release();
  expect((await Promise.all(kept)).map(({ status }) => status)).toEqual([201, 201]);
  const again = await post("/v1/volunteers", third, { key: "three" });
  expect(again.status).toBe(201);
  const repeated = await post("/v1/volunteers", third, { key: "three" });
  expect(await repeated.json()).toEqual(await again.json());
  expect(await people()).toBe(before + 3);
});

test("F01: nobody is kept waiting for a database that hangs, and whoever repeats is registered once", async () => {
  const { post } = open({ flushes: 1, patienceMs: 300, answerMs: 700, pressure: { waitMs: 60_000 } });
  const [first, second] = newVolunteers(2, { born: "1943-01-01" });
  const before = await people();
  const release = await holdTheList();
  const written = post("/v1/volunteers", first, { key: "hangs" });
  await pause(20);
  const waits = post("/v1/volunteers", second, { key: "waits" });
  // Nothing was done for the one, and nobody knows yet what became of the other.
  for (const [reply, code] of [
    [await waits, "overloaded"],
    [await written, "database_unavailable"],
  ] as const) {
    expect(reply.status).toBe(503);
    expect(Number(reply.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    expect(Problem.parse(await reply.json())).toMatchObject({ code, retry: true });
  }
  await release();
  const ids = new Set<string>();
  for (const [json, key] of [
    [first, "hangs"],
    [second, "waits"],
    [first, "hangs"],
    [second, "waits"],
  ] as const) {
    const reply = await post("/v1/volunteers", json, { key });
    expect(reply.status).toBe(201);
    ids.add(Registered.parse(await reply.json()).volunteer.id);
  }
  expect(ids.size).toBe(2);
  expect(await people()).toBe(before + 2);
});

test("a registration that waits for a lock too long is given up by the database itself", async () => {
  const [setting] = await world.database.intake.execute<{ statement_timeout: string }>(
    "show statement_timeout",
  );
  expect(setting).toEqual({ statement_timeout: "8s" });
});

test("more than may wait are refused, and those who were let in are all answered", async () => {
  const { post, intake } = open({ flushes: 1, atOnce: 5, pressure: { waiting: 10 } });
  const crowd = newVolunteers(40, { born: "1950-01-01" });
  const replies = await Promise.all(crowd.map((one) => post("/v1/volunteers", one)));
  const statuses = replies.map(({ status }) => status);
  expect(statuses.filter((status) => status === 201).length).toBeGreaterThanOrEqual(10);
  expect(statuses.filter((status) => status === 503).length).toBeGreaterThan(0);
  expect(statuses.filter((status) => status !== 201 && status !== 503)).toEqual([]);
  expect(intake.waiting()).toBe(0);
  expect((await post("/v1/volunteers", newVolunteer({ born: "1939-01-01" }))).status).toBe(201);
});
