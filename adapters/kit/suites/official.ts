import assert from "node:assert/strict";
import type { OfficialEvent, OfficialPerson, Ports } from "../../../schema/adapter.ts";
import { type ExternalId, type Instant, plusMinutes } from "../../../schema/primitives.ts";
import { guest, people, person } from "../people.ts";
import { portOf, promises, skip } from "../promises.ts";
import type { Scene } from "../scene.ts";
import { booked, live, request } from "./booking.ts";

type OfficialPort = Ports["official"];

/** The nth person as an official invitation names them. */
export const someone = (scene: Scene, index = 1): OfficialPerson => {
  const { nationalNumber, givenName, familyName, birthDate, contact } = guest(index, scene.centres[0]);
  return { nationalNumber, givenName, familyName, birthDate, contact };
};

/** The nth person gets an official invitation. */
export const invited = (scene: Scene, index = 1): ExternalId => {
  const [name] = scene.bench.addPeople([person(index, scene.centres[0])]);
  return name ?? assert.fail("nobody was added");
};

export const officially = ({ bench }: Scene) =>
  bench.official ?? skip("the platform's bench does not show its official invitations");

/** The person reserves on the platform's own pages, at any time of the next hours. */
const reserves = (scene: Scene, index = 1): ExternalId => {
  const [centre] = scene.centres;
  const reserve = scene.bench.bookDirectly ?? skip("people do not reserve on the platform's own pages");
  return reserve(person(index, centre), { centre, at: plusMinutes(scene.clock.now(), 120) });
};

const isLive = (scene: Scene, reservation: ExternalId) =>
  live(scene).some(({ externalRef }) => externalRef === reservation);

const pass = ({ clock }: Scene, minutes = 1): Instant => {
  clock.set(plusMinutes(clock.now(), minutes));
  return clock.now();
};

/** Page after page until the platform says that nothing follows. */
const readAll = async (port: OfficialPort, from?: string) => {
  const events: OfficialEvent[] = [];
  let cursor = from;
  for (let pages = 1; pages <= 1000; pages += 1) {
    const page = await port.changes({ cursor });
    events.push(...page.events);
    assert.equal(typeof page.next, "string", "next is always given");
    if (page.complete) return { events, next: page.next };
    cursor = page.next;
  }
  return assert.fail("a thousand pages and no end");
};

const told = (events: OfficialEvent[]) =>
  events.map(({ kind, person: { nationalNumber }, at }) => [nationalNumber, kind, at]);

const reading = promises("official", {
  "changes tells what happened to whom and when, in the order in which it happened": async (port, scene) => {
    const { happens } = officially(scene);
    assert.deepEqual((await readAll(port)).events, [], "nobody is invited yet");
    const [one, other] = [someone(scene, 1).nationalNumber, someone(scene, 2).nationalNumber];
    const start = scene.clock.now();
    const first = invited(scene, 1);
    invited(scene, 2);
    const then = pass(scene);
    reserves(scene, 2);
    happens(first, "declined");
    const later = pass(scene);
    happens(first, "died");
    const { events } = await readAll(port);
    assert.deepEqual(told(events), [
      [one, "offered", start],
      [other, "offered", start],
      [other, "booked", then],
      [one, "declined", then],
      [one, "died", later],
    ]);
    assert.deepEqual(events[0]?.person, someone(scene, 1), "who it is");
    assert.equal(events[0]?.ref, events[4]?.ref, "one invitation keeps its name");
    assert.notEqual(events[0]?.ref, events[1]?.ref, "two invitations have two names");
  },

  "the name of an invitation is not the code that opens it": async (port, scene) => {
    const code = invited(scene);
    const { events } = await readAll(port);
    assert.ok(events.length > 0 && events.every(({ ref }) => ref !== code));
  },

  "next resumes after its page, also in another process; a repeat tells the same": async (port, scene) => {
    scene.bench.addPeople(people(250, scene.centres[0]));
    const all = await readAll(port);
    assert.equal(all.events.length, 250);
    assert.deepEqual((await readAll(port)).events, all.events, "read again");
    const first = await port.changes({});
    const elsewhere = portOf("official", scene.reconnect());
    const rest = first.complete ? [] : (await readAll(elsewhere, first.next)).events;
    assert.deepEqual([...first.events, ...rest], all.events);
    pass(scene);
    reserves(scene, 1);
    const since = await readAll(elsewhere, all.next);
    assert.deepEqual(
      told(since.events).map(([, kind]) => kind),
      ["booked"],
    );
  },

  "a booking of the gateway's own is no acceptance, nor is its end": async (port, scene) => {
    const { booking } = scene.ports;
    if (!booking) return skip("the gateway books nothing there");
    invited(scene);
    const { next } = await readAll(port);
    const asked = request(scene);
    const { externalRef } = booked(await booking.book(asked));
    await booking.cancel({ booking: asked.booking, centre: asked.centre, externalRef });
    assert.deepEqual((await readAll(port, next)).events, []);
  },
});

