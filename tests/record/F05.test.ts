import { describe, expect, test } from "vitest";
import { answer, callOff } from "../../gateway/flows/answer.ts";
import { pause, read } from "../../gateway/flows/manage.ts";
import { mergePair } from "../../gateway/flows/merge.ts";
import { takeOfficial } from "../../gateway/flows/official.ts";
import { readSurplus, whoIsComing } from "../../gateway/flows/watch.ts";
import * as pairs from "../../gateway/store/pairs.ts";
import * as volunteers from "../../gateway/store/volunteers.ts";
import { AdapterError } from "../../schema/adapter.ts";
import {
  type ExternalId,
  type PairId,
  Postcode,
  plusMinutes,
  RegionId,
  type VolunteerId,
} from "../../schema/primitives.ts";
import { ask, broken, leftOver, nothing, outcomes } from "../flows/scene.ts";
import { newVolunteer, newVolunteers } from "../support/gateway.ts";
import { register } from "../support/register.ts";
import { pacheco } from "../worker/worker.ts";
import { doclr, officially, withOfficial } from "./official.ts";
import { ids, inScene, type Scene, settled, told } from "./story.ts";

/* A reserve-list invitation and the regular invitation made each other's code invalid; people could book neither. */

const [someone = newVolunteer()] = newVolunteers(1);
const number = someone.nationalNumber;
const tokenOf = ({ registered }: Scene) => registered[0]?.token ?? "";

/** The first in order is asked and says yes. */
const promised = async (world: Scene) => {
  const { surplus, asked } = await ask(world, 1);
  const token = asked[0]?.token ?? "";
  await answer(world.deps, token, "yes");
  return { surplus, token, at: world.clock.now() };
};

const stateOf = async ({ deps }: Scene, id?: VolunteerId) =>
  (await volunteers.byId(deps.db, id as VolunteerId))?.state;

test("F05: an official invitation that is only sent blocks nothing, and its code is good until a dose is promised", () =>
  inScene(newVolunteers(1), async (world) => {
    const { drain, heard } = withOfficial(world);
    await officially(world, someone, { kind: "offered" });
    const { surplus, asked } = await ask(world, 1);
    await drain();
    expect(heard).toEqual([]);
    await answer(world.deps, asked[0]?.token ?? "", "yes");
    await drain();
    expect(heard).toEqual([`supersede ${number} reserve-list ${world.clock.now()}`]);
    expect((await readSurplus(world.deps, surplus.id)).doses).toMatchObject({ promised: 1 });
  }));

test("F05: while that platform is down the yes stands all the same, and it is told when it is back", () =>
  inScene(newVolunteers(1), async (world) => {
    const { drain, heard, platform } = withOfficial(world);
    platform.isDown = true;
    const { surplus, at } = await promised(world);
    await drain();
    expect([heard, (await readSurplus(world.deps, surplus.id)).doses.promised]).toEqual([[], 1]);
    platform.isDown = false;
    world.clock.advance(10);
    await drain();
    expect(heard).toEqual([`supersede ${number} reserve-list ${at}`]);
  }));

test("F05: the official one accepted first ends the list life everywhere, and the next person is asked", () =>
  inScene(newVolunteers(2), async (world) => {
    const [first, next] = ids(world);
    const { surplus, asked } = await ask(world, 1);
    await officially(world, someone, { kind: "booked" });
    expect(await outcomes([answer(world.deps, asked[0]?.token ?? "", "yes")])).toEqual(["invitation_over"]);
    expect(await settled(world, surplus.id)).toEqual([next]);
    expect([await stateOf(world, first), await told(world, "official")]).toEqual(["closed", [first]]);
    const closing = await world.database.sql`
      select effect->>'volunteer' as volunteer from outbox where effect->>'kind' = 'roster-close'`;
    expect(closing.map(({ volunteer }) => volunteer)).toEqual([first]);
    expect(await broken(world)).toEqual(nothing);
  }));

test("F05: read late, the official one that was accepted first still stands: the dose is the next person's at once", () =>
  inScene(newVolunteers(2), async (world) => {
    const [first, next] = ids(world);
    const { surplus, at } = await promised(world);
    world.clock.advance(3);
    await officially(world, someone, { kind: "booked", at: plusMinutes(at, -1) });
    expect((await whoIsComing(world.deps, surplus.id))[0]?.booking.state).toBe("cancelled");
    expect(await settled(world, surplus.id)).toEqual([next]);
    expect(await told(world, "official")).toEqual([first]);
    expect(await broken(world)).toEqual(nothing);
  }));

test("F05: the dose accepted first stands; the reservation that came after is given back, and the person is told once", () =>
  inScene(newVolunteers(1), async (world) => {
    const [first] = ids(world);
    const { drain, heard, letters } = withOfficial(world);
    const { surplus, at } = await promised(world);
    await drain();
    world.clock.advance(3);
    const booked = { kind: "booked" as const, at: world.clock.now() };
    for (const _ of [1, 2]) await officially(world, someone, booked);
    expect(await told(world, "official-given-back")).toEqual([first]);
    await drain();
    expect(new Set(heard)).toEqual(new Set([`supersede ${number} reserve-list ${at}`]));
    expect(letters.filter((about) => about.startsWith("official"))).toEqual(["official-given-back"]);
    expect((await readSurplus(world.deps, surplus.id)).doses).toMatchObject({ promised: 1 });
    expect(await stateOf(world, first)).toBe("active");
  }));

