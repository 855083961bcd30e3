import assert from "node:assert/strict";
import type { RosterEntry } from "../../../schema/adapter.ts";
import type { ExternalId } from "../../../schema/primitives.ts";
import { person } from "../people.ts";
import { promises, skip } from "../promises.ts";
import type { Scene } from "../scene.ts";
import { booked, request } from "./booking.ts";

/* Whoever asks to be forgotten is: nothing by which they could be found or reached stays at the platform. */

const cannot = "the platform erases nobody that it is asked to";

/** What the platform still has of somebody, wherever it keeps it. */
const traces = ({ platform }: Scene, { nationalNumber, contact }: RosterEntry): string[] => {
  const all = JSON.stringify(platform.state);
  const { email, mobile } = contact;
  return [nationalNumber, email, mobile, mobile?.replace("+32", "0")].filter(
    (each) => each !== undefined && all.includes(each),
  ) as string[];
};

const ofList = promises("roster", {
  "erase leaves nothing of that person, and everybody else as they were; safe to repeat": async (
    port,
    scene,
  ) => {
    if (!port.erase) return skip(cannot);
    const [one, other] = [person(1, scene.centres[0]), person(2, scene.centres[0])];
    const [first, second] = [await port.put(one), await port.put(other)];
    for (const each of [1, 2]) {
      await port.erase(first);
      assert.deepEqual(traces(scene, one), [], `after time ${each}`);
      const names = scene.bench.people().map(({ externalId }) => externalId);
      assert.deepEqual(names, [second.externalId]);
    }
    const { records } = await port.pull({});
    assert.deepEqual(
      records.map(({ value }) => value.externalId),
      [second.externalId],
      "who was erased is still pulled",
    );
  },

  "whoever was closed can be erased, and whoever was erased can be put again": async (port, scene) => {
    if (!port.erase) return skip(cannot);
    const entry = person(1, scene.centres[0]);
    const first = await port.put(entry);
    await port.close({ ...first, reason: "withdrawn" });
    await port.erase(first);
    assert.deepEqual(traces(scene, entry), []);
    const again = await port.put(entry);
    assert.deepEqual(scene.bench.people(), [{ externalId: again.externalId, state: "active" }]);
  },

  "erasing an unknown id is success": async (port, scene) => {
    if (!port.erase) return skip(cannot);
    const { externalId } = await port.put(person(1, scene.centres[0]));
    const last = externalId.at(-1) === "1" ? "2" : "1";
    await port.erase({ externalId: (externalId.slice(0, -1) + last) as ExternalId });
    assert.equal(scene.bench.people().length, 1);
  },
});

const ofBookings = promises("booking", {
  "erase leaves nothing of whom a cancelled booking was for; safe to repeat": async (port, scene) => {
    if (!port.erase) return skip(cannot);
    const asked = request(scene, 1);
    const { externalRef } = booked(await port.book(asked));
    const { booking, centre } = asked;
    await port.cancel({ booking, centre, externalRef });
    for (const each of [1, 2]) {
      await port.erase({ booking, centre, externalRef });
      assert.deepEqual(traces(scene, person(1, scene.centres[0])), [], `after time ${each}`);
    }
    assert.equal(await port.find(asked), undefined);
  },

  "erase leaves a booking of another guest as it was": async (port, scene) => {
    if (!port.erase) return skip(cannot);
    const [one, other] = [request(scene, 1), request(scene, 2)];
    const [first, second] = [booked(await port.book(one)), booked(await port.book(other))];
    const { booking, centre } = one;
    await port.cancel({ booking, centre, externalRef: first.externalRef });
    await port.erase({ booking, centre, externalRef: first.externalRef });
    assert.equal((await port.find(other))?.externalRef, second.externalRef);
    assert.notDeepEqual(traces(scene, person(2, scene.centres[0])), []);
  },
});

export const erasure = [...ofList, ...ofBookings];
