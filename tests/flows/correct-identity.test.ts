import { describe, expect, test } from "vitest";
import { personForRoster } from "../../gateway/flows/carry.ts";
import { comparePeople } from "../../gateway/flows/compare.ts";
import { correctOwn } from "../../gateway/flows/correct.ts";
import { readHeld } from "../../gateway/flows/held.ts";
import { officialWord, takeOfficial } from "../../gateway/flows/official.ts";
import { listPairs } from "../../gateway/flows/pairs.ts";
import type { OfficialEvent } from "../../schema/adapter.ts";
import type { ExternalId, PlatformName, VolunteerId } from "../../schema/primitives.ts";
import type { NewVolunteer } from "../../schema/volunteer.ts";
import { ids, inScene, type Scene } from "../record/story.ts";
import { asksLittle, nationalNumber, newVolunteer } from "../support/gateway.ts";
import { arrived, inOrder, jean, linesOf, older, paul, rowOf, sure, tokenOf } from "./correcting.ts";
import { ask, outcomes } from "./scene.ts";

/* Who somebody is found as once they corrected it, and what becomes of a number that is somebody else's. */

describe("who they are found as", () => {
  test("follows the number: the one before finds nobody, whoever registers with it is a newcomer", () =>
    inScene([jean], async (world) => {
      const right = nationalNumber("1950-01-15", 998);
      await correctOwn(world.deps, tokenOf(world), { nationalNumber: right });
      const owner = { ...paul, birthDate: "1950-01-15", nationalNumber: jean.nationalNumber };
      expect((await arrived(world, owner))?.repeat_of).toBeNull();
      const again = { ...jean, nationalNumber: right, givenName: "Johan" };
      expect((await arrived(world, again))?.repeat_of).toBe(ids(world)[0]);
    }));

  test("follows the name of whoever has no number, and what they wrote before still means them", () =>
    inScene(
      [{ ...jean, nationalNumber: undefined, birthDate: "1950-01-15" }],
      async (world) => {
        await correctOwn(world.deps, tokenOf(world), { familyName: "Dupond" });
        const nameless = { ...jean, nationalNumber: undefined, birthDate: "1950-01-15" };
        for (const familyName of ["Dupond", "Dupont"])
          expect((await arrived(world, { ...nameless, familyName }))?.repeat_of).toBe(ids(world)[0]);
      },
      { asks: asksLittle },
    ));

  test("a repeat by a wrong number comes onto the list by the right one, as a person of its own", () =>
    inScene([paul, { ...jean, nationalNumber: paul.nationalNumber }], async (world) => {
      const [first, second] = ids(world);
      expect(await inOrder(world)).toEqual([first]);
      const said = { birthDate: "1950-01-15", nationalNumber: jean.nationalNumber };
      await correctOwn(world.deps, tokenOf(world, 1), said);
      expect(await inOrder(world)).toEqual([first, second]);
      const [one, other] = [await rowOf(world, first), await rowOf(world, second)];
      expect(other?.person).not.toBe(one?.person);
      expect(other?.repeat_of).toBeNull();
      const { asked } = await ask(world, 2);
      expect(asked.map(({ row }) => row.volunteer)).toEqual([first, second]);
      await sure(world);
    }));

  test("whoever waited beside them by a number that was never theirs comes onto the list, the eldest of them", () =>
    inScene(
      [{ ...jean, nationalNumber: paul.nationalNumber }, paul, paul, newVolunteer({ born: "1955-05-05" })],
      async (world) => {
        const [first, owner, again, last] = ids(world);
        const { sql } = world.database;
        await sql`update volunteers set registered_at = registered_at + interval '1 hour' where id = ${again ?? ""}`;
        await comparePeople(world.deps);
        expect((await inOrder(world)).toSorted()).toEqual([first, last].toSorted());
        const said = { birthDate: "1950-01-15", nationalNumber: jean.nationalNumber };
        await correctOwn(world.deps, tokenOf(world), said);
        await comparePeople(world.deps);
        expect(await inOrder(world)).toEqual([owner, first, last]);
        expect((await rowOf(world, again))?.repeat_of).toBe(owner);
        const [one, other] = [await rowOf(world, first), await rowOf(world, owner)];
        expect(other?.person).not.toBe(one?.person);
        expect((await rowOf(world, again))?.person).toBe(other?.person);
        expect(await linesOf(world, "volunteer.parted")).toHaveLength(2);
        await sure(world);
      },
    ));

  test("whom somebody found to be one person with them stays so", () =>
    inScene(
      [jean, { ...jean, nationalNumber: undefined, birthDate: "1950-01-15" }],
      async (world) => {
        await comparePeople(world.deps);
        expect((await listPairs(world.deps, { state: "merged", limit: 9 })).items).toHaveLength(1);
        const [first, second] = ids(world);
        const right = nationalNumber("1950-01-15", 998);
        await correctOwn(world.deps, tokenOf(world), { nationalNumber: right });
        await correctOwn(world.deps, tokenOf(world, 1), {
          nationalNumber: paul.nationalNumber,
          birthDate: older,
        });
        await comparePeople(world.deps);
        expect(await inOrder(world)).toEqual([first]);
        expect((await rowOf(world, second))?.repeat_of).toBe(first);
      },
      { asks: asksLittle },
    ));

  test("two who say to be the same at one moment are one owner and one claim", () =>
    inScene([jean, paul], async (world) => {
      const said = { birthDate: "1951-05-05", nationalNumber: nationalNumber("1951-05-05") };
      const both = [0, 1].map((at) => correctOwn(world.deps, tokenOf(world, at), said));
      expect(await outcomes(both)).toEqual(["done", "done"]);
      const lines = await linesOf(world, "volunteer.corrected");
      expect(lines.map(({ facts }) => facts.isClaim).toSorted()).toEqual([false, true]);
    }));
});

