import { expect, test } from "vitest";
import { answer } from "../../gateway/flows/answer.ts";
import { attend } from "../../gateway/flows/attend.ts";
import { checkCard } from "../../gateway/flows/card.ts";
import { change } from "../../gateway/flows/manage.ts";
import { retrace } from "../../gateway/flows/retrace.ts";
import { whoIsComing } from "../../gateway/flows/watch.ts";
import { AdapterError, type RegisterFindings, type RegisterQuestion } from "../../schema/adapter.ts";
import type { BookingId, CentreId, PlatformName, Postcode, RegionId } from "../../schema/primitives.ts";
import type { CardCheck } from "../../schema/proof.ts";
import { deliver, leftOver } from "../flows/scene.ts";
import { nationalNumber, newVolunteer } from "../support/gateway.ts";
import { workerOf } from "../worker/worker.ts";
import { inScene, type Scene, settled } from "./story.ts";

/* A Brussels postcode was taken on trust; thousands of people who lived elsewhere were vaccinated ahead of their turn. */

const pacheco = "pacheco" as CentreId;
const inBrussels = newVolunteer({
  ...{ region: "brussels" as RegionId, postcode: "1000" as Postcode, centres: [pacheco] },
  ...{ nationalNumber: undefined, birthDate: "1950-01-15", conditions: ["at-risk"] },
});

/** They have said yes, and stand at the door. */
const atTheDoor = async (world: Scene) => {
  const { id } = await leftOver(world, 1, { centre: pacheco });
  await settled(world, id);
  const [asked] = await deliver(world, id);
  await answer(world.deps, asked?.token ?? "", "yes");
  const coming = async () => {
    const [person] = await whoIsComing(world.deps, id);
    if (!person) throw new Error("nobody is coming");
    return person;
  };
  const booking = (await coming()).booking.id;
  const card = (check: CardCheck) => checkCard(world.deps, booking, { ...check, actor: "staff" });
  return { surplus: id, coming, booking, card };
};

const lines = ({ database: { sql } }: Scene, event: string) =>
  sql<{ actor: string; facts: Record<string, unknown> }[]>`
    select actor, facts from audit where event like ${event} order by id`;

test("F19: what decides the order or the place and is only declared is shown to the centre before the dose is given", () =>
  inScene([inBrussels], async (world) => {
    const { coming } = await atTheDoor(world);
    const { declared, bases } = await coming();
    expect(declared).toEqual(["birthDate", "postcode", "at-risk"]);
    expect(bases).toEqual(declared.map((what) => ({ what, known: "declared" })));
  }));

test("F19: a number that somebody typed proves nothing: its check digits are anybody's to work out", () =>
  inScene([newVolunteer({ ...inBrussels, nationalNumber: nationalNumber("1950-01-15") })], async (world) => {
    const { coming } = await atTheDoor(world);
    expect((await coming()).declared).toContain("birthDate");
  }));

const register = "register-of-brussels" as PlatformName;
const withRegister = async (world: Scene, check: (asked: RegisterQuestion) => Promise<RegisterFindings>) => {
  await world.database.sql`
    insert into bindings (id, region, role, platform) values (gen_random_uuid(), 'brussels', 'register', ${register})`;
  const asked: RegisterQuestion[] = [];
  const worker = workerOf(world, {
    platforms: {
      [register]: {
        register: {
          check: (person) => {
            asked.push(person);
            return check(person);
          },
        },
      },
    },
    notify: async () => ({ at: world.clock.now(), channel: "email" }),
  });
  return { asked, drain: worker.drain };
};

test("F19: a register that the region binds proves it before anybody comes, and nothing waits for it", () =>
  inScene([inBrussels], async (world) => {
    const { asked, drain } = await withRegister(world, async () => ({ birthDate: "so", postcode: "so" }));
    const { coming } = await atTheDoor(world);
    await drain();
    expect(asked).toEqual([
      {
        ...{ nationalNumber: undefined, givenName: "Jean", familyName: "Dupont" },
        ...{ birthDate: "1950-01-15", postcode: "1000" },
      },
    ]);
    const { declared, bases } = await coming();
    expect(declared).toEqual(["at-risk"]);
    const proven = { known: "register", by: register, at: world.clock.now() };
    expect(bases).toEqual([
      { what: "birthDate", ...proven },
      { what: "postcode", ...proven },
      { what: "at-risk", known: "declared" },
    ]);
  }));

test("F19: where the register says otherwise, or does not answer, it stays declared, and nobody loses their dose by it", () =>
  inScene([inBrussels], async (world) => {
    const state: { isDown: boolean } = { isDown: true };
    const { asked, drain } = await withRegister(world, async () => {
      if (state.isDown) throw new AdapterError("unavailable", "down");
      return { birthDate: "so", postcode: "otherwise" };
    });
    const { coming } = await atTheDoor(world);
    await drain();
    expect((await coming()).declared).toEqual(["birthDate", "postcode", "at-risk"]);
    state.isDown = false;
    world.clock.advance(10);
    await drain();
    expect(asked.length).toBeGreaterThan(1);
    expect((await coming()).declared).toEqual(["postcode", "at-risk"]);
    const [line] = await lines(world, "volunteer.looked-up");
    expect(line).toEqual({
      actor: register,
      facts: { so: ["birthDate"], otherwise: ["postcode"], unknown: [] },
    });
    expect((await coming()).booking.state).not.toBe("refused");
  }));

