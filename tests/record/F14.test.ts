import { describe, expect, test } from "vitest";
import { answer } from "../../gateway/flows/answer.ts";
import { attend } from "../../gateway/flows/attend.ts";
import { noteIdentity } from "../../gateway/flows/carry.ts";
import { endListLife } from "../../gateway/flows/end.ts";
import { withdraw } from "../../gateway/flows/manage.ts";
import { vaccinatedElsewhere } from "../../gateway/flows/sync/elsewhere.ts";
import { takeIn } from "../../gateway/flows/sync/take.ts";
import { readSurplus, whoIsComing } from "../../gateway/flows/watch.ts";
import * as platforms from "../../gateway/store/platforms.ts";
import * as volunteers from "../../gateway/store/volunteers.ts";
import type { CentreId, ExternalId, PlatformName, VolunteerId } from "../../schema/primitives.ts";
import { ask, leftOver, outcomes } from "../flows/scene.ts";
import { newVolunteer, newVolunteers } from "../support/gateway.ts";
import { register } from "../support/register.ts";
import { ids, inScene, type Scene, settled } from "./story.ts";

/* Someone vaccinated the day before got twenty more text messages. */

const doclr = "doclr" as PlatformName;
const name = "v-1" as ExternalId;

const known = async (world: Scene) => {
  const [volunteer] = ids(world);
  if (volunteer) await noteIdentity(world.deps, { platform: doclr, externalId: name, volunteer });
};

test("F14: a dose given elsewhere ends the question that is open, and the next person is asked", () =>
  inScene(newVolunteers(2), async (world) => {
    await known(world);
    const [, next] = ids(world);
    const { surplus, asked } = await ask(world, 1);
    await vaccinatedElsewhere(world.deps, doclr, { externalId: name, at: world.clock.now() });
    expect(await outcomes([answer(world.deps, asked[0]?.token ?? "", "yes")])).toEqual(["invitation_over"]);
    expect(await settled(world, surplus.id)).toEqual([next]);
  }));

test("F14: a dose given elsewhere frees the one that was promised here", () =>
  inScene(newVolunteers(1), async (world) => {
    await known(world);
    const { surplus, asked } = await ask(world, 1);
    await answer(world.deps, asked[0]?.token ?? "", "yes");
    await vaccinatedElsewhere(world.deps, doclr, { externalId: name, at: world.clock.now() });
    expect((await whoIsComing(world.deps, surplus.id))[0]?.booking.state).toBe("cancelled");
    expect((await readSurplus(world.deps, surplus.id)).doses).toMatchObject({ promised: 0, free: 1 });
  }));

test("F14: a dose given here ends the list life, on every platform too, and nothing is asked again", () =>
  inScene(newVolunteers(1), async (world) => {
    const { deps, database } = world;
    const { surplus, asked } = await ask(world, 1);
    await answer(deps, asked[0]?.token ?? "", "yes");
    const [coming] = await whoIsComing(deps, surplus.id);
    if (coming) await attend(deps, coming.booking.id, { outcome: "attended" }, "staff");
    expect(await database.sql`select state from volunteers`).toEqual([{ state: "closed" }]);
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
    await vaccinatedElsewhere(world.deps, doclr, { externalId: name, at: world.clock.now() });
    await settled(world, surplus.id);
    expect((await readSurplus(world.deps, surplus.id)).doses).toMatchObject({
      lost: 1,
      free: 0,
      promised: 0,
    });
  }));

describe("F14: someone who left, and came back under a new registration,", () => {
  const back = async (world: Scene) => {
    await known(world);
    const [first] = world.registered;
    await withdraw(world.deps, first?.token ?? "", "volunteer");
    const { volunteer } = await register(world.deps, newVolunteers(1)[0] ?? newVolunteer(), "volunteer");
    return { first: first?.volunteer.id, since: volunteer.id };
  };
  const states = async ({ database }: Scene) =>
    Object.fromEntries(
      (await database.sql`select id, state from volunteers`).map(({ id, state }) => [id, state]),
    );

  test("is not called after a dose elsewhere, though the platform knows them by the old one", () =>
    inScene(newVolunteers(1), async (world) => {
      const { first, since } = await back(world);
      await vaccinatedElsewhere(world.deps, doclr, { externalId: name, at: world.clock.now() });
      expect(await states(world)).toEqual({ [first ?? ""]: "withdrawn", [since]: "closed" });
      expect(await settled(world, (await leftOver(world, 1)).id)).toEqual([]);
    }));

  test("is known by the new one as soon as the platform has heard of it", () =>
    inScene(newVolunteers(1), async (world) => {
      const { since } = await back(world);
      await noteIdentity(world.deps, { platform: doclr, externalId: name, volunteer: since });
      expect((await platforms.identity(world.deps.db, doclr, name))?.volunteer).toBe(since);
    }));

  test("is paused by what the platform's list says since", () =>
    inScene(newVolunteers(1), async (world) => {
      const { since } = await back(world);
      const at = world.clock.now();
      const { birthDate: _, ...person } = newVolunteers(1)[0] ?? newVolunteer();
      const value = { ...person, externalId: name, birthDate: "1940-01-01", state: "paused" as const };
      const entry = { ...value, centres: ["charleroi" as CentreId] };
      expect(await takeIn(world.deps, doclr, { value: entry, checkedAt: at, validAt: at })).toMatchObject({
        outcome: "changed",
        volunteer: since,
      });
    }));
});

test("F14: a dose given elsewhere leaves whoever has left as they are", () =>
  inScene(newVolunteers(1), async (world) => {
    await known(world);
    const token = world.registered[0]?.token ?? "";
    await withdraw(world.deps, token, "volunteer");
    await vaccinatedElsewhere(world.deps, doclr, { externalId: name, at: world.clock.now() });
    const row = await volunteers.byId(world.deps.db, ids(world)[0] as VolunteerId);
    expect(row?.state).toBe("withdrawn");
    const at = world.clock.now();
    if (row) await endListLife(world.deps.db, { row, reason: "vaccinated", at });
    expect(await world.database.sql`select state from volunteers`).toMatchObject([{ state: "withdrawn" }]);
  }));
