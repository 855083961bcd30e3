import { expect, test } from "vitest";
import { answer } from "../../gateway/flows/answer.ts";
import { messageToWrite } from "../../gateway/flows/carry.ts";
import { settle } from "../../gateway/flows/settle.ts";
import { whoIsComing } from "../../gateway/flows/watch.ts";
import type { CentreId, RegionId } from "../../schema/primitives.ts";
import type { NewVolunteer } from "../../schema/volunteer.ts";
import { deliver, leftOver } from "../flows/scene.ts";
import { newVolunteer } from "../support/gateway.ts";
import { ids, inScene } from "./story.ts";

/* 12 % of Brussels residents had no letter box for the code that the platform required. */

const pacheco = "pacheco" as CentreId;
const inBrussels = (rest: Partial<NewVolunteer>) =>
  newVolunteer({
    region: "brussels" as RegionId,
    nationalNumber: undefined,
    birthDate: "1950-01-15",
    postcode: "1000",
    centres: [pacheco],
    ...rest,
  });

test("F16: a name, a birth date, a postcode and one telephone are enough to be called in Brussels", () =>
  inScene([inBrussels({ contact: { mobile: "+32460000001" } })], async (world) => {
    const { id } = await leftOver(world, 1, { centre: pacheco });
    await settle(world.deps, id);
    const [asked] = await deliver(world, id);
    await answer(world.deps, asked?.token ?? "", "yes");
    const [coming] = await whoIsComing(world.deps, id);
    expect(coming?.familyName).toBe("Dupont");
    expect(coming?.declared).toEqual(["birthDate", "postcode"]);
  }));

test("F16: a helper registers someone and is the one who is written to, in that person's name", () => {
  const helper = { name: "Maison de quartier", contact: { email: "aide@example.org" } };
  return inScene([inBrussels({ contact: { mobile: "+32460000002" }, helper })], async (world) => {
    const [volunteer] = ids(world);
    const letter = volunteer && (await messageToWrite(world.deps, { volunteer, tokens: ["letter"] }));
    expect(letter).toMatchObject({ givenName: "Jean", contact: helper.contact });
  });
});
