import { expect, test } from "vitest";
import { answer } from "../../gateway/flows/answer.ts";
import { invitationToSend } from "../../gateway/flows/carry.ts";
import * as invitations from "../../gateway/store/invitations.ts";
import { plusMinutes } from "../../schema/primitives.ts";
import { deliver, leftOver } from "../flows/scene.ts";
import { newVolunteers } from "../support/gateway.ts";
import { ids, inScene, settled, told } from "./story.ts";

/* Invitations arrived after, or two minutes before, their own deadline. */

test("F03: the half hour begins when the channel has the message, however long it was on its way", () =>
  inScene(newVolunteers(1), async (world) => {
    const { id } = await leftOver(world, 1);
    await settled(world, id);
    world.clock.advance(14);
    const [asked] = await deliver(world, id);
    const open = asked && (await invitations.byId(world.deps.db, asked.row.id));
    expect(open?.windowEndsAt).toBe(plusMinutes(world.clock.now(), 30));
    world.clock.advance(29);
    expect((await answer(world.deps, asked?.token ?? "", "yes")).state).toBe("accepted");
  }));

test("F03: one that cannot leave in time is never sent stale: the next is asked, and nobody is blamed", () =>
  inScene(newVolunteers(2), async (world) => {
    const [first, next] = ids(world);
    const { id } = await leftOver(world, 1);
    expect(await settled(world, id)).toEqual([first]);
    const [stuck] = await invitations.liveOf(world.deps.db, id);
    world.clock.advance(15);
    expect(stuck && (await invitationToSend(world.deps, stuck.id))).toBeUndefined();
    expect(await settled(world, id)).toEqual([next]);
    expect(await told(world, "lapsed")).toEqual([]);
  }));

test("F03: nobody is asked once they could not read it, answer and travel before the dose is lost", () =>
  inScene(newVolunteers(1), async (world) => {
    const { id } = await leftOver(world, 1, { usableUntil: plusMinutes(world.clock.now(), 34) });
    expect(await settled(world, id)).toEqual([]);
  }));
