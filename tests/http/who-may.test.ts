import { afterAll, beforeAll, expect, test } from "vitest";
import { page } from "../../schema/primitives.ts";
import { Policy } from "../../schema/region.ts";
import { ReportRow } from "../../schema/report.ts";
import { Surplus } from "../../schema/surplus.ts";
import { announced, type KeyName, listOf, openScene, type Scene } from "./scene.ts";

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
  await announced(scene);
});
afterAll(() => scene.close());

test("a listing and a report show no more than a key reaches", async () => {
  const listed = async (as: KeyName) =>
    (await scene.read(page(Surplus), "GET", "/v1/surpluses", { as })).items;
  expect(await listed("elsewhere")).toEqual([]);
  expect(await listed("flanders")).toEqual([]);
  expect(await listed("agency")).not.toEqual([]);
  const question = "/v1/reports/doses?from=2021-04-16&until=2021-04-16&by=region";
  const report = async (as: KeyName) => (await scene.read(listOf(ReportRow), "GET", question, { as })).items;
  expect(await report("flanders")).toEqual([]);
  expect(await report("reporting")).toMatchObject([{ region: "wallonia" }]);
});

test("a reporting key of one centre read the reports of all", async () => {
  const question = "/v1/reports/doses?from=2021-04-16&until=2021-04-16&by=centre";
  const report = async (as: KeyName) => (await scene.read(listOf(ReportRow), "GET", question, { as })).items;
  expect(await report("reporting")).toMatchObject([{ centre: "charleroi" }]);
  expect(await report("ofNamur")).toEqual([]);
});

test("a policy is enacted by its own region's agency only", async () => {
  const { rules } = await scene.read(Policy, "GET", "/v1/regions/wallonia/policy");
  const enact = async (as: KeyName) =>
    (await scene.send("POST", "/v1/regions/wallonia/policies", { as, json: { rules } })).status;
  expect([await enact("flanders"), await enact("staff"), await enact("agency")]).toEqual([403, 403, 201]);
});

test("a doubted reading is believed only by whoever reaches everything, since those who left may be of any region", async () => {
  const believe = async (as: KeyName) =>
    (await scene.send("POST", "/v1/platforms/local-list/reading", { as, json: { missing: 3 } })).status;
  expect([await believe("elsewhere"), await believe("agency"), await believe("staff")]).toEqual([
    403, 403, 409,
  ]);
});

test("a reading is halted only by whoever reaches everything: a list that rests brings nobody, in any region", async () => {
  const halt = async (as: KeyName) =>
    (await scene.send("POST", "/v1/platforms/local-list/reading/halt", { as })).status;
  expect([await halt("elsewhere"), await halt("agency"), await halt("staff")]).toEqual([403, 403, 403]);
});
