import { afterEach, expect, test } from "vitest";
import { answer } from "../../gateway/flows/answer.ts";
import { withdraw } from "../../gateway/flows/manage.ts";
import { readSurplus } from "../../gateway/flows/watch.ts";
import * as volunteers from "../../gateway/store/volunteers.ts";
import type { OfficialEvent } from "../../schema/event.ts";
import { plusMinutes, type VolunteerId } from "../../schema/primitives.ts";
import { officially } from "../record/official.ts";
import { type Scene, settled, told } from "../record/story.ts";
import { newVolunteer, newVolunteers } from "../support/gateway.ts";
import { register } from "../support/register.ts";
import { ask, leftOver, scene, waiting } from "./scene.ts";

/* What official invitations come to, in whichever order and at whichever moment they are told. */

type Kind = OfficialEvent["kind"];

let world: Scene;
afterEach(() => world.close());

const orders = <Item>(items: Item[]): Item[][] =>
  items.length < 2
    ? [items]
    : items.flatMap((item, at) => orders(items.toSpliced(at, 1)).map((rest) => [item, ...rest]));

test.each<{ story: Kind[]; ends: string | null }>([
  { story: ["offered", "booked", "declined"], ends: null },
  { story: ["booked", "declined", "booked"], ends: "official" },
  { story: ["booked", "vaccinated", "withdrawn"], ends: "vaccinated" },
  { story: ["vaccinated", "died", "withdrawn"], ends: "died" },
  { story: ["died", "offered", "booked"], ends: "died" },
])(
  "$story comes to the same in any order, also for whoever registers afterwards",
  async ({ story, ends }) => {
    world = await scene();
    const events = story.map((kind, minute) => ({ kind, at: plusMinutes(world.clock.now(), minute) }));
    world.clock.advance(10);
    const ended: unknown[] = [];
    const days = newVolunteers(12);
    for (const [index, order] of orders(events).entries()) {
      const [someone, later] = days.slice(2 * index, 2 * index + 2);
      if (!someone || !later) throw new Error("too few people");
      const { volunteer } = await register(world.deps, someone, "volunteer");
      for (const event of [...order, ...order]) {
        await officially(world, someone, event);
        await officially(world, later, event);
      }
      const after = await register(world.deps, later, "volunteer");
      for (const { id } of [volunteer, after.volunteer])
        ended.push((await volunteers.byId(world.deps.db, id as VolunteerId))?.closedFor);
    }
    expect(ended).toEqual(Array.from({ length: 12 }, () => ends));
  },
);

test("a yes in the middle counts as the first where the official one was accepted after it", async () => {
  const [someone = newVolunteer()] = newVolunteers(1);
  world = await scene([someone]);
  const { surplus, asked } = await ask(world, 1);
  let all: Promise<unknown> | undefined;
  await world.database.sql.begin(async (held) => {
    // The yes waits for its dose, its invitation already answered.
    await held`lock table doses in access exclusive mode`;
    all = Promise.all([
      answer(world.deps, asked[0]?.token ?? "", "yes"),
      waiting(world, 1).then(() => officially(world, someone, { kind: "booked" })),
    ]);
    await waiting(world, 2);
  });
  await all;
  expect((await readSurplus(world.deps, surplus.id)).doses).toMatchObject({ promised: 1, free: 0 });
  expect(await told(world, "official-given-back")).toHaveLength(1);
});

test("whoever leaves while their booking is noted as booked is expected no more", async () => {
  world = await scene(newVolunteers(2));
  const { surplus, asked } = await ask(world, 1);
  await answer(world.deps, asked[0]?.token ?? "", "yes");
  let leaving: Promise<unknown> | undefined;
  await world.database.sql.begin(async (held) => {
    await held`update bookings set state = 'booked'`;
    leaving = withdraw(world.deps, world.registered[0]?.token ?? "", "volunteer");
    await waiting(world, 1);
  });
  await leaving;
  expect((await readSurplus(world.deps, surplus.id)).doses).toMatchObject({ promised: 0, free: 1 });
  expect(await settled(world, (await leftOver(world, 1)).id)).toHaveLength(1);
});
