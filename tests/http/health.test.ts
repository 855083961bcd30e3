import { expect, onTestFinished, test, vi } from "vitest";
import { issueKeys } from "../../gateway/flows/authorise.ts";
import { createApp } from "../../gateway/http/app.ts";
import { openDb } from "../../gateway/store/db.ts";
import { Problem } from "../../schema/errors.ts";
import { newVolunteer, seedFederation, testDeps } from "../support/gateway.ts";
import { quiet } from "../support/quiet.ts";
import { openWay } from "../support/way.ts";
import { keys, leftover } from "./scene.ts";

test("a gateway without its database said that it was up, and called everything a fault of its own", async () => {
  const world = await testDeps();
  await seedFederation(world.deps);
  await issueKeys(world.deps, [{ key: "key-staff", caller: keys.staff }]);
  const way = await openWay(world.database.url);
  const database = await openDb({ url: way.url }, quiet);
  onTestFinished(async () => {
    await way.shut();
    await database.close();
    await world.close();
  });
  const deps = { ...world.deps, db: database.orm };
  const app = createApp({ deps, platforms: [], slots: { deadlineMs: 500 }, log: quiet });
  const health = async () => {
    const reply = await app.request("/health");
    return [reply.status, await reply.json()];
  };
  const up = { status: "UP", parts: { database: "UP" } };
  const post = (path: string, json: unknown) =>
    app.request(path, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "idempotency-key": `"once"`,
        ...(path === "/v1/surpluses" && { authorization: "Bearer key-staff" }),
      },
      body: JSON.stringify(json),
    });
  expect(await health()).toEqual([200, up]);

  await way.shut();
  expect(await health()).toEqual([503, { status: "DOWN", parts: { database: "DOWN" } }]);
  for (const asked of [
    () => app.request("/v1/regions"),
    () => post("/v1/volunteers", newVolunteer()),
    () => post("/v1/surpluses", leftover(world)),
  ]) {
    const reply = await asked();
    expect([reply.status, reply.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(Problem.parse(await reply.json())).toMatchObject({ code: "database_unavailable", retry: true });
  }

  await way.open();
  await vi.waitFor(async () => expect(await health()).toEqual([200, up]), 10_000);
  expect((await post("/v1/surpluses", leftover(world))).status).toBe(201);
});
