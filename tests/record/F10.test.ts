import { expect, test } from "vitest";
import { answer, readInvitation } from "../../gateway/flows/answer.ts";
import { tellBooking } from "../../gateway/flows/booked.ts";
import { bookingToMake } from "../../gateway/flows/carry.ts";
import { retrace } from "../../gateway/flows/retrace.ts";
import { whoIsComing } from "../../gateway/flows/watch.ts";
import { AdapterError } from "../../schema/adapter.ts";
import type { PlatformName } from "../../schema/primitives.ts";
import { ask } from "../flows/scene.ts";
import { newVolunteers } from "../support/gateway.ts";
import { workerOf } from "../worker/worker.ts";
import { ids, inScene, settled, told } from "./story.ts";

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

test("F10: while the platform is down, slow or silent, the person reads accepted, and is expected", () =>
  inScene(newVolunteers(1), async (world) => {
    const { deps, clock } = world;
    const { surplus, asked } = await ask(world, 1);
    const token = asked[0]?.token ?? "";
    await answer(deps, token, "yes");
    const faults = ["unavailable", "throttled", "unknown", "drifted"] as const;
    const never = async () => {
      throw new AdapterError(faults[tries++ % faults.length] ?? "unavailable", "not today");
    };
    let tries = 0;
    const port = { find: async () => undefined, book: never, cancel: never };
    const { drain } = workerOf(world, {
      platforms: { doclr: { booking: port } },
      notify: async () => ({ at: clock.now(), channel: "email" }),
    });
    for (const _later of faults) {
      clock.advance(6);
      await drain();
      expect(await readInvitation(deps, token)).toMatchObject({ state: "accepted", promise: "expected" });
    }
    expect(tries).toBeGreaterThan(3);
    expect((await whoIsComing(deps, surplus.id))[0]?.booking.state).toBe("promised");
  }));

test("F10: where the platform refuses for good, the dose is the next person's at once, and the first is told so", () =>
  inScene(newVolunteers(2), async (world) => {
    const { deps } = world;
    const { surplus, asked } = await ask(world, 1);
    const token = asked[0]?.token ?? "";
    await answer(deps, token, "yes");
    const [coming] = await whoIsComing(deps, surplus.id);
    if (!coming) throw new Error("nobody is expected");
    const { id, at } = coming.booking;
    const receipt = { outcome: "refused", cause: "not-accepted" } as const;
    await tellBooking(deps, id, { asked: at, platform: "doclr" as PlatformName, receipt });
    expect((await whoIsComing(deps, surplus.id))[0]?.booking.state).toBe("refused");
    const shown = await readInvitation(deps, token);
    expect(shown).toMatchObject({ state: "accepted", promise: "refused" });
    expect(shown.comeAt).toBeUndefined();
    const [first, second] = ids(world);
    expect(await told(world, "booking-refused")).toEqual([first]);
    expect(await settled(world, surplus.id)).toEqual([second]);
    expect((await retrace(deps, surplus.id)).agrees).toBe(true);
  }));
