import { afterAll, beforeAll, expect, test } from "vitest";
import { issueKeys } from "../../gateway/flows/authorise.ts";
import { permissions } from "../../gateway/http/permissions.ts";
import { Permission, ShownCaller } from "../../schema/caller.ts";
import type { CentreId } from "../../schema/primitives.ts";
import { type KeyName, listOf, openScene, type Scene } from "./scene.ts";

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const oneself = (as: KeyName) => scene.read(ShownCaller, "GET", "/v1/caller", { as });

test("whoever comes with a key learns what it is called, how far it reaches and what it opens", async () => {
  const agency = await oneself("agency");
  expect(agency).toMatchObject({
    ...{ label: "a key for agency", by: "key", role: "agency", centres: [] },
    regions: [{ id: "wallonia", name: { en: "Wallonia" } }],
  });
  expect(agency.validUntil).toBeUndefined();
  expect(agency.routes).toContain("POST /v1/bindings");
  expect(agency.routes).not.toContain("GET /v1/surpluses/{id}/expected");
  expect((await oneself("elsewhere")).centres).toEqual([
    { id: "namur", name: expect.any(String), region: "wallonia" },
  ]);
});

test("what is for whole regions is not among what somebody of one centre may call", async () => {
  const caller = {
    label: "agency of Namur",
    role: "agency" as const,
    regions: [],
    centres: ["namur" as CentreId],
  };
  await issueKeys(scene.deps, [{ key: "key-narrow", caller }]);
  const { routes } = await scene.read(ShownCaller, "GET", "/v1/caller", { token: "key-narrow" });
  expect(routes).not.toContain("GET /v1/bindings");
  expect(routes).toContain("GET /v1/caller");
});

test("a centre that is not there is told without a name, so that nobody reads it as all of them", async () => {
  const caller = {
    label: "staff of nowhere",
    role: "staff" as const,
    regions: [],
    centres: ["atlantis" as CentreId],
  };
  await issueKeys(scene.deps, [{ key: "key-nowhere", caller }]);
  const { centres } = await scene.read(ShownCaller, "GET", "/v1/caller", { token: "key-nowhere" });
  expect(centres).toEqual([{ id: "atlantis" }]);
});

test("the table is told as it is enforced, each line by a name of its own", async () => {
  const { items } = await scene.read(listOf(Permission), "GET", "/v1/permissions", { as: "auditor" });
  expect(items).toEqual(permissions);
  expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
});
