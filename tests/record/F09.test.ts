import { afterAll, beforeAll, expect, test } from "vitest";
import { person } from "../../adapters/kit/people.ts";
import type { PlatformState } from "../../schema/platform.ts";
import { type CentreId, plusMinutes } from "../../schema/primitives.ts";
import type { Reconciliation } from "../../schema/reconciliation.ts";
import type { Expected, Surplus } from "../../schema/surplus.ts";
import { openScene, type Scene } from "../journeys/scene.ts";

/* The booking platform went down nationally; centres typed everything by hand and could not reach anyone. */

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

test("F09: with the booking platform down, a centre announces, people say yes, it sees who comes and gives the dose", async () => {
  const { client, now, pass, platform } = scene;
  const [qvax, doclr] = [platform("qvax"), platform("doclr")];
  const charleroi = "charleroi" as CentreId;
  qvax.bench.addPeople([person(1, charleroi)]);
  await pass(0);
  await doclr.pause();
  const body = { centre: charleroi, vaccine: "pfizer", doses: 1, usableUntil: plusMinutes(now(), 240) };
  const { id } = await client.post<Surplus>("/v1/surpluses", { body });
  await pass(0);
  const [asked] = qvax.bench.invitations?.() ?? [];
  if (asked) qvax.bench.answer?.({ invitation: asked.invitation, answer: "yes" });
  await pass(1);

  const { items } = await client.get<{ items: Expected[] }>(`/v1/surpluses/${id}/expected`);
  expect(items).toMatchObject([{ booking: { state: "promised" }, familyName: expect.any(String) }]);
  const { items: platforms } = await client.get<{ items: PlatformState[] }>("/v1/platforms");
  expect(platforms.find(({ name }) => name === "doclr")).toMatchObject({ state: "failing", backlog: 3 });
  await client.patch(`/v1/bookings/${items[0]?.booking.id}`, { outcome: "attended" });
  expect(await client.get<Surplus>(`/v1/surpluses/${id}`)).toMatchObject({ doses: { used: 1, lost: 0 } });
});

test("F09: once it is back, what was promised meanwhile is booked there, and both sides are equal", async () => {
  const { client, operator, now, pass, platform } = scene;
  const [qvax, doclr] = [platform("qvax"), platform("doclr")];
  const charleroi = "charleroi" as CentreId;
  qvax.bench.addPeople([person(2, charleroi)]);
  await pass(2);
  const body = { centre: charleroi, vaccine: "pfizer", doses: 1, usableUntil: plusMinutes(now(), 240) };
  const { id } = await client.post<Surplus>("/v1/surpluses", { body });
  await pass(0);
  for (const { invitation, state } of qvax.bench.invitations?.() ?? [])
    if (state === "open") qvax.bench.answer?.({ invitation, answer: "yes" });
  await pass(2);
  const expected = () => client.get<{ items: Expected[] }>(`/v1/surpluses/${id}/expected`);
  expect((await expected()).items).toMatchObject([{ booking: { state: "promised" } }]);
  await doclr.resume();
  await pass(10);
  expect((await expected()).items).toMatchObject([{ booking: { state: "booked", platform: "doclr" } }]);
  await operator.post("/v1/platforms/doclr/reconciliation");
  await pass(5);
  await operator.post("/v1/platforms/doclr/reconciliation");
  await pass(1);
  const account = await operator.get<Reconciliation>("/v1/platforms/doclr/reconciliation");
  expect(account).toMatchObject({ equal: 1, mended: {}, reported: [] });
});
