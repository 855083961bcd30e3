import { expect, test } from "vitest";
import { answer } from "../../gateway/flows/answer.ts";
import { takeIn } from "../../gateway/flows/sync/take.ts";
import { readSurplus, whoIsComing } from "../../gateway/flows/watch.ts";
import type { CentreId, ExternalId } from "../../schema/primitives.ts";
import { ask, broken, leftOver, nothing } from "../flows/scene.ts";
import { newVolunteer, newVolunteers } from "../support/gateway.ts";
import { register } from "../support/register.ts";
import { doclr, officially, withOfficial } from "./official.ts";
import { ids, inScene, settled } from "./story.ts";

/* Invitations went to the dead. */

const [someone = newVolunteer()] = newVolunteers(1);

test("F15: after a death nobody is written to: letters on their way are taken back, and none is written any more", () =>
  inScene(newVolunteers(1), async (world) => {
    const { drain, letters } = withOfficial(world);
    const again = await register(world.deps, someone, "volunteer");
    const { surplus, asked } = await ask(world, 1);
    await answer(world.deps, asked[0]?.token ?? "", "yes");
    await officially(world, someone, { kind: "died" });
    const [volunteer = ""] = ids(world);
    const about = [volunteer, again.volunteer.id].map((id) => ({
      kind: "message",
      about: "recovery",
      volunteer: id,
    }));
    for (const effect of about)
      await world.database.sql`insert into outbox (effect, due_at, created_at)
        values (${JSON.stringify(effect)}::text::jsonb, ${world.clock.now()}, ${world.clock.now()})`;
    await drain();
    expect(letters).toEqual([]);
    expect((await whoIsComing(world.deps, surplus.id))[0]?.booking.state).toBe("cancelled");
    expect(await broken(world)).toEqual(nothing);
  }));

test("F15: the dose that was promised is the next person's at once, and the centre's list shows it", () =>
  inScene(newVolunteers(2), async (world) => {
    const [, next] = ids(world);
    const { surplus, asked } = await ask(world, 1);
    await answer(world.deps, asked[0]?.token ?? "", "yes");
    await officially(world, someone, { kind: "died" });
    expect(await settled(world, surplus.id)).toEqual([next]);
    expect((await readSurplus(world.deps, surplus.id)).doses).toMatchObject({ promised: 0, held: 1 });
  }));

test("F15: a list that still has somebody who died brings nobody back", () =>
  inScene([], async (world) => {
    await officially(world, someone, { kind: "died" });
    const at = world.clock.now();
    const { nationalNumber, givenName, familyName, contact } = someone;
    const value = {
      ...{ nationalNumber, givenName, familyName, contact, birthDate: "1940-01-01", conditions: [] },
      ...{ externalId: "q-1" as ExternalId, centres: ["charleroi" as CentreId], state: "active" as const },
    };
    expect(await takeIn(world.deps, doclr, { value, checkedAt: at, validAt: at })).toMatchObject({
      outcome: "added",
    });
    expect(await settled(world, (await leftOver(world, 1)).id)).toEqual([]);
    const closing = await world.database.sql`select 1 from outbox where effect->>'kind' = 'roster-close'`;
    expect(closing).toHaveLength(1);
    expect(await world.database.sql`select state, closed_for from volunteers`).toMatchObject([
      { state: "closed", closed_for: "died" },
    ]);
  }));

test("F15: an appointment, a dose and a death: what is told later of less changes nothing", () =>
  inScene(newVolunteers(1), async (world) => {
    const start = world.clock.now();
    await officially(world, someone, { kind: "booked" });
    world.clock.advance(1);
    await officially(world, someone, { kind: "vaccinated" });
    world.clock.advance(1);
    await officially(world, someone, { kind: "died" });
    for (const kind of ["offered", "booked", "declined"] as const) {
      await officially(world, someone, { kind, at: start });
      world.clock.advance(1);
      await officially(world, someone, { kind });
    }
    expect(await world.database.sql`select state, closed_for from volunteers`).toMatchObject([
      { state: "closed", closed_for: "died" },
    ]);
  }));
