import { expect, test } from "vitest";
import { enactPolicy, listPolicies, readPolicy } from "../../gateway/flows/places.ts";
import { rehearse } from "../../gateway/flows/rehearse.ts";
import * as invitations from "../../gateway/store/invitations.ts";
import { plusMinutes, type RegionId } from "../../schema/primitives.ts";
import { charleroi, leftOver } from "../flows/scene.ts";
import { newVolunteer } from "../support/gateway.ts";
import { ids, inScene, settled } from "./story.ts";

/* A thousand people outside the target group were invited; two thousand too young. */

const wallonia = "wallonia" as RegionId;

test("F08: eighteen counts on the day of the invitation: not the day before, and without registering again", () =>
  inScene([newVolunteer({ born: "2003-04-17" })], async (world) => {
    expect(world.registered[0]?.volunteer.state).toBe("parked");
    expect(await settled(world, (await leftOver(world, 1)).id)).toEqual([]);
    world.clock.advance(24 * 60);
    expect(await settled(world, (await leftOver(world, 1)).id)).toEqual(ids(world));
  }));

test("F08: nobody under 55 is called for AstraZeneca", () =>
  inScene([newVolunteer({ born: "1966-04-17" }), newVolunteer({ born: "1966-04-16" })], async (world) => {
    const { id } = await leftOver(world, 2, { vaccine: "astrazeneca" });
    expect(await settled(world, id)).toEqual(ids(world).slice(1));
  }));

test("F08: a change of policy is tried dry, asks nobody, and is a version that each invitation names", () =>
  inScene([newVolunteer({ born: "1980-01-01" }), newVolunteer({ born: "1950-01-01" })], async (world) => {
    const { deps, clock } = world;
    const [younger, elder] = ids(world);
    const { rules } = await readPolicy(deps, wallonia);
    const turned = { ...rules, order: rules.order.toReversed() };
    const usableUntil = plusMinutes(clock.now(), 240);
    const question = { centre: charleroi, vaccine: "pfizer" as const, doses: 2, usableUntil };
    const called = async (tried?: typeof rules) =>
      (await rehearse(deps, { ...question, rules: tried })).called.map(({ volunteer }) => volunteer);
    expect(await called()).toEqual([elder, younger]);
    expect((await rehearse(deps, question)).called.map(({ kind }) => kind)).toEqual(["hold", "hold"]);
    expect(await called(turned)).toEqual([younger, elder]);
    expect(await world.database.sql`select id from invitations`).toEqual([]);

    await enactPolicy(deps, { region: wallonia, rules: turned }, "agency");
    expect((await listPolicies(deps, wallonia)).map(({ version }) => version)).toEqual([2, 1]);
    const { id } = await leftOver(world, 1);
    expect(await settled(world, id)).toEqual([younger]);
    const [asked] = await invitations.ofSurplus(deps.db, id);
    expect(asked?.reason).toEqual({ place: 1, group: "under-65", age: 41, policyVersion: 2 });
  }));
