import { afterAll, beforeAll, expect, test } from "vitest";
import { Appointment, AppointmentPage } from "../../schema/appointment.ts";
import { Problem } from "../../schema/errors.ts";
import { newVolunteer } from "../support/gateway.ts";
import { announced, invited, openScene, registered, type Scene } from "./scene.ts";

/* Questions and promises as one list. */

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
  for (const born of ["1940-01-01", "1941-01-01", "1942-01-01"])
    await registered(scene, newVolunteer({ born }));
});
afterAll(() => scene.close());

const list = (query: string, as: "staff" | "elsewhere" = "staff") =>
  scene.read(AppointmentPage, "GET", `/v1/appointments?${query}`, { as });

test("somebody is there without a name while asked, by name once promised, under one id", async () => {
  const surplus = await announced(scene, 1);
  const { id, token } = await invited(scene, surplus.id);
  const read = () => scene.read(Appointment, "GET", `/v1/appointments/${id}`, { as: "staff" });
  const before = await read();
  expect([before.state, before.expected]).toEqual(["held", undefined]);
  await scene.send("POST", "/v1/invitation/accept", { token });
  const after = await read();
  expect([after.id, after.state, after.expected?.familyName]).toEqual([id, "expected", "Dupont"]);
  expect(after.at).toBe(after.expected?.booking.at);
  const byBooking = await scene.read(Appointment, "GET", `/v1/appointments/${after.expected?.booking.id}`, {
    as: "staff",
  });
  expect(byBooking).toEqual(after);
});

test("whoever walked in is there without an invitation", async () => {
  const surplus = await announced(scene, 5);
  await scene.send("POST", `/v1/surpluses/${surplus.id}/walk-ins`, { as: "staff" });
  const { items } = await list("state=attended");
  expect(items.map(({ asked, expected }) => [asked, expected?.booking.walkIn])).toEqual([[undefined, true]]);
});

test("pages hold each once, and the total is that of all pages", async () => {
  const whole = await list("limit=200");
  const walk = async (cursor = ""): Promise<string[]> => {
    const { items, next, total } = await list(`limit=1${cursor && `&cursor=${cursor}`}`);
    expect(total).toBe(whole.total);
    return [...items.map(({ id }) => id), ...(next ? await walk(next) : [])];
  };
  expect(whole.total).toBeGreaterThan(1);
  expect(await walk()).toEqual(whole.items.map(({ id }) => id));
  expect(await list("limit=0")).toEqual({ items: [], total: whole.total });
  const { changedAt } = whole.items[0] ?? {};
  expect((await list(`changedSince=${changedAt}`)).total).toBeGreaterThan(0);
  expect((await list(`changedBefore=${whole.items.map((each) => each.changedAt).toSorted()[0]}`)).total).toBe(
    0,
  );
});

test("another centre has its own, whatever it asks for", async () => {
  expect((await list("centre=charleroi", "elsewhere")).total).toBe(0);
  const [one] = (await list("limit=1")).items;
  expect((await scene.send("GET", `/v1/appointments/${one?.id}`, { as: "elsewhere" })).status).toBe(404);
});

test.each(["yesterday", "2021-04-16T14:30:00.000Z~x", "~", "2021-04-16T14:30:00.000Z"])(
  "a cursor that is made up is refused: %s",
  async (cursor) => {
    const { code, issues } = await scene.read(Problem, "GET", `/v1/appointments?cursor=${cursor}`, {
      as: "staff",
    });
    expect([code, issues?.[0]?.at]).toEqual(["invalid_input", "cursor"]);
  },
);
