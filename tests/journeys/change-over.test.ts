import { afterAll, beforeAll, expect, test } from "vitest";
import { people } from "../../adapters/kit/people.ts";
import type { BindingChange } from "../../schema/binding.ts";
import { type CentreId, plusMinutes } from "../../schema/primitives.ts";
import type { Surplus } from "../../schema/surplus.ts";
import { broken, nothing } from "../flows/scene.ts";
import { newVolunteers } from "../support/gateway.ts";
import { openScene, type Scene } from "./scene.ts";

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const charleroi = "charleroi" as CentreId;

const announce = (doses: number) =>
  scene.client.post<Surplus>("/v1/surpluses", {
    body: { centre: charleroi, vaccine: "pfizer", doses, usableUntil: plusMinutes(scene.now(), 300) },
  });

const everyFifth = (nth: number) => (nth % 5 === 0 ? ({ kind: "lost-reply" } as const) : undefined);

/** Where each of those registered here is on a list now. */
const nowhere = () => scene.database.sql`
  select id from volunteers v where state = 'active' and consent_text = '2021-04'
  and not exists (select from identities where volunteer = v.id and ended_at is null)`;
const onBoth = () => scene.database.sql`
  select volunteer from identities where ended_at is null group by volunteer having count(*) > 1`;
const askedTwice = () => scene.database.sql`
  select surplus, volunteer from invitations group by surplus, volunteer having count(*) > 1`;

const yes = (platform: string, count: number) => {
  const { bench } = scene.platform(platform);
  const open = (bench.invitations?.() ?? []).filter(({ state }) => state === "open").slice(0, count);
  for (const { invitation } of open) bench.answer?.({ invitation, answer: "yes" });
  return open.length;
};

test("a centre changes its system in the middle of an evening, and back: no dose twice, nobody lost, nobody asked twice", async () => {
  const { client, operator, now, pass, platform, database } = scene;
  const [qvax, doctena] = [platform("qvax"), platform("doctena")];
  for (const body of newVolunteers(12, { born: "1931-01-01" })) await client.post("/v1/volunteers", { body });
  qvax.bench.addPeople(people(6, charleroi));
  await pass(0);
  await pass(1);
  const first = await announce(3);
  await pass(0);
  expect(yes("qvax", 1)).toBe(1);

  for (const each of [qvax, doctena]) each.faults.plan(({ nth }) => everyFifth(nth));
  const change = await operator.post<BindingChange>("/v1/bindings", {
    body: {
      region: "wallonia",
      centre: charleroi,
      roles: "all",
      platform: "doctena",
      from: plusMinutes(now(), 2),
    },
  });
  await doctena.pause();
  await pass(3);
  await pass(5);
  expect(await nowhere()).toEqual([]);
  await doctena.resume();
  for (let turn = 0; turn < 8; turn += 1) await pass(5);
  const carried = await operator.get<BindingChange>(`/v1/bindings/${change.id}`);
  expect(carried.carryOver).toMatchObject({ state: "done", left: 0, carried: 12, asked: 6 });
  // What began on Qvax is answered there.
  yes("qvax", 1);
  await pass(5);
  const second = await announce(2);
  for (let turn = 0; turn < 8; turn += 1) await pass(5);
  expect(await nowhere()).toEqual([]);
  const [{ count: byQvax } = { count: -1 }] = await database.sql`
    select count(*)::int from invitations where surplus = ${second.id} and platform is not null`;
  expect(byQvax).toBe(0);

  const back = await operator.post<BindingChange>(`/v1/bindings/${change.id}/undo`, {});
  const undoing = () => operator.get<BindingChange>(`/v1/bindings/${back.id}`);
  let undone = await undoing();
  for (let turn = 0; turn < 60 && undone.carryOver?.state !== "done"; turn += 1) {
    await pass(10);
    undone = await undoing();
  }
  expect(undone.carryOver).toMatchObject({ state: "done", left: 0, asked: 0 });
  expect([await nowhere(), await onBoth(), await askedTwice()]).toEqual([[], [], []]);
  expect(await broken({ database } as Parameters<typeof broken>[0])).toEqual(nothing);
  for (const { id, doses } of [first, second]) {
    const after = await client.get<Surplus>(`/v1/surpluses/${id}`);
    expect(Object.values(after.doses).reduce((sum, count) => sum + count, 0)).toBe(
      Object.values(doses).reduce((sum, count) => sum + count, 0),
    );
  }
}, 300_000);
