import { expect, test } from "vitest";
import { answer } from "../../gateway/flows/answer.ts";
import { attend } from "../../gateway/flows/attend.ts";
import { noteIdentity } from "../../gateway/flows/carry.ts";
import { read } from "../../gateway/flows/manage.ts";
import { vaccinatedElsewhere } from "../../gateway/flows/sync.ts";
import { readSurplus, whoIsComing } from "../../gateway/flows/watch.ts";
import type { ExternalId, PlatformName } from "../../schema/primitives.ts";
import { ask, leftOver, outcomes } from "../flows/scene.ts";
import { newVolunteers } from "../support/gateway.ts";
import { ids, inScene, type Scene, settled } from "./story.ts";

/* Someone vaccinated the day before got twenty more text messages. */

const register = "doclr" as PlatformName;
const name = "v-1" as ExternalId;

const known = async (world: Scene) => {
  const [volunteer] = ids(world);
  if (volunteer) await noteIdentity(world.deps, { platform: register, externalId: name, volunteer });
};

test("F14: a dose given elsewhere ends the question that is open, and the next person is asked", () =>
  inScene(newVolunteers(2), async (world) => {
    await known(world);
    const [, next] = ids(world);
    const { surplus, asked } = await ask(world, 1);
    await vaccinatedElsewhere(world.deps, register, name);
    expect(await outcomes([answer(world.deps, asked[0]?.token ?? "", "yes")])).toEqual(["invitation_over"]);
    expect(await settled(world, surplus.id)).toEqual([next]);
  }));

test("F14: a dose given elsewhere frees the one that was promised here", () =>
  inScene(newVolunteers(1), async (world) => {
    await known(world);
    const { surplus, asked } = await ask(world, 1);
    await answer(world.deps, asked[0]?.token ?? "", "yes");
    await vaccinatedElsewhere(world.deps, register, name);
    expect((await whoIsComing(world.deps, surplus.id))[0]?.booking.state).toBe("cancelled");
    expect((await readSurplus(world.deps, surplus.id)).doses).toMatchObject({ promised: 0, free: 1 });
  }));

test("F14: a dose given here ends the list life, on every platform too, and nothing is asked again", () =>
  inScene(newVolunteers(1), async (world) => {
    const { deps, database, registered } = world;
    const { surplus, asked } = await ask(world, 1);
    await answer(deps, asked[0]?.token ?? "", "yes");
    const [coming] = await whoIsComing(deps, surplus.id);
    if (coming) await attend(deps, coming.booking.id, { outcome: "attended" }, "staff");
    expect((await read(deps, registered[0]?.token ?? "")).state).toBe("closed");
    const closing = await database.sql`
      select effect->>'volunteer' as volunteer from outbox
      where effect->>'kind' = 'roster-close' and effect->>'reason' = 'vaccinated'`;
    expect(closing.map(({ volunteer }) => volunteer)).toEqual(ids(world));
    expect(await settled(world, (await leftOver(world, 1)).id)).toEqual([]);
  }));

test("F14: a dose let go after the evening's end is lost, not free for ever", () =>
  inScene(newVolunteers(1), async (world) => {
    await known(world);
    const { surplus, asked } = await ask(world, 1);
    await answer(world.deps, asked[0]?.token ?? "", "yes");
    world.clock.advance(300);
    await settled(world, surplus.id);
    await vaccinatedElsewhere(world.deps, register, name);
    await settled(world, surplus.id);
    expect((await readSurplus(world.deps, surplus.id)).doses).toMatchObject({
      lost: 1,
      free: 0,
      promised: 0,
    });
  }));
