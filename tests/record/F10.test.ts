import { expect, test } from "vitest";
import { answer, readInvitation } from "../../gateway/flows/answer.ts";
import { bookingToMake, tellBooking } from "../../gateway/flows/carry.ts";
import { whoIsComing } from "../../gateway/flows/watch.ts";
import type { PlatformName } from "../../schema/primitives.ts";
import { ask } from "../flows/scene.ts";
import { newVolunteers } from "../support/gateway.ts";
import { inScene } from "./story.ts";

/* An upgrade of one platform made the other's invitations impossible to confirm for hours. */

test("F10: a yes stands by itself; no platform has been asked when the person reads accepted", () =>
  inScene(newVolunteers(1), async (world) => {
    const { deps, clock } = world;
    const { surplus, asked } = await ask(world, 1);
    const token = asked[0]?.token ?? "";
    expect((await answer(deps, token, "yes")).state).toBe("accepted");
    clock.advance(120);
    const [coming] = await whoIsComing(deps, surplus.id);
    expect(coming?.booking.state).toBe("promised");
    expect(coming && (await bookingToMake(deps, coming.booking.id))?.platform).toBe("doclr");
  }));

test("F10: where the platform will not book, the person is expected all the same, and the centre sees both", () =>
  inScene(newVolunteers(1), async (world) => {
    const { deps } = world;
    const { surplus, asked } = await ask(world, 1);
    const token = asked[0]?.token ?? "";
    await answer(deps, token, "yes");
    const [coming] = await whoIsComing(deps, surplus.id);
    if (!coming) throw new Error("nobody is expected");
    const receipt = { outcome: "refused", cause: "no-slot" } as const;
    await tellBooking(deps, coming.booking.id, {
      asked: coming.booking.at,
      platform: "doclr" as PlatformName,
      receipt,
    });
    expect((await whoIsComing(deps, surplus.id))[0]?.booking.state).toBe("refused");
    expect((await readInvitation(deps, token)).state).toBe("accepted");
  }));
