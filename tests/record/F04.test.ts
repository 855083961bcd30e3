import { expect, test } from "vitest";
import { stand } from "../../gateway/flows/manage.ts";
import { plusMinutes } from "../../schema/primitives.ts";
import { deliver, leftOver } from "../flows/scene.ts";
import { newVolunteers } from "../support/gateway.ts";
import { ids, inScene, settled, told } from "./story.ts";

/* People who were never invited got "you did not react, you are off the list". */

test("F04: whoever was never reached is not silent: no word is sent, and the next dose asks them first", () =>
  inScene(newVolunteers(2), async (world) => {
    const [first] = ids(world);
    const { id } = await leftOver(world, 1);
    await settled(world, id);
    world.clock.advance(60);
    await settled(world, id);
    expect(await told(world, "lapsed")).toEqual([]);
    expect(await settled(world, (await leftOver(world, 1)).id)).toEqual([first]);
  }));

test("F04: silence after a message that did leave takes nobody off the list", () =>
  inScene(newVolunteers(1), async (world) => {
    const [{ token } = { token: "" }] = world.registered;
    const { id } = await leftOver(world, 1);
    await settled(world, id);
    await deliver(world, id);
    world.clock.advance(30);
    await settled(world, id);
    expect(await told(world, "lapsed")).toEqual(ids(world));
    expect((await stand(world.deps, token)).state).toBe("active");
    world.clock.advance(24 * 60);
    const usableUntil = plusMinutes(world.clock.now(), 240);
    expect(await settled(world, (await leftOver(world, 1, { usableUntil })).id)).toEqual(ids(world));
  }));
