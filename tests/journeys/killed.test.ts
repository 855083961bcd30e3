import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { seeded } from "../../adapters/kit/chance.ts";
import { retrace } from "../../gateway/flows/retrace.ts";
import { instant, plusMinutes, type SurplusId } from "../../schema/primitives.ts";
import { broken, nothing } from "../flows/scene.ts";
import { type TestDatabase, testDatabase } from "../support/postgres.ts";
import { freePort } from "../support/server.ts";
import {
  createPatient,
  createReaper,
  key,
  openSurroundings,
  type Surroundings,
  someone,
  vault,
} from "./killed.ts";
import { startSupervised, type Workers } from "./workers.ts";

/*
 * Three gateways on one port and one database, over real HTTP, killed at random while people register, doses are
 * announced and people answer. What was acknowledged is there, once; nobody is asked, promised or booked twice.
 */

const program = fileURLToPath(new URL("./killed-gateway.ts", import.meta.url));
/** So many register at least, and more until somebody was killed meanwhile. */
const fewest = 60;
const doses = { pacheco: 4, heysel: 3 };
const patiently = { timeout: 120_000, interval: 200 };

let database: TestDatabase;
let around: Awaited<ReturnType<typeof openSurroundings>>;
let workers: Workers;
let client: ReturnType<typeof createPatient>;
let reaper: ReturnType<typeof createReaper>;
const acknowledged = new Map<string, string>();
const surpluses: SurplusId[] = [];

const register = async (nth: number) => {
  const asked = { path: "/v1/volunteers", json: someone(nth), idempotencyKey: `register-${nth}` };
  const { status, body } = await client.post(asked);
  expect(status).toBe(201);
  acknowledged.set(`p${nth}@example.org`, String(Object(body.volunteer).id ?? body.id));
};

const announce = async (centre: keyof typeof doses) => {
  const usableUntil = plusMinutes(instant(Date.now()), 240);
  const json = { centre, vaccine: "pfizer", doses: doses[centre], usableUntil };
  const { status, body } = await client.post({
    ...{ path: "/v1/surpluses", bearer: key, json, idempotencyKey: `evening-${centre}` },
  });
  expect(status).toBe(201);
  surpluses.push(body.id as SurplusId);
};

/** Everybody who was asked answers once they have read it; one in three says no. */
const answerAll = async (isOver: () => Promise<boolean>) => {
  const answered = new Set<string>();
  while (!(await isOver())) {
    for (const { to, text } of around.postOffice.list({ limit: 5_000 })) {
      const [token] = text.match(/(?<=\/answer#)\S+/) ?? [];
      if (!token || answered.has(token)) continue;
      answered.add(token);
      const said = Number(to.match(/\d+/)?.[0]) % 3 === 0 ? "decline" : "accept";
      const { status } = await client.post({ path: `/v1/invitation/${said}`, bearer: token });
      expect([200, 404, 409, 410]).toContain(status);
    }
    await sleep(200);
  }
};

const allPromised = async () =>
  (await database.sql`select from doses where state <> 'promised'`).length === 0;

beforeAll(async () => {
  database = await testDatabase();
  around = await openSurroundings();
  const { platform, postOffice } = around;
  const given: Surroundings = {
    databaseUrl: database.url,
    mail: postOffice.email,
    platform: platform.url,
    port: await freePort(),
  };
  workers = startSupervised([program, JSON.stringify(given)]);
  client = createPatient(await workers.ready());
  reaper = createReaper(workers, { sql: database.sql, chance: seeded(5), most: 5 });
  let people = 0;
  const registerInTurn = async () => {
    while (people < fewest || (reaper.killed() < 2 && people < 600)) {
      people += 1;
      await register(people);
      await sleep(150);
    }
  };
  await Promise.all(Array.from({ length: 4 }, registerInTurn));
  await Promise.all([announce("pacheco"), announce("heysel")]);
  // While the invitations leave.
  reaper.strike();
  await answerAll(async () => surpluses.length === 2 && (await allPromised()));
  await reaper.stop();
  const due = () => database.sql`
    select effect->>'kind' as kind from outbox where due_at <= now() and timer is null
      and (platform is null or platform = 'doctena')`;
  await vi.waitFor(async () => expect(await due()).toEqual([]), patiently);
}, 300_000);
afterAll(async () => {
  workers.kill("SIGKILL");
  await workers.ended;
  await around.close();
  await database.close();
});

test("three gateways were killed again and again while they worked, and lost nothing that was acknowledged", async () => {
  expect(reaper.killed()).toBeGreaterThanOrEqual(3);
  const rows = await database.sql<{ id: string }[]>`select id from volunteers`;
  expect(rows.map(({ id }) => id).sort()).toEqual([...acknowledged.values()].sort());
});

test("every dose is promised, to one person each, and what holds always holds", async () => {
  expect(await broken({ database })).toEqual(nothing);
  const [promised] = await database.sql`
    select count(*)::int as doses, count(distinct b.volunteer)::int as people from doses d join bookings b on b.id = d.booking
    where d.state = 'promised' and b.state in ('promised', 'booked')`;
  const all = doses.pacheco + doses.heysel;
  expect(promised).toEqual({ doses: all, people: all });
  const deps = {
    ...{ db: database.orm, vault },
    ...{ now: () => instant(Date.now()), uuid: randomUUID, token: randomUUID, nudge: () => undefined },
  };
  for (const surplus of surpluses) expect((await retrace(deps, surplus)).agrees).toBe(true);
});

test("the platform knows each person and holds each appointment once, as the gateway does", async () => {
  const { bench } = around.platform;
  const known = await database.sql`select from identities where platform = 'doctena' and ended_at is null`;
  expect([bench.people().length, known.length]).toEqual([acknowledged.size, acknowledged.size]);
  const booked = await database.sql<{ ref: string }[]>`
    select external_ref as ref from bookings where state = 'booked' and platform = 'doctena' and external_ref is not null`;
  const held = bench.bookings?.().filter(({ state }) => state === "booked") ?? [];
  expect(held.map(({ externalRef }) => externalRef).sort()).toEqual(booked.map(({ ref }) => ref).sort());
});

test("a letter comes twice only where its sender was killed before it could note that it had gone", async () => {
  const letters = around.postOffice.list({ limit: 5_000 }).map(({ to, subject }) => `${to} ${subject}`);
  // Eight letters at most are under way in a process.
  expect(letters.length - new Set(letters).size).toBeLessThanOrEqual(8 * reaper.killed());
  const [untold] = await database.sql`
    select count(*)::int as count from invitations where state in ('decided', 'open') and kind = 'hold'`;
  expect(untold).toEqual({ count: 0 });
});

test("all end together when told to", async () => {
  const pids = workers.pids();
  expect(pids.length).toBeGreaterThan(0);
  workers.kill("SIGTERM");
  expect(await workers.ended).toBe(0);
});
