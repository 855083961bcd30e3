import { expect, test } from "vitest";
import { standsWithoutPlatform } from "../../gateway/core/booking.ts";
import { answer, callOff, readInvitation } from "../../gateway/flows/answer.ts";
import { tellBooking } from "../../gateway/flows/booked.ts";
import { bookingToMake } from "../../gateway/flows/carry.ts";
import { retrace } from "../../gateway/flows/retrace.ts";
import { whoIsComing } from "../../gateway/flows/watch.ts";
import type { RefusalCause } from "../../schema/adapter.ts";
import { type Instant, millis, PlatformName } from "../../schema/primitives.ts";
import { ids, inScene, type Scene, settled, told } from "../record/story.ts";
import { newVolunteer, newVolunteers } from "../support/gateway.ts";
import { ask, broken, nothing } from "./scene.ts";

const doclr = PlatformName.parse("doclr");
const demands = { postcode: "required", email: "required", mobile: "required" } as const;

/** The first in order has said yes, and Doclr is about to be asked. */
const promised = async (world: Scene) => {
  const { deps } = world;
  const { surplus, asked } = await ask(world, 1);
  const token = asked[0]?.token ?? "";
  await answer(deps, token, "yes");
  const booking = async () => {
    const [coming] = await whoIsComing(deps, surplus.id);
    if (!coming) throw new Error("nobody is expected");
    return coming.booking;
  };
  const { id, at } = await booking();
  await bookingToMake(deps, id);
  const refuse = (cause: RefusalCause) =>
    tellBooking(deps, id, { asked: at, platform: doclr, receipt: { outcome: "refused", cause } });
  return { surplus, token, booking, at, refuse };
};

const listLife = async ({ database: { sql } }: Scene) =>
  (await sql<{ state: string }[]>`select state from volunteers order by birth_date limit 1`)[0]?.state;

test.each(["not-accepted", "already-booked", "already-vaccinated"] as const)(
  "%s ends the promise: the dose is free for the next, no step is lost, nothing is promised twice",
  (cause) =>
    inScene(newVolunteers(2), async (world) => {
      const { surplus, refuse, booking } = await promised(world);
      await refuse(cause);
      expect((await booking()).state).toBe("refused");
      expect(await settled(world, surplus.id)).toEqual([ids(world)[1]]);
      expect((await retrace(world.deps, surplus.id)).agrees).toBe(true);
      expect(await broken(world)).toEqual(nothing);
    }),
);

test("whoever is refused waits in the queue again from that evening on", () =>
  inScene(newVolunteers(1), async (world) => {
    const { surplus, refuse } = await promised(world);
    await refuse("not-accepted");
    const [place] = await world.database.sql<{ at: string }[]>`select not_before as at from queue`;
    expect(millis(place?.at as Instant)).toBe(millis(surplus.usableUntil));
    expect(await listLife(world)).toBe("active");
  }));

test("F14: a dose that the register finds by national number ends the list life", () =>
  inScene(newVolunteers(1), async (world) => {
    await (await promised(world)).refuse("already-vaccinated");
    expect(await listLife(world)).toBe("closed");
  }));

const asksNoNumber = { ...demands, nationalNumber: "optional" as const };
test("one found by name and birth date alone may be a namesake's, and ends none", () =>
  inScene(
    [newVolunteer({ nationalNumber: undefined, birthDate: "1950-01-15" })],
    async (world) => {
      await (await promised(world)).refuse("already-vaccinated");
      expect(await listLife(world)).toBe("active");
    },
    { standby: false, asks: asksNoNumber },
  ));

test("F20: page and letter are the same whatever the reason", async () => {
  const seen = new Set<string>();
  for (const cause of ["not-accepted", "already-vaccinated", "already-booked"] as const)
    await inScene(newVolunteers(1), async (world) => {
      const { token, refuse } = await promised(world);
      await refuse(cause);
      const { id: _, ...shown } = await readInvitation(world.deps, token);
      seen.add(JSON.stringify([shown, (await told(world, "booking-refused")).length]));
    });
  expect(seen.size).toBe(1);
});

test("whoever is at the door when the platform refuses has their dose: the centre keeps it by hand", () =>
  inScene(newVolunteers(2), async (world) => {
    const { booking, at, token, refuse } = await promised(world);
    world.clock.advance((millis(at) - millis(world.clock.now())) / 60_000);
    await refuse("not-accepted");
    expect(await booking()).toMatchObject({ state: "booked" });
    expect((await booking()).platform).toBeUndefined();
    expect(await readInvitation(world.deps, token)).toMatchObject({ promise: "expected" });
    expect(await told(world, "booking-refused")).toEqual([]);
    expect(await broken(world)).toEqual(nothing);
  }));

test("no place is nobody's fault, and the next would find none either: the centre keeps the promise by hand", () =>
  inScene(newVolunteers(2), async (world) => {
    const { surplus, booking, refuse } = await promised(world);
    await refuse("no-slot");
    expect(await booking()).toMatchObject({ state: "booked" });
    expect(await settled(world, surplus.id)).toEqual([]);
    expect((await retrace(world.deps, surplus.id)).agrees).toBe(true);
  }));

const [early, now, late] = ["15", "16", "17"].map((hour) => `2021-04-16T${hour}:00:00.000Z`) as [
  Instant,
  Instant,
  Instant,
];
const [many, few] = [
  { refused: 4, made: 3 },
  { refused: 3, made: 3 },
];
test.each([
  { cause: "no-slot", at: late, othersMayCome: true, before: few, stands: true },
  { cause: "not-accepted", at: late, othersMayCome: true, before: few, stands: false },
  { cause: "not-accepted", at: late, othersMayCome: true, before: many, stands: true },
  { cause: "not-accepted", at: late, othersMayCome: false, before: few, stands: true },
  { cause: "not-accepted", at: early, othersMayCome: true, before: few, stands: true },
  { cause: "already-booked", at: early, othersMayCome: false, before: many, stands: false },
  { cause: "already-vaccinated", at: early, othersMayCome: false, before: many, stands: false },
] as const)("$cause, at $at, others may come: $othersMayCome, before: $before; stands: $stands", (given) => {
  expect(standsWithoutPlatform({ ...given, now })).toBe(given.stands);
});

test("whoever was promised a dose gives it back by their own link, for the next at once", () =>
  inScene(newVolunteers(2), async (world) => {
    const { deps } = world;
    const { surplus, token, booking } = await promised(world);
    expect(await callOff(deps, token)).toMatchObject({ state: "accepted", promise: "cancelled" });
    expect((await booking()).state).toBe("cancelled");
    expect(await settled(world, surplus.id)).toEqual([ids(world)[1]]);
    expect(await told(world, "booking-cancelled")).toEqual([]);
    await expect(callOff(deps, token)).rejects.toMatchObject({ code: "booking_over" });
    expect((await retrace(deps, surplus.id)).agrees).toBe(true);
    expect(await broken(world)).toEqual(nothing);
  }));

test("whoever is not promised one yet says no by it", () =>
  inScene(newVolunteers(1), async (world) => {
    const { asked } = await ask(world, 1);
    const shown = await callOff(world.deps, asked[0]?.token ?? "");
    expect(shown.state).toBe("declined");
  }));
