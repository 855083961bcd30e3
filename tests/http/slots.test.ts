import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { serve } from "../../adapters/kit/serve.ts";
import { issueKeys } from "../../gateway/flows/authorise.ts";
import type { SlotLimits } from "../../gateway/flows/slots/limits.ts";
import { createApp } from "../../gateway/http/app.ts";
import type { Ports } from "../../schema/adapter.ts";
import { Problem } from "../../schema/errors.ts";
import { OpenSlots } from "../../schema/platform.ts";
import { type CentreId, type ExternalId, PlatformName, plusMinutes } from "../../schema/primitives.ts";
import { afternoon, seedFederation, type TestDeps, testDeps } from "../support/gateway.ts";
import { quiet } from "../support/quiet.ts";

/* What a caller and a cache are told of an answer's age, and what happens to a crowd. */

let world: TestDeps;
beforeAll(async () => {
  world = await testDeps();
  await seedFederation(world.deps);
  const caller = { label: "staff", role: "staff" as const, regions: [], centres: [] };
  await issueKeys(world.deps, [{ key: "key-staff", caller }]);
});
afterAll(() => world.close());

type List = Ports["slots"]["list"];
const slot = {
  ...{ externalId: "1" as ExternalId, centre: "charleroi" as CentreId, capacity: 1 },
  ...{ startsAt: afternoon, endsAt: plusMinutes(afternoon, 15) },
};

/** The API before one platform, which shows Wallonia's slots. */
const opened = (list: List, limits: Partial<SlotLimits> = {}) => {
  const platforms = [
    {
      ...{ name: PlatformName.parse("doclr"), capabilities: ["slots" as const] },
      ...{ ports: { slots: { list } }, state: () => ({ ports: [] }) },
    },
  ];
  const slots = { deadlineMs: 60_000, ...limits };
  return createApp({ deps: world.deps, platforms, slots, log: quiet });
};
const address = (nth = 0) =>
  `/v1/slots?region=wallonia&from=${afternoon}&until=${plusMinutes(afternoon, 60 * (nth + 1))}`;

test("an answer says how old it is, and a cache may keep it as long as the gateway would", async () => {
  let calls = 0;
  const app = opened(async () => {
    calls += 1;
    return [slot];
  });
  const told = async () => {
    const { headers } = await app.request(address());
    return ["age", "cache-control", "vary"].map((name) => headers.get(name));
  };
  expect(await told()).toEqual(["0", "public, max-age=2", "authorization"]);
  expect([await told(), calls]).toEqual([["0", "public, max-age=2", "authorization"], 1]);
  world.clock.advance(1);
  expect([await told(), calls]).toEqual([["0", "public, max-age=2", "authorization"], 2]);
});

test("no cache keeps what a key may see, nor an answer that a platform is missing from", async () => {
  const platform: { isDown: boolean } = { isDown: false };
  const app = opened(async () => {
    if (platform.isDown) throw new Error("down");
    return [slot];
  });
  const withKey = await app.request(address(), { headers: { authorization: "Bearer key-staff" } });
  expect(withKey.headers.get("cache-control")).toBe("no-store");
  platform.isDown = true;
  world.clock.advance(1);
  const standing = await app.request(address());
  expect([standing.headers.get("cache-control"), standing.headers.get("age")]).toEqual(["no-store", "60"]);
  expect(OpenSlots.parse(await standing.json())).toMatchObject({
    slots: [{ id: "1" }],
    sources: [{ state: "stale", asOf: plusMinutes(world.clock.now(), -1) }],
  });
});

test("what anybody was just answered was told to whoever came with a key that opens nothing", async () => {
  const app = opened(async () => [slot]);
  expect((await app.request(address())).status).toBe(200);
  const guessed = await app.request(address(), { headers: { authorization: "Bearer key-guessed" } });
  expect(guessed.status).toBe(401);
});

test("whoever comes when too many wait is told when to come again", async () => {
  const letGo: (() => void)[] = [];
  const app = opened(() => new Promise((resolve) => void letGo.push(() => resolve([slot]))), {
    questionsAtOnce: 2,
  });
  const waiting = [app.request(address(1)), app.request(address(2))];
  await expect.poll(() => letGo.length).toBe(2);
  const refused = await app.request(address(3));
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "1"]);
  expect(refused.headers.get("cache-control")).toBe("no-store");
  expect(Problem.parse(await refused.json())).toMatchObject({ code: "overloaded", retry: true });
  for (const answer of letGo) answer();
  expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([200, 200]);
});

test("one who hung up took the answer with them from all who waited for the same", async () => {
  const letGo: (() => void)[] = [];
  const signals: AbortSignal[] = [];
  const app = opened(({ signal }) => {
    signals.push(signal);
    return new Promise((resolve) => void letGo.push(() => resolve([slot])));
  });
  const serving = await serve(app);
  onTestFinished(() => serving.close());
  const hangingUp = new AbortController();
  const ask = (signal?: AbortSignal) => fetch(`${serving.url}${address()}`, { signal });
  const first = ask(hangingUp.signal);
  await expect.poll(() => letGo.length).toBe(1);
  const second = ask();
  hangingUp.abort();
  await expect(first).rejects.toThrow();
  for (const answer of letGo) answer();
  expect(OpenSlots.parse(await (await second).json()).slots).toHaveLength(1);
  expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
});
