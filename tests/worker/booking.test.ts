import { expect, test } from "vitest";
import { answer } from "../../gateway/flows/answer.ts";
import { attend } from "../../gateway/flows/attend.ts";
import { tellBooking } from "../../gateway/flows/booked.ts";
import { whoIsComing } from "../../gateway/flows/watch.ts";
import { AdapterError, type BookingRequest, type Ports } from "../../schema/adapter.ts";
import {
  type BookingId,
  type ExternalId,
  type Instant,
  type PlatformName,
  plusMinutes,
} from "../../schema/primitives.ts";
import type { MessageKind } from "../../schema/surplus.ts";
import { ask, broken, nothing } from "../flows/scene.ts";
import { inScene, type Scene } from "../record/story.ts";
import { newVolunteers } from "../support/gateway.ts";
import { workerOf } from "./worker.ts";

type Held = { externalRef: ExternalId; at: Instant };

/** A platform that books once under our name, until somebody lets its replies be lost. */
const bookingSystem = () => {
  const held = new Map<BookingId, Held>();
  const asked: string[] = [];
  const replies = { areLost: false as boolean };
  let made = 0;
  const book = ({ booking, at }: BookingRequest): Held => {
    made += 1;
    const found = held.get(booking) ?? { externalRef: `a${made}` as ExternalId, at };
    held.set(booking, found);
    return found;
  };
  const port: Ports["booking"] = {
    book: async (request) => {
      asked.push("book");
      const { externalRef, at } = book(request);
      if (replies.areLost) throw new AdapterError("unknown", "the reply was lost");
      return { outcome: "booked", externalRef, at };
    },
    find: async ({ booking }) => held.get(booking),
    cancel: async ({ booking, externalRef }) => {
      asked.push(`cancel ${externalRef}`);
      if (held.get(booking)?.externalRef === externalRef) held.delete(booking);
    },
  };
  return { port, held, asked, replies, book };
};

/** Someone of Charleroi has said yes, and their booking is to be made: on Doclr, as the binding says. */
const promised = async (world: Scene) => {
  const [doclr, doctena] = [bookingSystem(), bookingSystem()];
  const slots: Ports["slots"] = { list: async () => [] };
  const letters: MessageKind[] = [];
  const { drain } = workerOf(world, {
    platforms: { doclr: { booking: doclr.port, slots }, doctena: { booking: doctena.port } },
    notify: async ({ letter }) => {
      letters.push(letter.about);
      return { at: world.clock.now(), channel: "email" };
    },
  });
  const { surplus, asked } = await ask(world, 1);
  await answer(world.deps, asked[0]?.token ?? "", "yes");
  const booking = async () => {
    const [coming] = await whoIsComing(world.deps, surplus.id);
    if (!coming) throw new Error("nobody is expected");
    return coming.booking;
  };
  const { id } = await booking();
  const later = plusMinutes(world.clock.now(), 120);
  return {
    ...{ doclr, doctena, slots, letters, booking, drain, later },
    cancel: () => attend(world.deps, id, { outcome: "cancelled" }, "staff"),
    move: () => attend(world.deps, id, { at: later }, "staff"),
    rebind: () => world.database.sql`update bindings set platform = 'doctena' where role = 'booking'`,
    pass: async (minutes: number) => {
      world.clock.advance(minutes);
      await drain();
    },
  };
};

test("what a platform booked although its reply was lost is cancelled there with the booking", () =>
  inScene(newVolunteers(1), async (world) => {
    const { doclr, drain, cancel, pass } = await promised(world);
    doclr.replies.areLost = true;
    await drain();
    expect(doclr.held.size).toBe(1);
    await cancel();
    await drain();
    expect(doclr.held.size).toBe(0);
    await pass(10);
    expect(doclr.held.size).toBe(0);
  }));

test("so is what the platform books only after it was looked for", () =>
  inScene(newVolunteers(1), async (world) => {
    const { doclr, booking, drain, cancel, pass } = await promised(world);
    const { id, at, centre } = await booking();
    const slowly = doclr.port.book;
    doclr.port.book = async () => {
      throw new AdapterError("unknown", "it will be done");
    };
    await drain();
    await cancel();
    await drain();
    doclr.port.book = slowly;
    doclr.book({ booking: id, at, centre } as BookingRequest);
    await pass(10);
    expect(doclr.held.size).toBe(0);
  }));

test("a booking that was moved before its lost reply was made up for stands at the new time alone", () =>
  inScene(newVolunteers(1), async (world) => {
    const { doclr, booking, later, drain, move, pass } = await promised(world);
    doclr.replies.areLost = true;
    await drain();
    await move();
    doclr.replies.areLost = false;
    await pass(10);
    const [standing, ...more] = doclr.held.values();
    expect([standing?.at, more]).toEqual([later, []]);
    expect(await booking()).toMatchObject({ state: "booked", externalRef: standing?.externalRef, at: later });
  }));

test("a booking that is moved after its centre changed its system leaves the old one and stands in the new", () =>
  inScene(newVolunteers(1), async (world) => {
    const { doclr, doctena, booking, later, drain, move, rebind } = await promised(world);
    await drain();
    await rebind();
    await move();
    await drain();
    expect([doclr.held.size, doclr.asked]).toEqual([0, ["book", "cancel a1"]]);
    expect([...doctena.held.values()]).toEqual([{ externalRef: "a1", at: later }]);
    expect(doctena.asked).toEqual(["book"]);
    expect(await booking()).toMatchObject({ state: "booked", platform: "doctena", externalRef: "a1" });
  }));

