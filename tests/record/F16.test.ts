import { expect, test } from "vitest";
import { answer } from "../../gateway/flows/answer.ts";
import { messageToWrite } from "../../gateway/flows/carry.ts";
import { withdrawConsent } from "../../gateway/flows/consents.ts";
import { change } from "../../gateway/flows/manage.ts";
import { settle } from "../../gateway/flows/settle.ts";
import { whoIsComing } from "../../gateway/flows/watch.ts";
import type { CentreId, RegionId } from "../../schema/primitives.ts";
import type { NewVolunteer } from "../../schema/volunteer.ts";
import { deliver, leftOver } from "../flows/scene.ts";
import { newVolunteer } from "../support/gateway.ts";
import { register } from "../support/register.ts";
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

test("F16: a helper stands for ten people by the region's policy, and is told plainly at the next", () => {
  const helper = { name: "Maison de quartier", contact: { email: "aide@example.org" } };
  const one = (nth: number) =>
    inBrussels({ birthDate: `1950-02-${10 + nth}`, contact: { mobile: `+324600001${10 + nth}` }, helper });
  return inScene(
    Array.from({ length: 10 }, (_, nth) => one(nth)),
    async ({ deps, registered }) => {
      const refused = { code: "helper_full", issues: [{ in: "body", at: "/helper/contact" }] };
      await expect(register(deps, one(11), "volunteer")).rejects.toMatchObject(refused);
      const own = { birthDate: "1950-02-28", contact: { mobile: "+32460000199" } };
      await register(deps, inBrussels(own), "volunteer");
      const other = { name: "CPAS", contact: { mobile: "+32460000198" } };
      const another = { birthDate: "1950-02-27", contact: { mobile: "+32460000197" }, helper: other };
      await register(deps, inBrussels(another), "volunteer");
      // An agency hands on whole houses.
      await register(deps, one(12), "agency");
      // Whoever stands for them already goes on doing so, and may be put right.
      const [first] = registered;
      await change(deps, first?.token ?? "", { helper: { ...helper, name: "Maison du quartier Nord" } });
    },
  );
});

test("F16: a helper's telephone answers for each of its people, and a person can do without the helper again", () => {
  const helper = { name: "Maison de quartier", contact: { mobile: "+32460000299" } };
  const people = [1, 2].map((nth) =>
    inBrussels({ birthDate: `1950-03-1${nth}`, contact: { mobile: `+3246000020${nth}` }, helper }),
  );
  return inScene(people, async (world) => {
    const { id } = await leftOver(world, 2, { centre: pacheco });
    await settle(world.deps, id);
    for (const { token } of await deliver(world, id)) await answer(world.deps, token, "yes");
    expect(await whoIsComing(world.deps, id)).toHaveLength(2);
    const [first] = world.registered;
    await withdrawConsent(world.deps, { token: first?.token ?? "", purpose: "helper" });
    const [volunteer] = ids(world);
    const letter = volunteer && (await messageToWrite(world.deps, { volunteer, tokens: ["manage"] }));
    expect(letter).toMatchObject({ contact: { mobile: "+32460000201" }, helperName: undefined });
  });
});
