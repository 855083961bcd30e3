import { afterEach, describe, expect, test } from "vitest";
import { adjust } from "../../gateway/flows/announce.ts";
import { answer } from "../../gateway/flows/answer.ts";
import { attend, walkIn } from "../../gateway/flows/attend.ts";
import { settle } from "../../gateway/flows/settle.ts";
import { readSurplus, whoIsComing } from "../../gateway/flows/watch.ts";
import * as invitations from "../../gateway/store/invitations.ts";
import { createVault } from "../../gateway/store/vault.ts";
import { plusMinutes } from "../../schema/primitives.ts";
import { newVolunteer, newVolunteers, type TestDeps } from "../support/gateway.ts";
import { register } from "../support/register.ts";
import { ask, broken, leftOver, nothing, outcomes, scene } from "./scene.ts";

let world: TestDeps;
afterEach(() => world.close());

describe("at the centre's door", () => {
  test("someone who does not come frees the dose for the next, and is not asked again that evening", async () => {
    world = await scene(newVolunteers(2));
    const { surplus, asked } = await ask(world, 1);
    await answer(world.deps, asked[0]?.token ?? "", "yes");
    const [coming] = await whoIsComing(world.deps, surplus.id);
    if (coming) await attend(world.deps, coming.booking.id, { outcome: "no-show" }, "staff");
    await settle(world.deps, surplus.id);
    const live = await invitations.liveOf(world.deps.db, surplus.id);
    expect(live.map(({ reason }) => reason.place)).toEqual([2]);
    expect(await broken(world)).toEqual(nothing);
  });

  test("walk-ins and questions share the doses: whoever comes when all are kept is told so", async () => {
    world = await scene(newVolunteers(3));
    const surplus = await leftOver(world, 3);
    const ended = await outcomes([
      walkIn(world.deps, surplus.id, "staff"),
      settle(world.deps, surplus.id),
      walkIn(world.deps, surplus.id, "staff"),
      walkIn(world.deps, surplus.id, "staff"),
    ]);
    for (const each of ended) expect(["done", "no_dose_free"]).toContain(each);
    expect(await broken(world)).toEqual(nothing);
    const { free, held, used } = (await readSurplus(world.deps, surplus.id)).doses;
    expect({ free, all: held + used }).toEqual({ free: 0, all: 3 });
  });

  test("no yes counts once the doses are over, also where their end was moved forward", async () => {
    world = await scene(newVolunteers(1));
    const { surplus, asked } = await ask(world, 1);
    await adjust(world.deps, surplus.id, { usableUntil: plusMinutes(world.clock.now(), 10) }, "staff");
    world.clock.advance(11);
    const said = await outcomes([answer(world.deps, asked[0]?.token ?? "", "yes")]);
    expect(said).toEqual(["invitation_over"]);
    await settle(world.deps, surplus.id);
    expect((await readSurplus(world.deps, surplus.id)).doses).toMatchObject({
      lost: 1,
      held: 0,
      promised: 0,
    });
  });
});

test("an earlier end left a person expected after it: it waits until they were moved", async () => {
  world = await scene(newVolunteers(2));
  const { deps, clock } = world;
  const { surplus, asked } = await ask(world, 2);
  for (const { token } of asked) await answer(deps, token, "yes");
  const usableUntil = plusMinutes(clock.now(), 20);
  const end = () => adjust(deps, surplus.id, { usableUntil }, "staff");
  const detail = "2 people are expected after that: move or cancel their bookings first";
  await expect(end()).rejects.toMatchObject({ code: "expected_later", message: detail });
  expect((await readSurplus(deps, surplus.id)).usableUntil).toBe(surplus.usableUntil);
  const [one, other] = await whoIsComing(deps, surplus.id);
  if (!one || !other) throw new Error("two people said yes");
  await attend(deps, one.booking.id, { at: usableUntil }, "staff");
  await attend(deps, other.booking.id, { outcome: "cancelled" }, "staff");
  expect((await end()).usableUntil).toBe(usableUntil);
});

describe("on the list", () => {
  test("whoever registers while a dose is free is asked at the next full minute", async () => {
    world = await scene();
    const surplus = await leftOver(world, 1);
    await settle(world.deps, surplus.id);
    const { volunteer } = await register(world.deps, newVolunteer(), "volunteer");
    const [timer] = await world.database.sql`select min(due_at) as at from outbox where timer is not null`;
    expect(Date.parse(timer?.at)).toBe(Date.parse(plusMinutes(world.clock.now(), 1)));
    await settle(world.deps, surplus.id);
    const live = await invitations.liveOf(world.deps.db, surplus.id);
    expect(live.map((row) => row.volunteer)).toEqual([volunteer.id]);
  });

  test("someone registered under an earlier digest key is known as the same person under the next", async () => {
    world = await scene();
    const ring = [{ version: 1, key: new Uint8Array(32).fill(1) }];
    const next = [{ version: 2, key: new Uint8Array(32).fill(2) }, ...ring];
    for (const digest of [ring, next])
      await register(
        { ...world.deps, vault: createVault({ sealing: ring, digest }) },
        newVolunteer(),
        "volunteer",
      );
    const [people] = await world.database.sql`select count(distinct volunteer)::int as queued from queue`;
    expect(people?.queued).toBe(1);
  });
});
