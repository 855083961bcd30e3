import { describe, expect, test } from "vitest";
import { answer } from "../../gateway/flows/answer.ts";
import { checkCard } from "../../gateway/flows/card.ts";
import { personForRoster } from "../../gateway/flows/carry.ts";
import { comparePeople } from "../../gateway/flows/compare.ts";
import { correctOwn } from "../../gateway/flows/correct.ts";
import { readHeld } from "../../gateway/flows/held.ts";
import { officialWord, takeOfficial } from "../../gateway/flows/official.ts";
import { listPairs } from "../../gateway/flows/pairs.ts";
import { whoIsComing } from "../../gateway/flows/watch.ts";
import type { OfficialEvent } from "../../schema/adapter.ts";
import type { ExternalId, PlatformName, VolunteerId } from "../../schema/primitives.ts";
import type { NewVolunteer } from "../../schema/volunteer.ts";
import { ids, inScene, type Scene } from "../record/story.ts";
import { asksLittle, nationalNumber, newVolunteer } from "../support/gateway.ts";
import { register } from "../support/register.ts";
import { ask, broken, nothing, outcomes } from "./scene.ts";

/* Who somebody is, corrected by themselves. */

const older = "1940-02-03";
const jean = newVolunteer();
const paul = newVolunteer({ born: older, givenName: "Paul", familyName: "Renard" });
const tokenOf = ({ registered }: Scene, at = 0) => registered[at]?.token ?? "";
const inOrder = async ({ database: { sql } }: Scene) =>
  (await sql`select volunteer from queue order by birth_date, volunteer`).map(
    ({ volunteer }) => volunteer as VolunteerId,
  );
const linesOf = ({ database: { sql } }: Scene, event: string) =>
  sql<{ region: string; facts: Record<string, unknown> }[]>`
    select region, facts from audit where event = ${event} order by id`;
const ordersOf = async ({ database: { sql } }: Scene, kind: string) =>
  (await sql`select effect from outbox where effect->>'kind' = ${kind} order by id`).map(
    ({ effect }) => effect,
  );
const rowsOf = async ({ database: { sql } }: Scene) =>
  sql`select id, person, repeat_of, birth_date::text, closed_for from volunteers order by id`;
const rowOf = async (world: Scene, id: VolunteerId | undefined) =>
  (await rowsOf(world)).find((row) => row.id === id);
/** The registration of whoever registers later, as it lies there. */
const arrived = async (world: Scene, person: NewVolunteer) =>
  rowOf(world, (await register(world.deps, person, "volunteer")).volunteer.id);
const fail = (): never => {
  throw new Error("there should be one");
};
const sure = async (world: Scene) => expect(await broken(world)).toEqual(nothing);

describe("the order of the calls", () => {
  test("follows the corrected birth date, and the audit says so without a word of the person", () =>
    inScene([jean, newVolunteer({ born: "1945-01-01" })], async (world) => {
      const [first, second] = ids(world);
      expect(await inOrder(world)).toEqual([second, first]);
      const told = { birthDate: older, nationalNumber: nationalNumber(older) };
      const shown = await correctOwn(world.deps, tokenOf(world), told);
      expect(shown).toMatchObject({ birthDate: older, givenName: "Jean", state: "active" });
      expect(await inOrder(world)).toEqual([first, second]);
      const [line] = await linesOf(world, "volunteer.corrected");
      expect(line?.facts).toEqual({
        ...{ fields: ["birthDate", "nationalNumber"], decides: ["birthDate"], isClaim: false },
      });
      await sure(world);
    }));

  test("lets a child wait, and refuses where the region takes none", () =>
    inScene(
      [{ ...jean, nationalNumber: undefined, birthDate: "1950-01-15" }],
      async (world) => {
        expect(await correctOwn(world.deps, tokenOf(world), { birthDate: "2010-01-01" })).toMatchObject({
          state: "parked",
        });
        await world.database.sql`update policies set rules = rules || '{"underAge":"refuse"}'`;
        const refused = correctOwn(world.deps, tokenOf(world), { birthDate: "2011-01-01" });
        await expect(refused).rejects.toMatchObject({ issues: [{ at: "/birthDate" }] });
      },
      { asks: asksLittle },
    ));
});

