import assert from "node:assert/strict";
import { AdapterError, type Ports, type Slot } from "../../../schema/adapter.ts";
import {
  type BookingId,
  CentreId,
  type ExternalId,
  type Instant,
  instant,
  millis,
  plusMinutes,
  Vaccine,
} from "../../../schema/primitives.ts";
import { guest } from "../people.ts";
import { promises, skip } from "../promises.ts";
import { freshId, type Scene } from "../scene.ts";

type SlotsPort = Ports["slots"];
const ask = (slots: SlotsPort, centres: CentreId[], from: Instant, minutes: number): Promise<Slot[]> =>
  slots.list({ centres, from, until: plusMinutes(from, minutes), signal: new AbortController().signal });

const some = async (slots: SlotsPort, { centres, clock }: Scene): Promise<[Slot, ...Slot[]]> => {
  const [first, ...rest] = await ask(slots, [...centres], clock.now(), 180);
  assert.ok(first, "a platform with slots has some open on an ordinary afternoon");
  return [first, ...rest];
};

export const slots = promises("slots", {
  "open slots begin within [from, until), no other": async (port, scene) => {
    const found = await some(port, scene);
    const ends = plusMinutes(scene.clock.now(), 180);
    for (const { startsAt } of found) assert.ok(startsAt >= scene.clock.now() && startsAt < ends, startsAt);
    const middle = found[Math.floor(found.length / 2)]?.startsAt ?? scene.clock.now();
    const later = await ask(port, [...scene.centres], middle, 60);
    assert.ok(
      later.some(({ startsAt }) => startsAt === middle),
      "from is within",
    );
    const earlier = await port.list({
      centres: [...scene.centres],
      from: scene.clock.now(),
      until: middle,
      signal: new AbortController().signal,
    });
    assert.ok(!earlier.some(({ startsAt }) => startsAt >= middle), "until is not within");
    const split = [...earlier, ...later].filter(({ startsAt }) => startsAt < plusMinutes(middle, 60));
    const whole = found.filter(({ startsAt }) => startsAt < plusMinutes(middle, 60));
    assert.deepEqual(names(split), names(whole), "two halves are the whole");
  },

  "only of those centres": async (port, scene) => {
    const found = await some(port, scene);
    for (const { centre } of found) assert.ok(scene.centres.includes(centre), centre);
    const [first] = found;
    const alone = await ask(port, [first.centre], scene.clock.now(), 180);
    assert.deepEqual(names(alone), names(found.filter(({ centre }) => centre === first.centre)));
    assert.deepEqual(await ask(port, [], scene.clock.now(), 180), []);
  },

  "none is invented for a centre that the platform does not have": async (port, { clock }) => {
    const nowhere = CentreId.parse("nowhere-at-all");
    const asked = ask(port, [nowhere], clock.now(), 180).catch((fault: unknown) => {
      assert.ok(fault instanceof AdapterError && fault.fault === "rejected", "an unknown centre is refused");
      return [];
    });
    assert.deepEqual(await asked, []);
  },

  "each is a slot of the contract's shape, with room, an end after its beginning, and a name of its own":
    async (port, scene) => {
      const found = await some(port, scene);
      for (const slot of found) {
        assert.deepEqual(
          new Set(Object.keys(slot)),
          new Set(["capacity", "centre", "endsAt", "externalId", "startsAt"]),
        );
        assert.ok(Number.isInteger(slot.capacity) && slot.capacity > 0, "capacity");
        assert.ok(slot.endsAt > slot.startsAt, "endsAt");
        for (const at of [slot.startsAt, slot.endsAt])
          assert.equal(instant(millis(at)), at, "an instant in UTC");
      }
      assert.equal(names(found).size, found.length, "names repeat");
    },

  "never a brand": async (port, scene) => {
    const told = JSON.stringify(await some(port, scene)).toLowerCase();
    for (const brand of Vaccine.options) assert.ok(!told.includes(brand), brand);
  },

  "what is listed is really there: a place that is booked is no longer open": async (port, scene) => {
    const { booking } = scene.ports;
    if (!booking) return skip("the platform books nothing");
    const [slot] = await some(port, scene);
    const { centre, startsAt: at } = slot;
    const room = async () =>
      (await ask(port, [centre], at, 1)).reduce((sum, { capacity }) => sum + capacity, 0);
    const before = await room();
    const asked = { booking: freshId<BookingId>(), centre, at, guest: guest(1, centre) };
    const receipt = await booking.book({ ...asked, vaccine: "pfizer" });
    assert.deepEqual(
      receipt,
      { ...receipt, outcome: "booked", at },
      "an open slot can be booked at its time",
    );
    assert.equal(await room(), before - 1);
  },

  "on both days on which clocks change, slots stay within what was asked": async (port, scene) => {
    for (const day of ["2021-10-31", "2022-03-27"]) {
      const midnight = instant(Date.parse(`${day}T00:00:00Z`));
      scene.clock.set(plusMinutes(midnight, -12 * 60));
      const found = await ask(port, [...scene.centres], midnight, 24 * 60);
      for (const { startsAt, endsAt } of found) {
        assert.ok(startsAt >= midnight && startsAt < plusMinutes(midnight, 24 * 60), startsAt);
        assert.ok(endsAt > startsAt && endsAt <= plusMinutes(startsAt, 180), `${startsAt} to ${endsAt}`);
      }
    }
  },

  "a caller that gives up gets no answer, rather than an empty one": async (port, { centres, clock }) => {
    const input = { centres: [...centres], from: clock.now(), until: plusMinutes(clock.now(), 60) };
    await assert.rejects(port.list({ ...input, signal: AbortSignal.abort() }), AdapterError);
  },
});

const names = (found: Slot[]): Set<ExternalId> => new Set(found.map(({ externalId }) => externalId));
