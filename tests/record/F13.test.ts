import { expect, test } from "vitest";
import { adjust } from "../../gateway/flows/announce.ts";
import { answer } from "../../gateway/flows/answer.ts";
import { settle } from "../../gateway/flows/settle.ts";
import { readSurplus } from "../../gateway/flows/watch.ts";
import { ask, deliver, leftOver, outcomes } from "../flows/scene.ts";
import { newVolunteers } from "../support/gateway.ts";
import { ids, inScene, settled, told } from "./story.ts";

/* More people confirmed than there were doses; people were turned away at the door. */

test("F13: three doses, and everyone ever asked says yes at once: three are promised, the others told at once", () =>
  inScene(newVolunteers(12), async (world) => {
    const { deps, clock } = world;
    const { surplus, asked } = await ask(world, 3);
    const everyone = [...asked];
    for (let round = 0; round < 2; round += 1) {
      clock.advance(30);
      await settle(deps, surplus.id);
      everyone.push(...(await deliver(world, surplus.id)));
    }
    expect(everyone).toHaveLength(9);
    const said = await outcomes(everyone.map(({ token }) => answer(deps, token, "yes")));
    const late = said.filter((each) => each === "invitation_over").length;
    expect(said.filter((each) => each === "done")).toHaveLength(9 - late);
    expect(await told(world, "accepted")).toHaveLength(3);
    expect(await told(world, "released")).toHaveLength(6 - late);
    expect((await readSurplus(deps, surplus.id)).doses).toMatchObject({ promised: 3, held: 0, free: 0 });
  }));

test("F13: whose dose was taken back is told at once and is first in line for the next", () =>
  inScene(newVolunteers(3), async (world) => {
    const [first, second, third] = ids(world);
    const { surplus } = await ask(world, 2);
    await adjust(world.deps, surplus.id, { doses: 1 }, "staff");
    expect(await told(world, "revoked")).toEqual([second]);
    expect(await settled(world, surplus.id)).toEqual([first]);
    expect(await settled(world, (await leftOver(world, 2)).id)).toEqual([second, third]);
  }));