test.each([
  ["a number that tells another birth", { nationalNumber: nationalNumber(older) }],
  ["a birth date that the number does not tell", { birthDate: older }],
  ["a day to come", { birthDate: "2031-01-01" }],
])("%s is refused as on registering, and nothing changes", (_, said) =>
  inScene([jean], async (world) => {
    const before = await rowsOf(world);
    const refused = correctOwn(world.deps, tokenOf(world), said);
    await expect(refused).rejects.toMatchObject({ code: "policy_refuses", issues: [{ at: "/birthDate" }] });
    expect(await rowsOf(world)).toEqual(before);
    expect(await linesOf(world, "volunteer.corrected")).toEqual([]);
  }),
);

test("needs the second factor, by a link that was sent", () =>
  inScene([jean], async (world) => {
    world.clock.advance(61);
    const refused = correctOwn(world.deps, tokenOf(world), { givenName: "Jan" });
    await expect(refused).rejects.toMatchObject({ code: "birth_date_needed" });
  }));

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

describe("what is under way", () => {
  const said = { birthDate: older, nationalNumber: nationalNumber(older) };

  test("stays: an invitation can be answered, and the audit says that there was one", () =>
    inScene([jean], async (world) => {
      const { asked, surplus } = await ask(world, 1);
      await correctOwn(world.deps, tokenOf(world), said);
      await answer(world.deps, asked[0]?.token ?? "", "yes");
      const [line] = await linesOf(world, "volunteer.corrected");
      expect(line?.facts.invitation).toBe(asked[0]?.row.id);
      expect((await whoIsComing(world.deps, surplus.id))[0]?.booking.state).toBe("promised");
      await sure(world);
    }));

  test("stays: a promised dose, and what a card had proven of them is declared again and looked up anew", () =>
    inScene([jean], async (world) => {
      const { deps, database } = world;
      await database.sql`insert into bindings (id, region, role, platform)
        values (gen_random_uuid(), 'wallonia', 'register', 'register')`;
      const { asked, surplus } = await ask(world, 1);
      await answer(deps, asked[0]?.token ?? "", "yes");
      const [coming] = await whoIsComing(deps, surplus.id);
      const check = {
        outcome: "confirmed" as const,
        confirmed: ["birthDate", "postcode"] as const,
        actor: "staff",
      };
      await checkCard(deps, coming?.booking.id ?? fail(), { ...check, confirmed: [...check.confirmed] });
      expect((await whoIsComing(deps, surplus.id))[0]?.declared).toEqual([]);
      await correctOwn(deps, tokenOf(world), { familyName: "Dupond" });
      const [still] = await whoIsComing(deps, surplus.id);
      expect(still).toMatchObject({ familyName: "Dupond", declared: ["birthDate", "postcode"] });
      expect(still?.booking).toMatchObject({ id: coming?.booking.id, state: "promised" });
      expect((await linesOf(world, "volunteer.corrected"))[0]?.facts.booking).toBe(coming?.booking.id);
      expect(await ordersOf(world, "prove")).toHaveLength(1);
      await sure(world);
    }));
});

test("their lists are told", () =>
  inScene([jean], async (world) => {
    const before = (await ordersOf(world, "roster-put")).length;
    await correctOwn(world.deps, tokenOf(world), { givenName: "Johan" });
    expect(await ordersOf(world, "roster-put")).toHaveLength(before + 1);
    const [volunteer = fail()] = ids(world);
    expect((await personForRoster(world.deps, volunteer))?.guest.givenName).toBe("Johan");
  }));

test("what was corrected says nothing of anybody in the audit", () =>
  inScene([jean], async (world) => {
    await correctOwn(world.deps, tokenOf(world), { givenName: "Johan", familyName: "Maes" });
    const lines = await world.database.sql`select to_jsonb(a)::text as line from audit a`;
    expect(JSON.stringify(lines)).not.toMatch(/johan|maes|1950-01-15/i);
  }));
