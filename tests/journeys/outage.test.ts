import { afterAll, beforeAll, expect, test } from "vitest";
import { person } from "../../adapters/kit/people.ts";
import type { PlatformState } from "../../schema/platform.ts";
import { type CentreId, plusMinutes } from "../../schema/primitives.ts";
import type { Expected, Surplus } from "../../schema/surplus.ts";
import { openScene, type Scene } from "./scene.ts";

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const charleroi = "charleroi" as CentreId;

const stateOf = async (name: string) => {
  const { items } = await scene.client.get<{ items: PlatformState[] }>("/v1/platforms");
  return items.find((each) => each.name === name);
};

test("what a platform misses while it is down is counted as waiting for it, until it is told", async () => {
  const { client, now, pass, platform } = scene;
  const [qvax, doclr] = [platform("qvax"), platform("doclr")];
  qvax.bench.addPeople([person(1, charleroi)]);
  await pass(0);
  const { id } = await client.post<Surplus>("/v1/surpluses", {
    body: { centre: charleroi, vaccine: "pfizer", doses: 1, usableUntil: plusMinutes(now(), 240) },
  });
  await pass(0);
  expect(await stateOf("doclr")).toMatchObject({ backlog: 0 });

  await doclr.pause();
  const [asked] = qvax.bench.invitations?.() ?? [];
  if (asked) qvax.bench.answer?.({ invitation: asked.invitation, answer: "yes" });
  await pass(1);
  // The booking, the word that the official code is superseded, and the reading of what became of others.
  expect(await stateOf("doclr")).toMatchObject({ state: "failing", backlog: 3, givenUp: 0 });
  expect(await stateOf("qvax")).toMatchObject({ state: "ok", backlog: 0 });

  await doclr.resume();
  await pass(5);
  expect(await stateOf("doclr")).toMatchObject({ state: "ok", backlog: 0 });
  const { items } = await client.get<{ items: Expected[] }>(`/v1/surpluses/${id}/expected`);
  expect(items).toMatchObject([{ booking: { state: "booked", platform: "doclr" } }]);
});
