import assert from "node:assert/strict";
import { AdapterError, type BookingReceipt, type BookingRequest } from "../../../schema/adapter.ts";
import { type Instant, millis, plusMinutes } from "../../../schema/primitives.ts";
import { guest, person } from "../people.ts";
import { promises, skip } from "../promises.ts";
import { freshId, type Scene } from "../scene.ts";

/** A request for the nth person, an hour from now unless said otherwise. */
export const request = (scene: Scene, index = 1, change: Partial<BookingRequest> = {}): BookingRequest => {
  const [centre] = scene.centres;
  const at = plusMinutes(scene.clock.now(), 60);
  return { booking: freshId(), centre, at, vaccine: "pfizer", guest: guest(index, centre), ...change };
};

export const live = ({ bench }: Scene) => bench.bookings?.().filter(({ state }) => state === "booked") ?? [];

type Booked = Extract<BookingReceipt, { outcome: "booked" }>;
export const booked = (receipt: BookingReceipt): Booked => {
  if (receipt.outcome === "booked") return receipt;
  return assert.fail(`refused: ${receipt.cause}`);
};

const minutesBetween = (one: Instant, other: Instant) => Math.abs(millis(one) - millis(other)) / 60_000;
const deepOfNight = "2021-05-19T01:00:00.000Z" as Instant;

export const booking = promises("booking", {
  "books: the platform holds what the receipt says, near the asked time": async (port, scene) => {
    const asked = request(scene);
    const { externalRef, at } = booked(await port.book(asked));
    assert.deepEqual(live(scene), [{ externalRef, at, centre: asked.centre, state: "booked" }]);
    assert.ok(minutesBetween(at, asked.at) <= 60, `${at} for ${asked.at}`);
  },

  "a repeat with the same booking returns the first receipt and books nothing more": async (port, scene) => {
    const asked = request(scene);
    const first = await port.book(asked);
    assert.deepEqual(await port.book(asked), first);
    assert.equal(live(scene).length, 1);
  },

  "so does a repeat from another process": async (port, scene) => {
    const asked = request(scene);
    const first = await port.book(asked);
    assert.deepEqual(await scene.reconnect().booking?.book(asked), first);
    assert.equal(live(scene).length, 1);
  },

  "two calls for the same booking at the same instant book once": async (port, scene) => {
    const asked = request(scene);
    const outcomes = await Promise.allSettled([port.book(asked), port.book(asked)]);
    const receipts = outcomes.flatMap((each) => (each.status === "fulfilled" ? [booked(each.value)] : []));
    for (const each of outcomes)
      if (each.status === "rejected") assert.ok(each.reason instanceof AdapterError);
    assert.equal(live(scene).length, 1);
    const [{ externalRef } = {}] = live(scene);
    for (const receipt of receipts) assert.equal(receipt.externalRef, externalRef);
  },

  "find returns what the platform holds for this booking or guest at that centre on that day": async (
    port,
    scene,
  ) => {
    const asked = request(scene);
    assert.equal(await port.find(asked), undefined, "before it is booked");
    const { externalRef, at } = booked(await port.book(asked));
    assert.deepEqual(await port.find(asked), { externalRef, at });
    assert.deepEqual(await scene.reconnect().booking?.find(asked), { externalRef, at }, "another process");
    const other = request(scene, 2);
    assert.equal(await port.find(other), undefined, "another guest's");
    const elsewhere = { ...asked, booking: other.booking, centre: scene.centres[1] };
    assert.equal(await port.find(elsewhere), undefined, "at another centre");
  },

  "cancel ends it; one already gone is success": async (port, scene) => {
    const asked = request(scene);
    const { externalRef } = booked(await port.book(asked));
    const { booking: name, centre } = asked;
    await port.cancel({ booking: name, centre, externalRef });
    assert.deepEqual(live(scene), []);
    assert.equal(await port.find(asked), undefined, "found although cancelled");
    await port.cancel({ booking: name, centre, externalRef });
    assert.deepEqual(live(scene), []);
  },

  "cancel ends no booking but that one": async (port, scene) => {
    const [one, other] = [request(scene, 1), request(scene, 2)];
    const [first, second] = [booked(await port.book(one)), booked(await port.book(other))];
    await port.cancel({ booking: one.booking, centre: one.centre, externalRef: first.externalRef });
    assert.deepEqual(
      live(scene).map(({ externalRef }) => externalRef),
      [second.externalRef],
    );
  },

  "the guest whose booking was cancelled can be booked again": async (port, scene) => {
    const first = request(scene);
    const { externalRef } = booked(await port.book(first));
    await port.cancel({ booking: first.booking, centre: first.centre, externalRef });
    const again = booked(await port.book(request(scene)));
    assert.deepEqual(
      live(scene).map((each) => each.externalRef),
      [again.externalRef],
    );
  },

  "refuses no-slot where none is near the asked time, and holds nothing": async (port, scene) => {
    const receipt = await port.book(request(scene, 1, { at: deepOfNight }));
    assert.deepEqual(receipt, { outcome: "refused", cause: "no-slot" });
    assert.deepEqual(live(scene), []);
  },

  "refuses already-booked to a guest whom the platform expects elsewhere (F05)": async (port, scene) => {
    booked(await port.book(request(scene)));
    const receipt = await port.book(request(scene, 1, { centre: scene.centres[1] }));
    assert.deepEqual(receipt, { outcome: "refused", cause: "already-booked" });
    assert.equal(live(scene).length, 1);
  },

  "held lists each live booking that was made here once, at those centres and times, and no other": async (
    port,
    scene,
  ) => {
    if (!port.held) return skip("the platform has no list of what it holds");
    const [centre, other] = scene.centres;
    const asked = [1, 2, 3].map((nth) => request(scene, nth));
    const receipts: Booked[] = [];
    for (const each of asked) receipts.push(booked(await port.book(each)));
    booked(await port.book(request(scene, 4, { centre: other })));
    scene.bench.bookDirectly?.(person(5, centre), { centre, at: plusMinutes(scene.clock.now(), 60) });
    const [{ externalRef }, second, third] = receipts as [Booked, Booked, Booked];
    await port.cancel({ booking: asked[0]?.booking ?? freshId(), centre, externalRef });
    const span = { centres: [centre], from: scene.clock.now(), until: plusMinutes(scene.clock.now(), 240) };
    const listed = await port.held(span);
    const wanted = [second, third].map((each) => ({ externalRef: each.externalRef, at: each.at, centre }));
    const seen = listed.map((each) => ({ externalRef: each.externalRef, at: each.at, centre: each.centre }));
    const byRef = (one: { externalRef: string }, two: { externalRef: string }) =>
      one.externalRef.localeCompare(two.externalRef);
    assert.deepEqual(seen.sort(byRef), wanted.sort(byRef));
    assert.deepEqual(await port.held({ ...span, until: second.at }), [], "until is not included");
    assert.deepEqual(await port.held({ ...span, centres: [] }), [], "no centre, no booking");
  },

  "tells the truth when many want the same time: no receipt without a booking, no booking without a receipt":
    async (port, scene) => {
      const asked = Array.from({ length: 40 }, (_, index) => request(scene, index));
      const receipts = await Promise.all(asked.map((each) => port.book(each)));
      const given = receipts.flatMap((receipt) =>
        receipt.outcome === "booked" ? [receipt.externalRef] : [],
      );
      const held = live(scene).map(({ externalRef }) => externalRef);
      assert.ok(given.length > 0, "nobody was booked");
      assert.equal(new Set(given).size, given.length, "two guests have one booking");
      assert.deepEqual(given.sort(), held.sort());
    },
});
