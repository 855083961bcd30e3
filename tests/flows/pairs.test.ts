import { describe, expect, test } from "vitest";
import { answer } from "../../gateway/flows/answer.ts";
import { attend } from "../../gateway/flows/attend.ts";
import { noteIdentity } from "../../gateway/flows/carry.ts";
import { comparePeople } from "../../gateway/flows/compare.ts";
import { readHeld } from "../../gateway/flows/held.ts";
import { change, read } from "../../gateway/flows/manage.ts";
import { mergePair } from "../../gateway/flows/merge.ts";
import { listPairs } from "../../gateway/flows/pairs.ts";
import { keepApart, undoMerge } from "../../gateway/flows/part.ts";
import { settle } from "../../gateway/flows/settle.ts";
import { takePage } from "../../gateway/flows/sync/take.ts";
import { whoIsComing } from "../../gateway/flows/watch.ts";
import * as platforms from "../../gateway/store/platforms.ts";
import type { RosterEntry } from "../../schema/adapter.ts";
import type { ExternalId, PairId, PlatformName, VolunteerId } from "../../schema/primitives.ts";
import { Budgets } from "../../schema/region.ts";
import type { NewVolunteer } from "../../schema/volunteer.ts";
import { inScene as inStory, type Scene, settled, told } from "../record/story.ts";
import { asksLittle, newVolunteer, newVolunteers, type TestDeps } from "../support/gateway.ts";
import { register } from "../support/register.ts";
import { ask, broken, charleroi, nothing, outcomes } from "./scene.ts";

const rules = { standby: false, asks: asksLittle };
const inScene = (list: NewVolunteer[], tell: (world: Scene) => Promise<void>) => inStory(list, tell, rules);

/** Jean Dupont without a number, once more with another telephone and his second name. */
const jean = newVolunteer({ nationalNumber: undefined, birthDate: "1950-01-15" });
const again: NewVolunteer = {
  ...jean,
  givenName: "Jean Marie",
  contact: { email: "jm@example.org", mobile: "+32470555555" },
};

const found = async ({ deps }: TestDeps, state: "open" | "merged" = "open") => {
  await comparePeople(deps);
  return (await listPairs(deps, { state, limit: 50 })).items;
};
const pairIn = async (world: TestDeps): Promise<PairId> => {
  const [pair] = await found(world);
  if (!pair) throw new Error("no pair");
  return pair.id;
};
const people = ({ database: { sql } }: TestDeps) =>
  sql`select id, state, repeat_of, centres, availability, conditions, last_dose_on from volunteers order by id`;
const queued = async ({ database: { sql } }: TestDeps) =>
  (await sql`select volunteer from queue order by volunteer`).map(
    ({ volunteer }) => volunteer as VolunteerId,
  );
const firstTwo = ({ registered }: Scene) => registered.map(({ volunteer }) => volunteer.id);

describe("a list that is read before it is known under which name it has somebody", () => {
  const platform = "doctena" as PlatformName;
  const externalId = "d-1" as ExternalId;
  const read = ({ deps, clock }: Scene, told: Partial<RosterEntry>) => {
    clock.advance(1);
    const at = clock.now();
    const { givenName, familyName, contact } = jean;
    const value: RosterEntry = {
      ...{ externalId, givenName, familyName, contact, birthDate: "1950-01-01", birthYearOnly: true },
      ...{ centres: [charleroi], conditions: [], state: "active", ...told },
    };
    return takePage(deps, {
      platform,
      records: [{ checkedAt: at, validAt: at, changedAt: at, value }],
    });
  };

  test("leaves one person, who is called once, where the name turns out to be theirs", () =>
    inScene([jean], async (world) => {
      await read(world, {});
      const [, stranger] = await queued(world);
      expect(stranger).toBeDefined();
      const [volunteer] = firstTwo(world) as [VolunteerId];
      await noteIdentity(world.deps, { platform, externalId, volunteer });
      expect(await queued(world)).toEqual([volunteer]);
      expect((await platforms.identity(world.deps.db, platform, externalId))?.volunteer).toBe(volunteer);
    }));

  test("leaves two, where the name was somebody else's", () =>
    inScene([jean], async (world) => {
      await read(world, { givenName: "Claire" });
      const [volunteer] = firstTwo(world) as [VolunteerId];
      await noteIdentity(world.deps, { platform, externalId, volunteer });
      expect(await queued(world)).toHaveLength(2);
    }));
});

