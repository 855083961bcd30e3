import { expect, test } from "vitest";
import { answer } from "../../gateway/flows/answer.ts";
import { attend } from "../../gateway/flows/attend.ts";
import { lastAccount, orderReconciliation } from "../../gateway/flows/reconcile.ts";
import { whoIsComing } from "../../gateway/flows/watch.ts";
import { AdapterError, type HeldBooking, type Ports } from "../../schema/adapter.ts";
import { type BookingId, type ExternalId, type Instant, plusMinutes } from "../../schema/primitives.ts";
import { ask } from "../flows/scene.ts";
import { inScene, type Scene } from "../record/story.ts";
import { newVolunteers } from "../support/gateway.ts";
import { doclr, workerOf } from "./worker.ts";

/** A platform that holds what it is told to, and someone who is booked on it. */
const booked = async (world: Scene, withList = true) => {
  const held: HeldBooking[] = [];
  const cancelled: string[] = [];
  let made = 0;
  const port: Ports["booking"] = {
    book: async ({ booking, centre, at }) => {
      made += 1;
      const receipt = { externalRef: `a${made}` as ExternalId, at };
      held.push({ ...receipt, booking, centre });
      return { outcome: "booked", ...receipt };
    },
    find: async ({ booking }) => held.find((each) => each.booking === booking),
    cancel: async ({ externalRef }) => {
      cancelled.push(externalRef);
      const at = held.findIndex((each) => each.externalRef === externalRef);
      if (at >= 0) held.splice(at, 1);
    },
    ...(withList ? { held: async () => [...held] } : {}),
  };
  const { drain } = workerOf(world, {
    platforms: { doclr: { booking: port } },
    notify: async () => ({ at: world.clock.now(), channel: "email" }),
  });
  const { surplus, asked } = await ask(world, 1);
  await answer(world.deps, asked[0]?.token ?? "", "yes");
  await drain();
  const [coming] = await whoIsComing(world.deps, surplus.id);
  if (!coming || !held[0]) throw new Error("nobody is booked");
  const booking = async () => (await whoIsComing(world.deps, surplus.id))[0]?.booking;
  const compared = async () => {
    world.clock.advance(5);
    await orderReconciliation(world.deps, doclr);
    await drain();
    return lastAccount(world.deps, doclr);
  };
  return { ...{ held, cancelled, port, booking, compared, drain }, first: held[0], id: coming.booking.id };
};

test("where both sides are equal, nothing is mended", () =>
  inScene(newVolunteers(1), async (world) => {
    const { compared } = await booked(world);
    expect(await compared()).toMatchObject({ compared: 1, equal: 1, mended: {}, reported: [] });
  }));

test.each([true, false])("what is booked here and not there is booked again (with a list: %s)", (withList) =>
  inScene(newVolunteers(1), async (world) => {
    const { held, booking, compared } = await booked(world, withList);
    held.length = 0;
    expect(await compared()).toMatchObject({ mended: { missing: 1 } });
    expect(await booking()).toMatchObject({ state: "booked", externalRef: "a2" });
    expect(held.map(({ externalRef }) => externalRef)).toEqual(["a2"]);
  }),
);

test("what the list does not show yet, and a look finds, is not booked twice", () =>
  inScene(newVolunteers(1), async (world) => {
    const { held, port, compared } = await booked(world);
    port.held = async () => [];
    await compared();
    expect(held.map(({ externalRef }) => externalRef)).toEqual(["a1"]);
  }));

test("of a booking that is there twice, the one that is known stays", () =>
  inScene(newVolunteers(1), async (world) => {
    const { held, first, compared } = await booked(world);
    held.unshift({ ...first, externalRef: "b1" as ExternalId });
    expect(await compared()).toMatchObject({ mended: { doubled: 1 } });
    expect(held).toEqual([first]);
  }));

test("what is over here is ended there, also where nothing here knows of it", () =>
  inScene(newVolunteers(1), async (world) => {
    const { held, first, id, compared, drain } = await booked(world);
    await attend(world.deps, id, { outcome: "cancelled" }, "staff");
    await drain();
    const nobodys = "0f8fad5b-d9cb-469f-a165-70867728950e" as BookingId;
    held.push(first, { ...first, externalRef: "c1" as ExternalId, booking: nobodys });
    expect(await compared()).toMatchObject({ mended: { "not-ended": 1, unknown: 1 } });
    expect(held).toEqual([]);
  }));

test("what the platform moved stands at the hour promised again", () =>
  inScene(newVolunteers(1), async (world) => {
    const { held, first, booking, compared } = await booked(world);
    const promised: Instant | undefined = (await booking())?.at;
    first.at = plusMinutes(first.at, 40);
    expect(await compared()).toMatchObject({ mended: { moved: 1 } });
    expect(held.map(({ at }) => at)).toEqual([promised]);
  }));

test("what cannot be mended is reported, and mended by the next pass", () =>
  inScene(newVolunteers(1), async (world) => {
    const { held, first, port, compared } = await booked(world);
    const { cancel } = port;
    held.push({ ...first, externalRef: "b1" as ExternalId });
    port.cancel = async () => {
      throw new AdapterError("unavailable", "down");
    };
    const reported = [{ difference: "doubled", externalRef: "b1", fault: "unavailable" }];
    expect(await compared()).toMatchObject({ mended: {}, reported });
    port.cancel = cancel;
    expect(await compared()).toMatchObject({ mended: { doubled: 1 }, reported: [] });
  }));