test("so does one whose reply was lost before its centre changed its system", () =>
  inScene(newVolunteers(1), async (world) => {
    const { doclr, doctena, drain, rebind, pass } = await promised(world);
    doclr.replies.areLost = true;
    await drain();
    await rebind();
    await pass(10);
    expect([doclr.held.size, doctena.held.size]).toEqual([0, 1]);
  }));

test("a second booking that the platform took for the first stays when the first is cancelled", () =>
  inScene(newVolunteers(1), async (world) => {
    const { doclr, drain, cancel, pass } = await promised(world);
    doclr.replies.areLost = true;
    await drain();
    await cancel();
    const [first] = doclr.held.values();
    // A platform that knows people and no bookings of ours finds the same for either.
    doclr.port.find = async () => [...doclr.held.values()][0];
    await world.database.sql`
      insert into bookings (id, region, campaign, centre, surplus, volunteer, state, at, platform, external_ref, promised_at)
      select gen_random_uuid(), region, campaign, centre, surplus, volunteer, 'booked', at, 'doclr',
        ${first?.externalRef ?? ""}, promised_at from bookings`;
    await pass(10);
    expect([...doclr.held.values()]).toEqual([first]);
  }));

test("of two workers with one order, where the centre books nowhere, the second has nothing to tell and does not fail", () =>
  inScene(newVolunteers(1), async ({ deps, ...world }) => {
    const { surplus, asked } = await ask({ deps, ...world }, 1);
    await answer(deps, asked[0]?.token ?? "", "yes");
    const [coming] = await whoIsComing(deps, surplus.id);
    if (!coming) throw new Error("nobody is expected");
    const { id, at } = coming.booking;
    for (const _worker of [1, 2]) await tellBooking(deps, id, { asked: at });
    expect((await whoIsComing(deps, surplus.id))[0]?.booking.state).toBe("booked");
  }));

test("a no that our own lost try may have caused is believed only once the platform had time to show it", () =>
  inScene(newVolunteers(1), async (world) => {
    const { doclr, booking, drain, pass } = await promised(world);
    const { find, book } = doclr.port;
    doclr.port.find = async () => undefined;
    doclr.replies.areLost = true;
    await drain();
    doclr.port.book = async () => ({ outcome: "refused", cause: "already-booked" });
    await pass(5);
    expect(await booking()).toMatchObject({ state: "promised" });
    Object.assign(doclr.port, { find, book });
    await pass(6);
    expect(await booking()).toMatchObject({ state: "booked", externalRef: "a1" });
    expect(doclr.held.size).toBe(1);
  }));

test("what a lost try booked is cancelled where the platform refuses in the end", () =>
  inScene(newVolunteers(1), async (world) => {
    const { doclr, booking, drain, pass } = await promised(world);
    const { find } = doclr.port;
    let looks = 0;
    // It shows what it booked only after the gateway has looked twice more.
    doclr.port.find = async (request) => {
      looks += 1;
      return looks > 3 ? find(request) : undefined;
    };
    doclr.replies.areLost = true;
    await drain();
    doclr.port.book = async () => ({ outcome: "refused", cause: "not-accepted" });
    await pass(11);
    expect((await booking()).state).toBe("refused");
    expect(doclr.held.size).toBe(0);
  }));

test("where no place is left at the hour promised, the next is booked, and the person is told the new hour", () =>
  inScene(newVolunteers(1), async (world) => {
    const { doclr, slots, letters, booking, drain } = await promised(world);
    const { at, centre } = await booking();
    const next = plusMinutes(at, 30);
    const slot = (startsAt: Instant) => ({
      externalId: `at ${startsAt}` as ExternalId,
      centre,
      startsAt,
      endsAt: plusMinutes(startsAt, 10),
      capacity: 1,
    });
    slots.list = async () => [slot(plusMinutes(at, 60)), slot(next), slot(plusMinutes(at, -30))];
    const { book } = doclr.port;
    doclr.port.book = async (request) =>
      request.at === at ? { outcome: "refused", cause: "no-slot" } : book(request);
    await drain();
    expect(await booking()).toMatchObject({ state: "booked", at: next, externalRef: "a1" });
    expect(letters).toContain("booking-moved");
  }));

test("of two workers with one order, the second that is refused has nothing to tell either", () =>
  inScene(newVolunteers(1), async (world) => {
    const { booking } = await promised(world);
    const { id, at } = await booking();
    const told = { asked: at, platform: "doclr" as PlatformName };
    await Promise.all(
      [1, 2, 3].map((nth) =>
        tellBooking(world.deps, id, {
          ...told,
          receipt:
            nth === 1
              ? { outcome: "refused", cause: "not-accepted" }
              : { outcome: "booked", externalRef: `a${nth}` as ExternalId, at },
        }),
      ),
    );
    const { state, externalRef } = await booking();
    expect(state === "refused" || externalRef !== undefined).toBe(true);
    expect(await broken(world)).toEqual(nothing);
  }));