describe("two registrations that have become one person's", () => {
  test("show each its own contact to the token of each, and never the other's", () =>
    inScene([jean, again], async (world) => {
      const { deps, registered } = world;
      await mergePair(deps, await pairIn(world), "staff");
      const ways = [jean, again].map(({ contact }) => Object.values(contact));
      for (const [at, { token }] of registered.entries()) {
        const seen = [await read(deps, token), await readHeld(deps, token)];
        const changed = await change(deps, token, { language: "de" });
        const told = JSON.stringify([...seen, changed]);
        for (const way of ways[at] ?? []) expect(told).toContain(way);
        for (const way of ways[1 - at] ?? []) expect(told).not.toContain(way);
      }
    }));

  test("hear of it once at an address that they share, also while the key of its digest changes", () =>
    inScene([jean, { ...again, contact: jean.contact }], async (world) => {
      const [first] = firstTwo(world);
      await world.database.sql`
        update volunteers set contact_digests = array[decode('aa', 'hex')] where id = ${first ?? ""}`;
      await mergePair(world.deps, await pairIn(world), "staff");
      expect(await told(world, "merged")).toHaveLength(1);
    }));
});

describe("finding pairs", () => {
  test("a doubtful pair waits for somebody, and is not merged by itself", () =>
    inScene([jean, again], async (world) => {
      expect(await found(world)).toMatchObject([{ reasons: expect.arrayContaining(["given-part"]) }]);
      expect((await queued(world)).length).toBe(2);
      expect((await found(world)).length).toBe(1);
    }));

  test("exactly the documented evidence is one person, also where only one number is known", () =>
    inScene([jean, newVolunteer()], async (world) => {
      expect(await found(world)).toEqual([]);
      expect(await found(world, "merged")).toMatchObject([{ decidedBy: "gateway" }]);
      expect((await queued(world)).length).toBe(1);
    }));

  test("three registrations that came together, each with its own spelling, are one person", () => {
    const spelt = (familyName: string) => ({ ...jean, familyName });
    const three = ["Van den Berghe", "Vanden Berghe", "Vandenberghe"].map(spelt);
    return inScene([...three, newVolunteer({ born: "1960-01-01" })], async (world) => {
      expect(await found(world)).toEqual([]);
      expect((await queued(world)).length).toBe(2);
    });
  });

  test("twins, a couple and a father and son in one house are nobody's pair", () => {
    const { contact } = jean;
    const twin = { ...jean, givenName: "Pierre" };
    const wife = newVolunteer({ ...jean, givenName: "Anne", birthDate: "1953-02-02", contact });
    const son = { ...jean, birthDate: "1978-11-24" };
    return inScene([jean, twin, wife, son], async (world) => {
      expect([await found(world), await found(world, "merged")]).toEqual([[], []]);
    });
  });

  test("a helper's telephone, in fifty registrations, makes no pairs and no long search", () => {
    const helper = { name: "Nurse", contact: { mobile: "+32470000001" } };
    const helped = newVolunteers(50).map((each) => ({
      ...each,
      nationalNumber: each.nationalNumber,
      helper,
    }));
    const wide = { ...rules, budgets: Budgets.parse({ helperAtMost: helped.length }) };
    return inStory(helped, async (world) => expect(await found(world)).toEqual([]), wide);
  });

  test("nothing readable of anybody is kept to find them by", () =>
    inScene([jean, again], async (world) => {
      await pairIn(world);
      const { sql } = world.database;
      const rows = [await sql`select encode(key, 'escape') from blocks`, await sql`select * from pairs`];
      expect(JSON.stringify(rows)).not.toMatch(/dupont|jean|1950|470555555|example/i);
    }));

  test("what was kept apart is not shown again, until the evidence is another", () =>
    inScene([jean, again], async (world) => {
      const { deps, registered, database } = world;
      await keepApart(deps, await pairIn(world), "staff");
      await database.sql`update volunteers set compared = false`;
      expect(await found(world)).toEqual([]);
      await change(deps, registered[1]?.token ?? "", { contact: jean.contact });
      expect(await found(world)).toMatchObject([{ reasons: expect.arrayContaining(["mobile-same"]) }]);
    }));
});