const telling = promises("official", {
  "a code is good until supersede, and takes no reservation afterwards; no other's ends": async (
    port,
    scene,
  ) => {
    const { state } = officially(scene);
    const [one, other] = [invited(scene, 1), invited(scene, 2)];
    assert.equal(state(one), "offered");
    const { now } = scene.clock;
    for (const each of [1, 2]) {
      await port.supersede({ person: someone(scene, 1), reason: "reserve-list", at: now() });
      assert.equal(state(one), "withdrawn", `after time ${each}`);
    }
    assert.throws(() => reserves(scene, 1));
    assert.equal(state(other), "offered");
    reserves(scene, 2);
  },

  "supersede gives back what was reserved after, and leaves what was reserved before": async (
    port,
    scene,
  ) => {
    const { state } = officially(scene);
    const [early, late] = [invited(scene, 1), invited(scene, 2)];
    const first = reserves(scene, 1);
    const at = pass(scene);
    pass(scene);
    const second = reserves(scene, 2);
    for (const index of [1, 2])
      await port.supersede({ person: someone(scene, index), reason: "reserve-list", at });
    assert.deepEqual([isLive(scene, first), state(early)], [true, "booked"]);
    assert.deepEqual([isLive(scene, second), state(late)], [false, "withdrawn"]);
  },

  "supersede after a dose gives all back that the person reserved": async (port, scene) => {
    const name = invited(scene);
    const reservation = reserves(scene);
    await port.supersede({ person: someone(scene), reason: "vaccinated", at: pass(scene) });
    assert.equal(isLive(scene, reservation), false);
    assert.equal(officially(scene).state(name), "withdrawn");
  },

  "supersede leaves what the gateway booked itself, and does not keep it from booking": async (
    port,
    scene,
  ) => {
    const { booking } = scene.ports;
    if (!booking) return skip("the gateway books nothing there");
    for (const index of [1, 2]) invited(scene, index);
    const at = scene.clock.now();
    const { externalRef } = booked(await booking.book(request(scene, 1)));
    for (const index of [1, 2])
      await port.supersede({ person: someone(scene, index), reason: "reserve-list", at });
    assert.equal(isLive(scene, externalRef), true);
    booked(await booking.book(request(scene, 2)));
    assert.equal(live(scene).length, 2);
  },

  "reinstate makes valid again what supersede ended, and nothing else": async (port, scene) => {
    const { state, happens } = officially(scene);
    const [one, other] = [invited(scene, 1), invited(scene, 2)];
    happens(other, "withdrawn");
    const at = scene.clock.now();
    for (const index of [1, 2])
      await port.supersede({ person: someone(scene, index), reason: "reserve-list", at });
    for (const index of [1, 2, 1]) await port.reinstate({ person: someone(scene, index) });
    assert.deepEqual([state(one), state(other)], ["offered", "withdrawn"]);
    reserves(scene, 1);
    await port.reinstate({ person: someone(scene, 1) });
    assert.equal(state(one), "booked", "what was reserved since stays");
  },

  "somebody whom the platform does not know is success": async (port, scene) => {
    const name = invited(scene, 1);
    const nobody = someone(scene, 7);
    await port.supersede({ person: nobody, reason: "reserve-list", at: scene.clock.now() });
    await port.reinstate({ person: nobody });
    assert.equal(officially(scene).state(name), "offered");
  },
});

export const official = [...reading, ...telling];
