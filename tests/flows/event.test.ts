import { expect, test } from "vitest";
import { answer } from "../../gateway/flows/answer.ts";
import { bookingToMake, noteInviter } from "../../gateway/flows/carry.ts";
import { takeDelivery } from "../../gateway/flows/event.ts";
import { settle } from "../../gateway/flows/settle.ts";
import { whoIsComing } from "../../gateway/flows/watch.ts";
import * as invitations from "../../gateway/store/invitations.ts";
import type { PlatformEvent } from "../../schema/adapter.ts";
import { PlatformName } from "../../schema/primitives.ts";
import { inScene, type Scene } from "../record/story.ts";
import { newVolunteers } from "../support/gateway.ts";
import { ask, leftOver } from "./scene.ts";

const [qvax, doclr] = [PlatformName.parse("qvax"), PlatformName.parse("doclr")];
const tell = ({ deps }: Scene, platform: PlatformName, event: PlatformEvent) =>
  takeDelivery(deps, platform, { delivery: platform, events: [event] });

test("a booking is cancelled by the platform that was asked to make it, and by no other", () =>
  inScene(newVolunteers(1), async (world) => {
    const { deps, clock } = world;
    const { surplus, asked } = await ask(world, 1);
    await answer(deps, asked[0]?.token ?? "", "yes");
    const booking = async () => (await whoIsComing(deps, surplus.id))[0]?.booking;
    const id = (await booking())?.id;
    if (!id) throw new Error("nobody is expected");
    expect((await bookingToMake(deps, id))?.platform).toBe(doclr);
    const event: PlatformEvent = { kind: "booking-cancelled", booking: id, at: clock.now() };
    await tell(world, qvax, event);
    expect((await booking())?.state).toBe("promised");
    await tell(world, doclr, event);
    expect((await booking())?.state).toBe("cancelled");
  }));

test("an invitation is answered by the platform that asked the person, and by no other", () =>
  inScene(newVolunteers(1), async (world) => {
    const { deps, clock } = world;
    const surplus = await leftOver(world, 1);
    await settle(deps, surplus.id);
    const state = async () => (await invitations.ofSurplus(deps.db, surplus.id))[0]?.state;
    const [row] = await invitations.ofSurplus(deps.db, surplus.id);
    if (!row) throw new Error("nobody was asked");
    await noteInviter(deps, row.id, qvax);
    const event = { kind: "answered" as const, invitation: row.id, answer: "no" as const, at: clock.now() };
    await tell(world, doclr, event);
    expect(await state()).toBe("decided");
    await tell(world, qvax, { ...event, answer: "yes" });
    expect(await state()).toBe("accepted");
  }));