/** Jean says to be Paul, who is on the list. */
const claiming = async (world: Scene) => {
  const { givenName, familyName, nationalNumber: number } = paul;
  const said = { givenName, familyName, birthDate: older, nationalNumber: number };
  return correctOwn(world.deps, tokenOf(world), said);
};

const official = (world: Scene, person: NewVolunteer, kind: OfficialEvent["kind"]): OfficialEvent => {
  const { givenName, familyName, nationalNumber: number, contact } = person;
  const ref = "o-1" as ExternalId;
  return {
    kind,
    ref,
    at: world.clock.now(),
    person: { givenName, familyName, nationalNumber: number, contact, birthDate: older },
  };
};

describe("a number by which somebody else is found", () => {
  test("answers like any other, takes nothing from its owner and leads nobody to the asker", () =>
    inScene([jean, paul], async (world) => {
      const { deps } = world;
      const [asker, owner] = ids(world);
      expect(await claiming(world)).toMatchObject({ birthDate: older, nationalNumberKnown: true });
      expect((await inOrder(world)).toSorted()).toEqual([asker, owner].toSorted());
      await takeOfficial(deps, "doclr" as PlatformName, official(world, paul, "vaccinated"));
      const [one, other] = [await rowOf(world, asker), await rowOf(world, owner)];
      expect([one?.closed_for, other?.closed_for]).toEqual([null, "vaccinated"]);
      expect((await linesOf(world, "volunteer.corrected"))[0]?.facts.isClaim).toBe(true);
    }));

  test("waits for somebody to look at both, is never merged by itself, and whoever looks may merge", () =>
    inScene([jean, paul], async (world) => {
      await claiming(world);
      await comparePeople(world.deps);
      expect((await listPairs(world.deps, { state: "merged", limit: 9 })).items).toEqual([]);
      const { items } = await listPairs(world.deps, { state: "open", limit: 9 });
      expect(items).toMatchObject([{ reasons: expect.arrayContaining(["number-same"]) }]);
    }));

  test("is found however little else is alike", () =>
    inScene(
      [jean, { ...paul, nationalNumber: nationalNumber("1950-01-15", 998), birthDate: undefined }],
      async (world) => {
        await correctOwn(world.deps, tokenOf(world), { nationalNumber: nationalNumber("1950-01-15", 998) });
        await comparePeople(world.deps);
        expect((await listPairs(world.deps, { state: "open", limit: 9 })).items).toHaveLength(1);
      },
    ));

  test("is told to no platform, which might take the two for one", () =>
    inScene([jean, paul], async (world) => {
      await claiming(world);
      const [asker, owner] = ids(world) as [VolunteerId, VolunteerId];
      expect((await personForRoster(world.deps, asker))?.guest.nationalNumber).toBeUndefined();
      expect((await personForRoster(world.deps, owner))?.guest.nationalNumber).toBe(paul.nationalNumber);
      expect((await officialWord(world.deps, asker))?.person.nationalNumber).toBeUndefined();
      const { items } = await readHeld(world.deps, tokenOf(world));
      expect(items.find(({ field }) => field === "nationalNumber")?.value).toBe(
        `…${paul.nationalNumber?.slice(-2)}`,
      );
    }));
});
