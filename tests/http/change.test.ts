import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { Problem } from "../../schema/errors.ts";
import type { CentreId, RegionId } from "../../schema/primitives.ts";
import { Policy } from "../../schema/region.ts";
import { always, type NewVolunteer } from "../../schema/volunteer.ts";
import { newVolunteer } from "../support/gateway.ts";
import { openScene, registered, type Scene } from "./scene.ts";

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const wishes: Partial<NewVolunteer> = { vaccines: ["pfizer"], conditions: ["at-risk"] };
const ofWallonia = () => newVolunteer(wishes);
const ofBrussels = () =>
  newVolunteer({
    ...wishes,
    region: "brussels" as RegionId,
    postcode: "1000",
    centres: ["heysel" as CentreId, "pacheco" as CentreId],
  });

describe("a change of one field rewrote the others with what a registration has by default", () => {
  test.each([
    ["where the domicile decides on the centre", ofWallonia],
    ["where people choose their centres", ofBrussels],
  ])("%s", async (_, someone) => {
    const { token, volunteer } = await registered(scene, someone());
    expect(volunteer).toMatchObject(wishes);
    const fields = {
      language: "de",
      vaccines: ["moderna"],
      conditions: [],
      availability: { ...always, from: "2021-05-01" },
      contact: { email: "new@example.org", mobile: "+32470000001" },
      postcode: someone().region === "brussels" ? "1020" : "6001",
    };
    let before: object = volunteer;
    for (const [field, value] of Object.entries(fields)) {
      const reply = await scene.send("PATCH", "/v1/volunteer", { token, json: { [field]: value } });
      const after: object = Object(await reply.json());
      expect(after, field).toEqual({ ...before, [field]: value });
      before = after;
    }
  });
});

describe("a change gave up what the region asks for", () => {
  const email = "new@example.org";
  const patch = async (token: string, json: unknown) => {
    const reply = await scene.send("PATCH", "/v1/volunteer", { token, json });
    const { issues } = z.looseObject({ issues: Problem.shape.issues }).parse(await reply.json());
    return [reply.status, issues?.map(({ at }) => at)];
  };

  test.each([
    ["a way to be reached", { contact: { email } }, "/contact/mobile"],
    ["or a helper's", { helper: { name: "Luc", contact: { email } } }, "/helper/contact/mobile"],
  ])("%s", async (_, json, at) => {
    const { token, volunteer } = await registered(scene, ofWallonia());
    expect(await patch(token, json)).toEqual([422, [at]]);
    expect(await (await scene.send("GET", "/v1/volunteer", { token })).json()).toEqual(volunteer);
  });

  test("but rules made since keep nobody from changing the rest", async () => {
    const { send, read } = scene;
    const contact = { email };
    const { token } = await registered(scene, { ...ofBrussels(), contact });
    const { rules } = await read(Policy, "GET", "/v1/regions/brussels/policy");
    const json = { rules: { ...rules, asks: { ...rules.asks, mobile: "required" } } };
    await send("POST", "/v1/regions/brussels/policies", { as: "operator", json });
    expect(await patch(token, { language: "nl" })).toEqual([200, undefined]);
    expect(await patch(token, { contact: { email: "newer@example.org" } })).toEqual([200, undefined]);
    expect(await patch(token, { contact: { email, mobile: "+32470000001" } })).toEqual([200, undefined]);
    expect(await patch(token, { contact })).toEqual([422, ["/contact/mobile"]]);
  });
});
