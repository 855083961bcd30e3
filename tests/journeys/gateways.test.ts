import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { loadFederation } from "../../gateway/config/federation.ts";
import { createGateway } from "../../gateway/gateway.ts";
import { createNotifier } from "../../gateway/notify/notifier.ts";
import { openDb } from "../../gateway/store/db.ts";
import { createVault } from "../../gateway/store/vault.ts";
import { PlatformState } from "../../schema/platform.ts";
import { instant, PlatformName, plusMinutes, RegionId } from "../../schema/primitives.ts";
import { Surplus } from "../../schema/surplus.ts";
import { newVolunteer } from "../support/gateway.ts";
import { type TestDatabase, testDatabase } from "../support/postgres.ts";
import { quiet } from "../support/quiet.ts";

/* What one gateway does, and another one on the same database must know of. */

const federation = loadFederation(fileURLToPath(new URL("../../gateway/belgium-2021", import.meta.url)));
const ring = () => [{ version: 1, key: randomBytes(32) }];
const vault = createVault({ sealing: ring(), digest: ring() });
const key = randomBytes(24).toString("hex");
const now = () => instant(Date.now());
const Platforms = z.object({ items: z.array(PlatformState) });
const limits = { requestsPerSecond: 1, burst: 12, atOnce: 12 };

let database: TestDatabase;
/** One as an operator starts it, of which nobody listens to the port. */
const openGateway = async () => {
  const own = await openDb({ url: database.url }, quiet);
  const notifier = createNotifier({ channels: [], now, log: quiet });
  const gateway = await createGateway({
    ...{ kind: "sandbox", database: own, vault, notifier, now, log: quiet },
    federation: { ...federation, bindings: [] },
    platforms: [
      {
        ...{ name: PlatformName.parse("doclr"), adapter: "doclr", limits },
        options: { baseUrl: "http://127.0.0.1:1", username: "everydose", password: "password" },
      },
    ],
    keys: [{ key, caller: { label: "operator", role: "operator", regions: [], centres: [] } }],
    publicUrl: "https://dose.example.org",
    sleep,
  });
  const close = async () => {
    await gateway.close();
    await notifier.close();
    await own.close();
  };
  const post = (path: string, json: unknown, idempotencyKey: string) =>
    gateway.app.request(path, {
      method: "POST",
      body: JSON.stringify(json),
      headers: {
        ...{ "content-type": "application/json", authorization: `Bearer ${key}` },
        "idempotency-key": `"${idempotencyKey}"`,
      },
    });
  return { app: gateway.app, post, close };
};
type Opened = Awaited<ReturnType<typeof openGateway>>;

let [one, other]: Opened[] = [];
const gateways = () => [one, other].filter((each) => each !== undefined);
beforeAll(async () => {
  database = await testDatabase();
  // Both begin at the same moment, as replicas do that are started together.
  [one, other] = await Promise.all([openGateway(), openGateway()]);
});
afterAll(async () => {
  await Promise.all(gateways().map(({ close }) => close()));
  await database.close();
});

const announcement = () => ({
  ...{ centre: "pacheco", vaccine: "pfizer", doses: 1, usableUntil: plusMinutes(now(), 240) },
});

test("a board that listens to one gateway sees what was announced at another", async () => {
  const stream = (await one?.app.request("/v1/live"))?.body?.getReader();
  const text = async () => new TextDecoder().decode((await stream?.read())?.value);
  expect(await text()).toBe("event: today\ndata: []\n\n");
  const made = await other?.post("/v1/surpluses", announcement(), "a board");
  const { id } = Surplus.parse(await made?.json());
  expect(await text()).toContain(id);
  await stream?.cancel();
});

test("one request that reaches both gateways at once is carried out once, and repeats get its answer", async () => {
  const someone = newVolunteer({ region: RegionId.parse("brussels"), postcode: "1000" });
  const { nationalNumber: _left, ...body } = { ...someone, birthDate: "1950-01-15", centres: ["pacheco"] };
  const ask = () => Promise.all(gateways().map(({ post }) => post("/v1/volunteers", body, "at once")));
  const first = await ask();
  expect(first.map(({ status }) => status).sort()).toContain(201);
  const again = await ask();
  expect(again.map(({ status }) => status)).toEqual([201, 201]);
  const [mine, theirs] = await Promise.all(again.map((reply) => reply.text()));
  expect(mine).toBe(theirs);
  expect(await database.sql`select from volunteers`).toHaveLength(1);
});

test("gateways divide what was agreed with a platform, and have it to themselves again when alone", async () => {
  const left = async ({ app }: Opened) => {
    const reply = await app.request("/v1/platforms");
    const { items } = Platforms.parse(await reply.json());
    return items[0]?.traffic?.tokens;
  };
  const patiently = { timeout: 30_000, interval: 100 };
  for (const each of gateways()) await expect.poll(() => left(each), patiently).toBe(limits.burst / 2);
  const third = await openGateway();
  expect(await left(third)).toBe(limits.burst / 3);
  for (const each of gateways()) await expect.poll(() => left(each), patiently).toBe(limits.burst / 3);
  await third.close();
  for (const each of gateways()) await expect.poll(() => left(each), patiently).toBe(limits.burst / 2);
});
