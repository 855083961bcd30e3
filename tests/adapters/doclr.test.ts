import { afterEach, describe, expect, test } from "vitest";
import { nearest, toDate, toInstant, toPerson } from "../../adapters/doclr/mapper.ts";
import { type State, slotsOn } from "../../adapters/doclr/simulator/state.ts";
import { load } from "../../adapters/kit/conformance.ts";
import { guest, person } from "../../adapters/kit/people.ts";
import { portOf } from "../../adapters/kit/promises.ts";
import { freshId, openScene, type Scene } from "../../adapters/kit/scene.ts";
import type { BookingRequest, Slot } from "../../schema/adapter.ts";
import { CentreId, type ExternalId, type Instant, plusMinutes } from "../../schema/primitives.ts";

const candidate = await load("doclr");
const scenes: Scene[] = [];
afterEach(async () => {
  for (const scene of scenes.splice(0)) expect(await scene.close()).toEqual([]);
});

const open = async () => {
  const scene = await openScene(candidate);
  scenes.push(scene);
  const [centre] = scene.centres;
  const request = (index = 1, change: Partial<BookingRequest> = {}): BookingRequest => ({
    booking: freshId(),
    centre,
    at: plusMinutes(scene.clock.now(), 60),
    vaccine: "janssen",
    guest: guest(index, centre),
    ...change,
  });
  const [slots, booking] = [portOf("slots", scene.ports), portOf("booking", scene.ports)];
  return { scene, centre, state: scene.platform.state as State, request, slots, booking };
};

/** Takes every place of the slot that starts at that time, and of those around it. */
const fill = (state: State, times: string[]) => {
  const [centre] = state.centres;
  if (!centre) throw new Error("no centre");
  for (const slot of slotsOn(state, centre, "18/05/2021").filter(({ time }) => times.includes(time)))
    for (let place = 0; place < 12; place += 1) {
      const { date, time, vaccine } = slot;
      const id = `full-${time}-${place}`;
      state.reservations.push({ id, code: "0".repeat(16), centre, date, time, vaccine, state: "ACTIVE" });
    }
};

describe("dates on the clock of the centre", () => {
  test.each([
    ["18/05/2021", "16:15", "2021-05-18T14:15:00.000Z"],
    ["15/01/2022", "08:00", "2022-01-15T07:00:00.000Z"],
    ["28/03/2021", "08:00", "2021-03-28T06:00:00.000Z"],
    ["31/10/2021", "08:00", "2021-10-31T07:00:00.000Z"],
  ])("%s %s is %s, and back", (date, time, at) => {
    expect(toInstant({ date, time })).toBe(at);
    expect(toDate(at as Instant)).toBe(date);
  });

  test("late in the evening it is still the same day in Belgium", () => {
    expect(toDate("2021-05-18T22:30:00.000Z" as Instant)).toBe("19/05/2021");
    expect(toDate("2021-05-18T21:30:00.000Z" as Instant)).toBe("18/05/2021");
  });
});

const lint = CentreId.parse("lint");

test("a national number is told in digits alone", () => {
  const known = { ...guest(1, lint), nationalNumber: "85.07.30-033 28" };
  expect(toPerson(known)).toMatchObject({ nationalNumber: "85073003328", birthDate: "02/02/1936" });
});

test("the nearest slot comes first, and none is near that is 46 minutes away", () => {
  const at = "2021-05-18T16:00:00.000Z" as Instant;
  const slot = (minutes: number): Slot => {
    const startsAt = plusMinutes(at, minutes);
    const externalId = String(minutes) as ExternalId;
    return { externalId, centre: lint, startsAt, endsAt: plusMinutes(startsAt, 15), capacity: 1 };
  };
  const found = nearest([-46, -45, 0, 5, -3, 46].map(slot), at);
  expect(found.map(({ externalId }) => externalId)).toEqual(["0", "-3", "5", "-45"]);
});

