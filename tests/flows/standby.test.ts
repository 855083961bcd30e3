import { describe, expect, test } from "vitest";
import { adjust } from "../../gateway/flows/announce.ts";
import { answer, readInvitation } from "../../gateway/flows/answer.ts";
import { attend, walkIn } from "../../gateway/flows/attend.ts";
import { invitationToSend, messageToWrite } from "../../gateway/flows/carry.ts";
import { pause, resume } from "../../gateway/flows/manage.ts";
import { retrace } from "../../gateway/flows/retrace.ts";
import { settle } from "../../gateway/flows/settle.ts";
import { readSurplus, whoIsComing } from "../../gateway/flows/watch.ts";
import * as invitations from "../../gateway/store/invitations.ts";
import { plusMinutes } from "../../schema/primitives.ts";
import type { PolicyRules } from "../../schema/region.ts";
import { ids, inScene, type Scene, settled, told } from "../record/story.ts";
import { newVolunteers } from "../support/gateway.ts";
import { broken, deliver, leftOver, nothing } from "./scene.ts";

const withStandbys = (tell: (world: Scene) => Promise<void>, rules: Partial<PolicyRules> = {}) =>
  inScene(newVolunteers(30), tell, rules);

/** So many doses for an hour and a half, those asked for them in order, and each with a token. */
const begin = async (world: Scene, doses: number) => {
  const surplus = await leftOver(world, doses, { usableUntil: plusMinutes(world.clock.now(), 90) });
  await settle(world.deps, surplus.id);
  const asked = await deliver(world, surplus.id);
  const say = async (place: number, said: "yes" | "no") =>
    (await answer(world.deps, asked[place]?.token ?? "", said)).state;
  const stateOf = async (place: number) =>
    (await readInvitation(world.deps, asked[place]?.token ?? "")).state;
  return { surplus, asked, say, stateOf };
};

describe("more are asked than there are doses", () => {
  test("in the authority's order: the first hold a dose, never more than there are; the others stand by", () =>
    withStandbys(async (world) => {
      const { asked } = await begin(world, 2);
      expect(asked.length).toBeGreaterThan(2);
      expect(asked.map(({ row }) => row.volunteer)).toEqual(ids(world).slice(0, asked.length));
      expect(asked.map(({ row }) => row.kind)).toEqual(
        asked.map((_, place) => (place < 2 ? "hold" : "standby")),
      );
      expect(asked.map(({ row }) => row.reason.place)).toEqual(asked.map((_, place) => place + 1));
      expect(await broken(world)).toEqual(nothing);
    }));

  test("a dose let go is at once the first ready person's, though never past somebody still within their window", () =>
    withStandbys(async (world) => {
      const { surplus, say, stateOf } = await begin(world, 1);
      expect(await say(2, "yes")).toBe("ready");
      expect(await say(0, "no")).toBe("declined");
      await settle(world.deps, surplus.id);
      expect(await stateOf(2)).toBe("ready");
      expect(await say(1, "no")).toBe("declined");
      await settle(world.deps, surplus.id);
      expect(await stateOf(2)).toBe("accepted");
      expect(await broken(world)).toEqual(nothing);
    }));

  test("whoever is not needed is told at once, keeps their place, and is the first for the next dose", () =>
    withStandbys(async (world) => {
      const { surplus, asked, say, stateOf } = await begin(world, 1);
      await say(1, "yes");
      expect(await say(0, "yes")).toBe("accepted");
      expect(await stateOf(1)).toBe("released");
      const everybodyElse = asked.slice(1).map(({ row }) => row.volunteer);
      expect(await told(world, "released")).toEqual(everybodyElse);
      await adjust(world.deps, surplus.id, { doses: 2 }, "staff");
      expect((await settled(world, surplus.id))[0]).toBe(everybodyElse[0]);
      expect(await broken(world)).toEqual(nothing);
    }));

  test("a yes after its window is a standby's, and takes no dose that is held for somebody by now", () =>
    withStandbys(
      async (world) => {
        const { surplus, say, stateOf } = await begin(world, 1);
        world.clock.advance(30);
        await settle(world.deps, surplus.id);
        const later = await deliver(world, surplus.id);
        const holder = later.find(({ row }) => row.kind === "hold");
        expect(await say(0, "yes")).toBe("ready");
        expect((await answer(world.deps, holder?.token ?? "", "yes")).state).toBe("accepted");
        expect(await stateOf(0)).toBe("released");
      },
      { messagesPerDose: 2, standby: false },
    ));

  test("a place that nobody came for goes to somebody who stands by", () =>
    withStandbys(async (world) => {
      const { surplus, say, stateOf } = await begin(world, 2);
      await say(0, "yes");
      await say(3, "yes");
      world.clock.advance(20);
      const [coming] = await whoIsComing(world.deps, surplus.id);
      if (!coming) throw new Error("nobody is expected");
      await attend(world.deps, coming.booking.id, { outcome: "no-show" }, "staff");
      await say(1, "yes");
      world.clock.advance(15);
      await settle(world.deps, surplus.id);
      expect(await stateOf(3)).toBe("accepted");
      expect(await broken(world)).toEqual(nothing);
    }));

  test("somebody at the door may take a dose that nobody holds, and those who stand by are told", () =>
    withStandbys(async (world) => {
      const { surplus, say, stateOf } = await begin(world, 2);
      await say(0, "yes");
      await say(4, "yes");
      await say(1, "no");
      const [{ newest } = { newest: 0 }] = await world.database.sql<{ newest: number }[]>`
        select max(id)::int as newest from outbox`;
      await walkIn(world.deps, surplus.id, "staff");
      const [woken] = await world.database.sql`
        select from outbox where effect->>'kind' = 'wake' and due_at <= ${world.clock.now()} and id > ${newest}`;
      expect(woken).toBeDefined();
      await settle(world.deps, surplus.id);
      expect(await stateOf(4)).toBe("released");
      expect((await readSurplus(world.deps, surplus.id)).doses).toMatchObject({
        used: 1,
        promised: 1,
        free: 0,
      });
    }));

  test("an engine that slept past every window sends nothing stale, and promises what was said in time (F03)", () =>
    withStandbys(async (world) => {
      const { surplus, say, stateOf } = await begin(world, 1);
      await say(1, "yes");
      const before = (await invitations.ofSurplus(world.deps.db, surplus.id)).length;
      world.clock.advance(56);
      await settle(world.deps, surplus.id);
      expect(await stateOf(0)).toBe("lapsed");
      expect(await stateOf(1)).toBe("accepted");
      expect(await invitations.ofSurplus(world.deps.db, surplus.id)).toHaveLength(before);
    }));

  test("asleep until nobody could come in time any more, it asks and promises nobody", () =>
    withStandbys(async (world) => {
      const { surplus, say, stateOf } = await begin(world, 1);
      await say(1, "yes");
      world.clock.advance(65);
      await settle(world.deps, surplus.id);
      expect(await stateOf(1)).toBe("released");
      expect(await settled(world, surplus.id)).toEqual([]);
    }));
});

