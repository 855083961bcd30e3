import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { CentreId, RegionId } from "../../schema/primitives.ts";
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