describe("booking", () => {
  test("reserves the vaccine that is left, whatever letter the slot shows", async () => {
    const { booking, request, state } = await open();
    await booking.book(request());
    expect(state.reservations.map(({ vaccine }) => vaccine)).toEqual(["J"]);
  });

  test("uses the code of somebody who was officially invited, and makes none for them", async () => {
    const { booking, request, scene, centre, state } = await open();
    const [code] = scene.bench.addPeople([person(1, centre)]);
    expect(await booking.book(request())).toMatchObject({ outcome: "booked" });
    expect(state.reservations.map((each) => each.code)).toEqual([code]);
    expect(state.invited).toHaveLength(1);
  });

  test("F14: refuses whom Vaccinnet knows", async () => {
    const { booking, request, scene, centre, state } = await open();
    scene.bench.addPeople([person(1, centre)]);
    for (const invited of state.invited) invited.vaccinated = true;
    const refused = { outcome: "refused", cause: "already-vaccinated" };
    expect(await booking.book(request())).toEqual(refused);
    expect(scene.bench.bookings?.()).toEqual([]);
  });

  test("goes to the next nearest slot where the nearest fills up", async () => {
    const { booking, request, state } = await open();
    fill(state, ["17:00"]);
    expect(await booking.book(request())).toMatchObject({
      outcome: "booked",
      at: "2021-05-18T14:45:00.000Z",
    });
  });

  test("goes to the next nearest slot where the nearest fills up while the job is queued", async () => {
    const { booking, request, state, scene } = await open();
    scene.platform.faults.plan(({ method, path }) => {
      if (method === "POST" && path === "/reservations") fill(state, ["17:00"]);
      return undefined;
    });
    const receipt = await booking.book(request());
    expect(receipt).toMatchObject({ outcome: "booked" });
    expect(receipt).not.toMatchObject({ at: request().at });
  });

  test("a guest without a national number is known by name and birth date", async () => {
    const { booking, request, state } = await open();
    const { nationalNumber: _unknown, ...known } = request().guest;
    const asked = request(1, { guest: known });
    const receipt = await booking.book(asked);
    expect(await booking.book(asked)).toEqual(receipt);
    expect(state.invited).toHaveLength(1);
  });

  test("of somebody entered twice, the reservation is found whichever code holds it", async () => {
    const { booking, request, scene, centre, state } = await open();
    const asked = request();
    const receipt = await booking.book(asked);
    scene.bench.addPeople([person(1, centre)]);
    state.invited.reverse();
    expect(await booking.book(asked)).toEqual(receipt);
    expect(await booking.find(asked)).toMatchObject({ at: asked.at });
  });

  test("a job that never ends is unknown, not refused", async () => {
    const { booking, request, state } = await open();
    const push = state.jobs.push.bind(state.jobs);
    state.jobs.push = (...queued) =>
      push(...queued.map((each) => ({ ...each, queuedAt: "2099-01-01" as Instant })));
    await expect(booking.book(request())).rejects.toMatchObject({ fault: "unknown" });
  });

  test("the HTML page with status 200 in the place of a job is unknown: it may have been reserved", async () => {
    const { booking, request, scene } = await open();
    scene.platform.faults.plan(({ method, path }) =>
      method === "POST" && path === "/reservations" ? { kind: "html-page" } : undefined,
    );
    await expect(booking.book(request())).rejects.toMatchObject({ fault: "unknown" });
  });

  test("a lost reply is found by looking, and never booked again", async () => {
    const { booking, request, scene } = await open();
    const asked = request();
    scene.platform.faults.plan(({ method, path }) =>
      method === "POST" && path === "/reservations" ? { kind: "lost-reply" } : undefined,
    );
    await expect(booking.book(asked)).rejects.toMatchObject({ fault: "unknown" });
    scene.platform.faults.lift();
    await scene.clock.sleep(1000);
    expect(await booking.find(asked)).toMatchObject({ at: asked.at });
    expect(await booking.book(asked)).toMatchObject({ outcome: "booked", at: asked.at });
    expect(scene.bench.bookings?.()).toHaveLength(1);
  });
});

describe("slots", () => {
  test("F11: the vaccine's letter is left at Doclr", async () => {
    const { slots, scene, centre } = await open();
    const from = scene.clock.now();
    const { signal } = new AbortController();
    const [first] = await slots.list({ centres: [centre], from, until: plusMinutes(from, 60), signal });
    expect(first).toEqual({
      externalId: "charleroi.18052021.1600",
      centre: "charleroi",
      startsAt: "2021-05-18T14:00:00.000Z",
      endsAt: "2021-05-18T14:15:00.000Z",
      capacity: 12,
    });
  });

  test("a centre is open from 08:00, and its last slot is at 20:15", async () => {
    const { slots, centre } = await open();
    const [from, until] = ["2021-05-18T22:00:00.000Z", "2021-05-19T22:00:00.000Z"] as [Instant, Instant];
    const day = await slots.list({ centres: [centre], from, until, signal: new AbortController().signal });
    expect([day.at(0)?.startsAt, day.at(-1)?.startsAt, day.length]).toEqual([
      "2021-05-19T06:00:00.000Z",
      "2021-05-19T18:15:00.000Z",
      50,
    ]);
  });
});

test("everything is written in the state, which can be kept as JSON and taken up again", async () => {
  const { booking, request, state } = await open();
  const asked = request();
  const receipt = await booking.book(asked);
  const kept: unknown = JSON.parse(JSON.stringify(state));
  const later = await openScene({
    ...candidate,
    simulator: { ...candidate.simulator, initial: () => kept },
  });
  scenes.push(later);
  expect(await portOf("booking", later.ports).book(asked)).toEqual(receipt);
});
