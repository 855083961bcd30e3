import { describe, expect, test } from "vitest";
import { answer } from "../../gateway/flows/answer.ts";
import { checkCard } from "../../gateway/flows/card.ts";
import { personForRoster } from "../../gateway/flows/carry.ts";
import { correctOwn } from "../../gateway/flows/correct.ts";
import { whoIsComing } from "../../gateway/flows/watch.ts";
import { ids, inScene } from "../record/story.ts";
import { asksLittle, nationalNumber, newVolunteer } from "../support/gateway.ts";
import { fail, inOrder, jean, linesOf, older, ordersOf, rowsOf, sure, tokenOf } from "./correcting.ts";
import { ask } from "./scene.ts";

/* Who somebody is, corrected by themselves: what follows for their place, and for what is under way. */

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
