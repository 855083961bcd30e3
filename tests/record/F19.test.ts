import { expect, test } from "vitest";
import { answer } from "../../gateway/flows/answer.ts";
import { whoIsComing } from "../../gateway/flows/watch.ts";
import type { CentreId, RegionId } from "../../schema/primitives.ts";
import { deliver, leftOver } from "../flows/scene.ts";
import { newVolunteer } from "../support/gateway.ts";
import { inScene, settled } from "./story.ts";

/* A Brussels postcode was taken on trust; thousands of people who lived elsewhere were vaccinated ahead of their turn. */

test("F19: what decides the order or the place and is only declared is shown to the centre before the dose is given", () =>
  inScene(
    [
      newVolunteer({
        ...{ region: "brussels" as RegionId, postcode: "1000", centres: ["pacheco" as CentreId] },
        ...{ nationalNumber: undefined, birthDate: "1950-01-15", conditions: ["at-risk"] },
      }),
    ],
    async (world) => {
      const { id } = await leftOver(world, 1, { centre: "pacheco" as CentreId });
      await settled(world, id);
      const [asked] = await deliver(world, id);
      await answer(world.deps, asked?.token ?? "", "yes");
      const [coming] = await whoIsComing(world.deps, id);
      expect(coming?.declared.toSorted()).toEqual(["at-risk", "birth date", "postcode"]);
    },
  ));