describe("people asked twice, passed or reached by no channel", () => {
  test("whoever was released and is asked again counts as one person before those that follow", () =>
    withStandbys(async (world) => {
      const { surplus, say } = await begin(world, 1);
      await say(0, "yes");
      await adjust(world.deps, surplus.id, { doses: 5 }, "staff");
      await settle(world.deps, surplus.id);
      world.clock.advance(11);
      await settle(world.deps, surplus.id);
      const rows = await invitations.ofSurplus(world.deps.db, surplus.id);
      const people = [...new Set(rows.map(({ volunteer }) => volunteer))];
      expect(rows.length).toBeGreaterThan(people.length);
      for (const { volunteer, reason } of rows) expect(reason.place).toBe(people.indexOf(volunteer) + 1);
    }));

  test("where a region knows no standbys, whoever comes back above those asked waits for a dose of their own", () =>
    withStandbys(
      async (world) => {
        const token = world.registered[0]?.token ?? "";
        await pause(world.deps, token);
        const { surplus } = await begin(world, 1);
        await resume(world.deps, token);
        world.clock.advance(15);
        expect(await settled(world, surplus.id)).toEqual([ids(world)[1]]);
      },
      { standby: false },
    ));

  test("a yes that no channel said it had asked for counts as asked, and so does a no", () =>
    withStandbys(async (world) => {
      const surplus = await leftOver(world, 2);
      await settle(world.deps, surplus.id);
      for (const said of ["yes", "no"] as const) {
        const [row] = await invitations.liveOf(world.deps.db, surplus.id);
        if (!row) throw new Error("nobody was asked");
        const { volunteer, id: invitation } = row;
        const written = await messageToWrite(world.deps, { volunteer, invitation, tokens: ["answer"] });
        await answer(world.deps, written?.issued.answer ?? "", said);
        expect((await invitations.byId(world.deps.db, invitation))?.takenAt).toBe(world.clock.now());
      }
    }));
});

describe("what the authority's rules allow", () => {
  test("an invitation that was decided before the quiet hours does not leave in them", () =>
    withStandbys(
      async (world) => {
        const surplus = await leftOver(world, 1);
        await settle(world.deps, surplus.id);
        const [first] = await invitations.liveOf(world.deps.db, surplus.id);
        if (!first) throw new Error("nobody was asked");
        expect(await invitationToSend(world.deps, first.id)).toBeDefined();
        world.clock.advance(6);
        expect(await invitationToSend(world.deps, first.id)).toBeUndefined();
      },
      { quietHours: { from: "16:35", until: "07:00" } },
    ));

  test("nobody is woken in quiet hours", () =>
    withStandbys(
      async (world) => {
        const usableUntil = plusMinutes(world.clock.now(), 240);
        expect(await settled(world, (await leftOver(world, 1, { usableUntil })).id)).toEqual([]);
      },
      { quietHours: { from: "16:00", until: "19:00" } },
    ));

  test("when a list runs out, its neighbours' people follow, and only then", () =>
    withStandbys(
      async (world) => {
        const namur = "namur" as (typeof world.registered)[number]["volunteer"]["centres"][number];
        expect(await settled(world, (await leftOver(world, 1, { centre: namur })).id)).not.toEqual([]);
      },
      { spillOverKm: 60 },
    ));

  test("whoever had a dose too short a time ago is not asked", () =>
    inScene(
      newVolunteers(2, { lastDoseOn: "2021-04-01" }),
      async (world) => {
        expect(await settled(world, (await leftOver(world, 1)).id)).toEqual([]);
      },
      { intervalDays: 28 },
    ));
});

test("the audit of an evening adds up to what the rows say", () =>
  withStandbys(async (world) => {
    const { surplus, say } = await begin(world, 3);
    await say(0, "yes");
    await say(1, "no");
    await say(5, "yes");
    await adjust(world.deps, surplus.id, { doses: 5 }, "staff");
    await settle(world.deps, surplus.id);
    await adjust(world.deps, surplus.id, { doses: 2 }, "staff");
    await walkIn(world.deps, surplus.id, "staff").catch(() => undefined);
    world.clock.advance(300);
    await settle(world.deps, surplus.id);
    const told = await retrace(world.deps, surplus.id);
    expect(told.replayed).toEqual((await readSurplus(world.deps, surplus.id)).doses);
    expect(told.agrees).toBe(true);
    expect(told.steps[0]).toMatchObject({ event: "surplus.announced" });
  }));
