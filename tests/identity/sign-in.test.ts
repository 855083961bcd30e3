import { afterAll, beforeAll, expect, test } from "vitest";
import { referencesOf } from "../../gateway/flows/authorise.ts";
import { Problem } from "../../schema/errors.ts";
import { leftover } from "../http/scene.ts";
import { newVolunteers } from "../support/gateway.ts";
import { asMachine, openScene, type Scene, signIn } from "./scene.ts";

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const tokenOf = async (person: string) => (await signIn(scene.issuer, person)).access_token;
const codeOf = async (reply: Response) => [reply.status, Problem.parse(await reply.json()).code];

test("staff who sign in announce in their own centre, and in no other", async () => {
  const token = await tokenOf("staff-pacheco");
  const announce = (centre: string) =>
    scene.send("POST", "/v1/surpluses", token, { ...leftover(scene), centre });
  expect((await announce("pacheco")).status).toBe(201);
  expect(await codeOf(await announce("charleroi"))).toEqual([403, "not_allowed"]);
  expect(await codeOf(await scene.send("GET", "/v1/centres/pacheco/exports", token))).toEqual([
    403,
    "not_allowed",
  ]);
});

test("an agency that signs in reaches its own region, and no other", async () => {
  const token = await tokenOf("agency-brussels");
  const policies = (region: string) => scene.send("GET", `/v1/regions/${region}/policies`, token);
  expect((await policies("brussels")).status).toBe(200);
  expect((await policies("wallonia")).status).toBe(403);
});

test("whoever signs in stands in the audit by a reference, and by nothing that their provider calls them", async () => {
  const token = await tokenOf("staff-pacheco");
  await scene.send("POST", "/v1/surpluses", token, { ...leftover(scene), centre: "pacheco" });
  const lines = await scene.database.sql`select actor from audit where event = 'surplus.announced'`;
  const [reference] = referencesOf(scene.deps, { issuer: scene.issuer.issuer, subject: "staff-pacheco" });
  expect(lines.map(({ actor }) => actor)).toContain(`staff:${reference}`);
  expect(JSON.stringify(await scene.database.sql`select * from audit`)).not.toContain("staff-pacheco");
});

test("programs come by client credentials: a platform hands people on, the federal authority counts", async () => {
  const [platform, reporting] = [
    await asMachine(scene.issuer, "platform"),
    await asMachine(scene.issuer, "reporting"),
  ];
  const registrations = newVolunteers(1).map((volunteer) => ({ volunteer }));
  const batch = (token: string) => scene.send("POST", "/v1/volunteers/batch", token, { registrations });
  expect(await (await batch(platform)).json()).toMatchObject({ results: [{ status: 201 }] });
  expect((await batch(reporting)).status).toBe(403);
  const doses = "/v1/reports/doses?from=2021-04-16&until=2021-04-16";
  expect((await scene.send("GET", doses, reporting)).status).toBe(200);
  expect((await scene.send("GET", doses, platform)).status).toBe(403);
});