describe("a merge", () => {
  test("leaves one in the queue, at the centres of both, and tells both contacts", () =>
    inScene([jean, again], async (world) => {
      const { deps, database } = world;
      const [first, second] = firstTwo(world) as [VolunteerId, VolunteerId];
      const platform = "qvax" as PlatformName;
      const name = "q-2" as ExternalId;
      await noteIdentity(deps, { platform, externalId: name, volunteer: second });
      await database.sql`update volunteers set registered_at = now() + interval '1 day' where id = ${second}`;
      const merged = await mergePair(deps, await pairIn(world), "staff");
      expect(merged.stays).toBe(first);
      expect(await queued(world)).toEqual([first]);
      expect((await platforms.identity(deps.db, platform, name))?.volunteer).toBe(first);
      expect(new Set(await told(world, "merged"))).toEqual(new Set([first, second]));
    }));

  test("a further registration with the number of the one that went finds the one that stayed", () => {
    const numbered = newVolunteer({ givenName: "Jean Marie", contact: again.contact });
    return inScene([jean, numbered], async (world) => {
      const merged = await mergePair(world.deps, await pairIn(world), "staff");
      const { volunteer } = await register(world.deps, numbered, "volunteer");
      const rows = await people(world);
      expect(rows.find(({ id }) => id === volunteer.id)?.repeat_of).toBe(merged.stays);
    });
  });

  test("of two promises one stays, and the other dose is free at once", () =>
    inScene([jean, again], async (world) => {
      const { deps } = world;
      const { surplus, asked } = await ask(world, 2);
      for (const { token } of asked) await answer(deps, token, "yes");
      await mergePair(deps, await pairIn(world), "staff");
      const states = (await whoIsComing(deps, surplus.id)).map(({ booking }) => booking.state);
      expect(new Set(states)).toEqual(new Set(["cancelled", "promised"]));
      const doses = await world.database.sql`select state from doses order by state`;
      expect(doses.map(({ state }) => state)).toEqual(["free", "promised"]);
      const unbooked = await world.database.sql`select 1 from outbox where effect->>'kind' = 'unbook'`;
      expect(unbooked.length).toBe(1);
      expect(await broken(world)).toEqual(nothing);
    }));

  test("the question of the one that goes is taken back, and its dose goes on", () =>
    inScene([jean, again, ...newVolunteers(1, { born: "1960-01-01" })], async (world) => {
      const { surplus, asked } = await ask(world, 2);
      await answer(world.deps, asked[0]?.token ?? "", "yes");
      await mergePair(world.deps, await pairIn(world), "staff");
      expect(await outcomes([answer(world.deps, asked[1]?.token ?? "", "yes")])).toEqual(["invitation_over"]);
      expect(await settled(world, surplus.id)).toEqual([firstTwo(world)[2]]);
    }));

  test("two at once: one merges, the other is told", () =>
    inScene([jean, again], async (world) => {
      const id = await pairIn(world);
      const both = ["one", "other"].map((actor) => mergePair(world.deps, id, actor));
      expect(new Set(await outcomes(both))).toEqual(new Set(["done", "pair_decided"]));
      expect((await queued(world)).length).toBe(1);
    }));

  test("against two yes at the same instant: at most one dose is promised to the person", async () => {
    for (let round = 0; round < 4; round += 1)
      await inScene([jean, again], async (world) => {
        const { surplus, asked } = await ask(world, 2);
        const id = await pairIn(world);
        const yes = asked.map(({ token }) => answer(world.deps, token, "yes"));
        const said = await outcomes([...yes, mergePair(world.deps, id, "staff")]);
        expect(said[2]).toBe("done");
        await settle(world.deps, surplus.id);
        const live = (await whoIsComing(world.deps, surplus.id)).filter(
          ({ booking }) => booking.state === "promised",
        );
        expect(live.length).toBe(1);
        expect(await broken(world)).toEqual(nothing);
      });
  });
});

describe("an undo", () => {
  test("brings both back exactly", () =>
    inScene([{ ...jean, conditions: ["at-risk"] }, again], async (world) => {
      const id = await pairIn(world);
      const before = [await people(world), await queued(world)];
      await mergePair(world.deps, id, "staff");
      expect([await people(world), await queued(world)]).not.toEqual(before);
      await undoMerge(world.deps, id, "staff");
      expect([await people(world), await queued(world)]).toEqual(before);
    }));

  test("is refused once a dose was given", () =>
    inScene([jean, again], async (world) => {
      const { deps } = world;
      const id = await pairIn(world);
      await mergePair(deps, id, "staff");
      const { surplus, asked } = await ask(world, 1);
      await answer(deps, asked[0]?.token ?? "", "yes");
      const [coming] = await whoIsComing(deps, surplus.id);
      if (coming) await attend(deps, coming.booking.id, { outcome: "attended" }, "staff");
      expect(await outcomes([undoMerge(deps, id, "staff")])).toEqual(["dose_given_since"]);
    }));

  test("against a yes: the promise stands with whoever was asked, and the other may be called", () =>
    inScene([jean, again], async (world) => {
      const { deps } = world;
      const id = await pairIn(world);
      const { stays } = await mergePair(deps, id, "staff");
      const { surplus, asked } = await ask(world, 1);
      expect(
        await outcomes([answer(deps, asked[0]?.token ?? "", "yes"), undoMerge(deps, id, "staff")]),
      ).toEqual(["done", "done"]);
      expect((await whoIsComing(deps, surplus.id)).length).toBe(1);
      expect((await queued(world)).includes(stays as VolunteerId)).toBe(false);
      expect((await queued(world)).length).toBe(1);
      expect(await broken(world)).toEqual(nothing);
    }));
});