test.each([true, false])(
  "F05: whoever calls the dose off has a valid code again (that platform heard of the yes before: %s)",
  (isTold) =>
    inScene(newVolunteers(1), async (world) => {
      const { drain, heard } = withOfficial(world);
      const { token, at } = await promised(world);
      if (isTold) await drain();
      await callOff(world.deps, token);
      await drain();
      expect(heard[0]).toBe(isTold ? `supersede ${number} reserve-list ${at}` : `reinstate ${number}`);
      expect(heard.at(-1)).toBe(`reinstate ${number}`);
    }),
);

test.each(["active", "paused"] as const)(
  "F05: an official appointment given back brings the person back on the list as they were (%s)",
  (before) =>
    inScene(newVolunteers(1), async (world) => {
      const [first] = ids(world);
      if (before === "paused") await pause(world.deps, tokenOf(world));
      const start = world.clock.now();
      await officially(world, someone, { kind: "booked" });
      world.clock.advance(5);
      await officially(world, someone, { kind: "offered" });
      await officially(world, someone, { kind: "booked", at: start });
      expect(await stateOf(world, first)).toBe(before);
      expect(await told(world, "official-over")).toEqual([first]);
      expect(await settled(world, (await leftOver(world, 1)).id)).toEqual(before === "active" ? [first] : []);
    }),
);

test("F05: booked there already with the official code since: it is given back, and the promise is booked", () =>
  inScene(newVolunteers(1), async (world) => {
    const asked: string[] = [];
    const { drain, heard } = withOfficial(world, {
      booking: {
        find: async () => undefined,
        book: async ({ at }) => {
          asked.push(`after ${heard.length}`);
          if (heard.length === 0) return { outcome: "refused", cause: "already-booked" };
          return { outcome: "booked", externalRef: "R1" as ExternalId, at };
        },
        cancel: async () => {
          throw new AdapterError("drifted", "nothing is to be cancelled");
        },
      },
    });
    const { surplus } = await promised(world);
    await world.database.sql`delete from outbox where effect->>'kind' = 'tell-official'`;
    await drain();
    expect(asked).toEqual(["after 0", "after 1"]);
    const [coming] = await whoIsComing(world.deps, surplus.id);
    expect(coming?.booking).toMatchObject({ state: "booked", externalRef: "R1" });
    expect(await told(world, "booking-refused")).toEqual([]);
  }));

describe("F05: one person, however many registrations:", () => {
  test("merged ones end together, by the number of either", () =>
    inScene(newVolunteers(2), async (world) => {
      const between = await volunteers.lockAll(world.deps.db, ids(world));
      const [first, second] = between;
      if (!first || !second) throw new Error("nobody is registered");
      const found = { score: 30, reasons: [], foundAt: world.clock.now(), campaign: first.campaign };
      const id = world.deps.uuid() as PairId;
      await pairs.note(world.deps.db, { ...found, id, between: [first, second] });
      const { stays } = await mergePair(world.deps, id, "agency");
      for (const each of newVolunteers(2)) await officially(world, each, { kind: "booked" });
      expect(await stateOf(world, stays as VolunteerId)).toBe("closed");
      expect(await told(world, "official")).toEqual([stays]);
    }));

  test("without a number, by name, birth date and contact; not by name and birth date alone", () =>
    inScene([], async (world) => {
      const { nationalNumber, ...rest } = newVolunteer();
      const place = {
        region: RegionId.parse("brussels"),
        postcode: Postcode.parse("1000"),
        centres: [pacheco],
      };
      const input = { ...rest, ...place, birthDate: "1950-01-15" };
      const { volunteer } = await register(world.deps, input, "volunteer");
      const person = { ...input, nationalNumber };
      const at = world.clock.now();
      const event = { kind: "booked" as const, ref: "I1" as ExternalId, at };
      await takeOfficial(world.deps, doclr, { ...event, person: { ...person, contact: {} } });
      expect(await stateOf(world, volunteer.id)).toBe("active");
      await takeOfficial(world.deps, doclr, { ...event, ref: "I2" as ExternalId, person });
      expect(await stateOf(world, volunteer.id)).toBe("closed");
    }));
});

test("F05: whoever registers after their official appointment gets everybody's answer, and is never called", () =>
  inScene([], async (world) => {
    await officially(world, someone, { kind: "booked" });
    const { volunteer, token } = await register(world.deps, someone, "volunteer");
    expect([volunteer.state, (await read(world.deps, token)).state]).toEqual(["active", "active"]);
    expect(await settled(world, (await leftOver(world, 1)).id)).toEqual([]);
    expect(await told(world, "official")).toEqual([]);
    world.clock.advance(1);
    await officially(world, someone, { kind: "declined" });
    expect(await settled(world, (await leftOver(world, 1)).id)).toEqual([volunteer.id]);
  }));
