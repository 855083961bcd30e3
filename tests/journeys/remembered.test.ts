import { afterAll, beforeAll, expect, test } from "vitest";
import { newVolunteer } from "../support/gateway.ts";
import { openScene, type Scene } from "./scene.ts";

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

test("the reply to a key is remembered for a day and then forgotten, by itself and hourly", async () => {
  const { app, database, pass } = scene;
  const register = () =>
    app.request("/v1/volunteers", {
      method: "POST",
      headers: { "content-type": "application/json", "Idempotency-Key": '"an-1"' },
      body: JSON.stringify(newVolunteer()),
    });
  const remembered = async () => (await database.sql`select from requests`).length;

  const first = await (await register()).json();
  await pass(23 * 60);
  const again = await register();
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  expect(await again.json()).toEqual(first);

  await pass(59);
  expect(await remembered()).toBe(1);
  await pass(61);
  expect(await remembered()).toBe(0);
});