test("F19: the card that confirms it is a step of its own, by whom and when", () =>
  inScene([inBrussels], async (world) => {
    const { booking, card, coming, surplus } = await atTheDoor(world);
    const checked = await card({ outcome: "confirmed", confirmed: ["birthDate", "postcode"] });
    expect(checked).toMatchObject({ outcome: "confirmed", objections: [], by: "staff" });
    const seen = await coming();
    expect(seen.declared).toEqual(["at-risk"]);
    expect(seen.card).toMatchObject({ outcome: "confirmed", by: "staff", at: world.clock.now() });
    await attend(world.deps, booking, { outcome: "attended" }, "staff");
    expect((await retrace(world.deps, surplus)).agrees).toBe(true);
    await expect(card({ outcome: "refused" })).rejects.toMatchObject({ code: "booking_over" });
  }));

test("F19: whoever lives elsewhere is not given the dose in silence, nor turned away in silence", () =>
  inScene([inBrussels], async (world) => {
    const { deps } = world;
    const { booking, card, surplus } = await atTheDoor(world);
    const differs = [{ what: "postcode" as const, found: "9000" as Postcode }];
    const checked = await card({ outcome: "differs", differs, confirmed: ["birthDate"] });
    expect(checked).toMatchObject({ outcome: "differs", objections: ["lives-elsewhere"] });
    await expect(attend(deps, booking, { outcome: "attended" }, "staff")).rejects.toMatchObject({
      code: "card_differs",
      issues: [{ at: "/because" }],
    });
    await expect(attend(deps, booking, { outcome: "cancelled" }, "staff")).rejects.toMatchObject({
      code: "invalid_input",
    });
    const given = await attend(
      deps,
      booking,
      { outcome: "attended", because: "dose-would-be-lost" },
      "staff",
    );
    expect(given.state).toBe("attended");
    expect((await lines(world, "booking.card-%"))[0]?.facts).toMatchObject({
      differs: ["postcode"],
      objections: ["lives-elsewhere"],
    });
    expect((await lines(world, "booking.attended"))[0]?.facts).toMatchObject({
      because: "dose-would-be-lost",
    });
    expect((await retrace(deps, surplus)).agrees).toBe(true);
  }));

test("F19: what the card shows decides the order from then on", () =>
  inScene([inBrussels], async (world) => {
    const { booking, card } = await atTheDoor(world);
    await card({
      outcome: "differs",
      differs: [{ what: "postcode", found: "9000" as Postcode }],
      confirmed: [],
    });
    await attend(world.deps, booking, { outcome: "cancelled", because: "not-eligible" }, "staff");
    const [row] = await world.database.sql`select postcode, centres from volunteers`;
    expect(row).toEqual({ postcode: "9000", centres: [] });
    world.clock.advance(24 * 60);
    expect(await settled(world, (await leftOver(world, 1, { centre: pacheco })).id)).toEqual([]);
  }));

test("F19: an age and a risk that the card does not bear out are told to whoever gives the dose", () =>
  inScene([inBrussels], async (world) => {
    const { card } = await atTheDoor(world);
    const young = await card({
      outcome: "differs",
      differs: [{ what: "birthDate", found: "2004-01-15" }],
      confirmed: [],
    });
    expect(young.objections).toContain("too-young");
    const other = await card({
      outcome: "differs",
      differs: [{ what: "birthDate", found: "1990-01-15" }, { what: "at-risk" }],
      confirmed: [],
    });
    expect(other.objections).not.toContain("too-young");
    expect(other.bases.map(({ what }) => what)).toEqual(["birthDate", "postcode"]);
    const [row] = await world.database.sql`select birth_date::text, conditions from volunteers`;
    expect(row).toEqual({ birth_date: "1990-01-15", conditions: [] });
  }));

test("F19: whoever shows no card is not refused by the gateway, and the centre says what it did and why", () =>
  inScene([inBrussels], async (world) => {
    const { booking, card, coming } = await atTheDoor(world);
    expect(await card({ outcome: "refused" })).toMatchObject({ objections: [] });
    expect((await coming()).declared).toEqual(["birthDate", "postcode", "at-risk"]);
    await expect(attend(world.deps, booking, { outcome: "cancelled" }, "staff")).rejects.toMatchObject({
      issues: [{ at: "/because" }],
    });
    await attend(world.deps, booking, { outcome: "cancelled", because: "no-card" }, "staff");
    expect((await coming()).booking.state).toBe("cancelled");
  }));

test("F19: what was proven proves nothing once it was changed", () =>
  inScene([inBrussels], async (world) => {
    const { card, coming } = await atTheDoor(world);
    await card({ outcome: "confirmed", confirmed: ["birthDate", "postcode", "at-risk"] });
    expect((await coming()).declared).toEqual([]);
    await change(world.deps, world.registered[0]?.token ?? "", { postcode: "1010" as Postcode });
    expect((await coming()).declared).toEqual(["postcode"]);
  }));

test("F19: nobody's card is looked at who has no booking here", () =>
  inScene([inBrussels], async ({ deps }) => {
    const nobody = "0f8fad5b-d9cb-469f-a165-70867728950e" as BookingId;
    const check = { outcome: "refused" as const, actor: "staff" };
    await expect(checkCard(deps, nobody, check)).rejects.toMatchObject({ code: "not_found" });
  }));
