import { afterAll, beforeAll, expect, test } from "vitest";
import { createApp } from "../../gateway/http/app.ts";
import { AdapterError } from "../../schema/adapter.ts";
import { Problem } from "../../schema/errors.ts";
import { PlatformName } from "../../schema/primitives.ts";
import { type TestDeps, testDeps } from "../support/gateway.ts";
import { quiet } from "../support/quiet.ts";

let world: TestDeps;
beforeAll(async () => {
  world = await testDeps();
});
afterAll(() => world.close());

/** A request that the platform's adapter meets with this error. */
const refusedWith = async (error: AdapterError) => {
  const platform = {
    name: PlatformName.parse("busy"),
    capabilities: ["inbound" as const],
    state: () => ({ ports: [] }),
    ports: {
      inbound: {
        receive: async () => {
          throw error;
        },
      },
    },
  };
  const { deps } = world;
  const app = createApp({ deps, platforms: [platform], slots: { deadlineMs: 500 }, log: quiet });
  const reply = await app.request("/v1/platforms/busy/events", { method: "POST", body: "{}" });
  const { code, retry } = Problem.parse(await reply.json());
  return { status: reply.status, code, retry, after: reply.headers.get("retry-after") };
};

const away = { status: 503, code: "platform_unavailable", retry: true };

test("who may come back later is told when, in whole seconds and never too early", async () => {
  const throttled = new AdapterError("throttled", "too many", { retryAfterSeconds: 30.2 });
  expect(await refusedWith(throttled)).toEqual({ ...away, after: "31" });
});

test("where nobody knows when, nothing is promised", async () => {
  expect(await refusedWith(new AdapterError("unavailable", "down"))).toEqual({ ...away, after: null });
});
