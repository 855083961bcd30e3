import assert from "node:assert/strict";
import type { PlatformEvent } from "../../../schema/adapter.ts";
import { type ExternalId, plusMinutes } from "../../../schema/primitives.ts";
import { person } from "../people.ts";
import { promises, skip } from "../promises.ts";
import type { Scene } from "../scene.ts";
import type { Delivery } from "../simulator.ts";
import { booked, request } from "./booking.ts";

/** Two things that really happened on the platform, with the deliveries that tell of them. */
const happenings = async (scene: Scene): Promise<{ event: PlatformEvent; delivery: Delivery }[]> => {
  const send = scene.bench.delivery ?? skip("the platform's bench makes no deliveries");
  const events: PlatformEvent[] = [];
  const at = scene.clock.now();
  for (const index of [1, 2]) {
    if (scene.ports.booking) {
      const asked = request(scene, index);
      booked(await scene.ports.booking.book(asked));
      events.push({ kind: "booking-cancelled", booking: asked.booking, at });
    } else {
      const [externalId] = scene.bench.addPeople([person(index, scene.centres[0])]) as [ExternalId];
      events.push({ kind: "vaccinated", externalId, at });
    }
  }
  return events.map((event) => ({ event, delivery: send(event) }));
};

const one = async (scene: Scene) => {
  const [first] = await happenings(scene);
  return first ?? assert.fail("nothing happened");
};

const forged = { fault: "forged" };

export const inbound = promises("inbound", {
  "receive returns the event that the platform tells of": async (port, scene) => {
    for (const { event, delivery } of await happenings(scene)) {
      const { events } = await port.receive({ ...delivery, receivedAt: scene.clock.now() });
      assert.deepEqual(events, [event]);
    }
  },

  "a delivery's id is its own: the same when sent again, another for another": async (port, scene) => {
    const ids: string[] = [];
    for (const { delivery } of await happenings(scene)) {
      const first = await port.receive({ ...delivery, receivedAt: scene.clock.now() });
      const again = await port.receive({ ...delivery, receivedAt: scene.clock.now() });
      assert.equal(again.delivery, first.delivery);
      ids.push(first.delivery);
    }
    assert.equal(new Set(ids).size, ids.length);
  },

  "an altered body is forged": async (port, scene) => {
    const { delivery } = await one(scene);
    const receivedAt = scene.clock.now();
    for (const body of [`${delivery.body} `, delivery.body.replace(/\d/, "x"), "{}", ""])
      await assert.rejects(port.receive({ ...delivery, body, receivedAt }), forged);
  },

  "another delivery's signature is forged": async (port, scene) => {
    const [first, second] = await happenings(scene);
    assert.ok(first && second);
    const mixed = { headers: first.delivery.headers, body: second.delivery.body };
    await assert.rejects(port.receive({ ...mixed, receivedAt: scene.clock.now() }), forged);
  },

  "a signature that is missing or altered is forged": async (port, scene) => {
    const { delivery } = await one(scene);
    const receivedAt = scene.clock.now();
    await assert.rejects(port.receive({ headers: {}, body: delivery.body, receivedAt }), forged);
    for (const [name, value] of Object.entries(delivery.headers)) {
      if (name.toLowerCase() === "content-type") continue;
      for (const wrong of [
        "",
        value.slice(0, -1),
        `${value.slice(0, -1)}${value.endsWith("0") ? "1" : "0"}`,
      ]) {
        const headers = { ...delivery.headers, [name]: wrong };
        await assert.rejects(port.receive({ headers, body: delivery.body, receivedAt }), forged, name);
      }
    }
  },

  "an old delivery is forged, however well signed: it may be a recording": async (port, scene) => {
    const { delivery } = await one(scene);
    const receivedAt = plusMinutes(scene.clock.now(), 60);
    await assert.rejects(port.receive({ ...delivery, receivedAt }), forged);
  },
});
