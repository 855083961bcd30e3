import { afterEach, beforeEach, expect, test } from "vitest";
import { answer } from "../../gateway/flows/answer.ts";
import { attend } from "../../gateway/flows/attend.ts";
import { eraseOwn, readOwnErasure } from "../../gateway/flows/erasure/account.ts";
import { retainSome } from "../../gateway/flows/erasure/retain.ts";
import { read } from "../../gateway/flows/manage.ts";
import { mergePair } from "../../gateway/flows/merge.ts";
import { notePair } from "../../gateway/flows/twin.ts";
import { whoIsComing } from "../../gateway/flows/watch.ts";
import * as volunteers from "../../gateway/store/volunteers.ts";
import type { Registered } from "../../schema/volunteer.ts";
import { openVolunteer } from "../support/erased.ts";
import { nationalNumber, newVolunteer } from "../support/gateway.ts";
import { register } from "../support/register.ts";
import { ask, broken, nothing, scene } from "./scene.ts";

/* Whose registrations an erasure takes, and what the law keeps of whoever was given a dose. */

let world: Awaited<ReturnType<typeof scene>>;
beforeEach(async () => {
  world = await scene();
});
afterEach(() => world.close());

const erased = async () =>
  (await world.database.sql<{ id: string }[]>`select id from volunteers where erasure is not null`).map(
    ({ id }) => id,
  );
const rowOf = async ({ volunteer: { id } }: Registered): Promise<volunteers.VolunteerRow> => {
  const row = await volunteers.byId(world.deps.db, id);
  if (!row) throw new Error("nobody was registered under that id");
  return row;
};

test("a question under way ends and its dose is free at once; nothing in the books is broken", async () => {
  const { deps, database } = world;
  const { token } = await register(deps, newVolunteer({ born: "1941-02-03" }), "volunteer");
  const { surplus, asked } = await ask(world, 1);
  const [one] = asked;
  await eraseOwn(deps, token, "volunteer");
  expect(await database.sql`select state from doses where surplus = ${surplus.id}`).toEqual([
    { state: "free" },
  ]);
  await expect(answer(deps, one?.token ?? "", "yes")).rejects.toMatchObject({ code: "token_not_valid" });
  await expect(read(deps, token)).rejects.toMatchObject({ code: "token_not_valid" });
  const [row] = await database.sql`select rank, reason from invitations`;
  expect(row?.rank).not.toContain("1941-02-03");
  expect(row?.reason.age % 5).toBe(0);
  expect(await broken(world)).toEqual(nothing);
});

test("of whoever was given a dose, the law keeps who and what for as long as the policy says, and no contact", async () => {
  const { deps, database, clock } = world;
  const person = newVolunteer({ born: "1941-02-03" });
  const { token, volunteer } = await register(deps, person, "volunteer");
  const { surplus, asked } = await ask(world, 1);
  await answer(deps, asked[0]?.token ?? "", "yes");
  const [coming] = await whoIsComing(deps, surplus.id);
  if (coming) await attend(deps, coming.booking.id, { outcome: "attended" }, "staff");
  const { erasure, token: receipt } = await eraseOwn(deps, token, "volunteer");
  expect(erasure.keptUntil).toBe("2031-04-14");
  expect(await openVolunteer(world, volunteer.id)).toEqual({ names: ["Jean", "Dupont"], contact: {} });
  const kept = () => database.sql`
    select state, birth_date::text as born, last_dose_on::text as dose, national_sealed is not null as number
    from volunteers where id = ${volunteer.id}`;
  expect(await kept()).toEqual([{ state: "closed", born: "1941-02-03", dose: "2021-04-16", number: true }]);

  clock.advance(3651 * 24 * 60);
  while (await retainSome(deps));
  expect(await openVolunteer(world, volunteer.id)).toEqual({ names: ["", ""], contact: {} });
  expect(await kept()).toEqual([{ state: "withdrawn", born: "1941-12-31", dose: null, number: false }]);
  expect((await readOwnErasure(deps, receipt)).keptUntil).toBeUndefined();
});

test("a repeat that a stranger may have entered goes alone, and the person's own stays (F20)", async () => {
  const { deps } = world;
  const number = nationalNumber("1941-02-03");
  const own = await register(deps, newVolunteer({ born: "1941-02-03", nationalNumber: number }), "volunteer");
  const strange = { email: "stranger@example.org", mobile: "+32470999999" };
  const again = await register(
    deps,
    newVolunteer({ born: "1941-02-03", nationalNumber: number, contact: strange }),
    "volunteer",
  );
  const { erasure } = await eraseOwn(deps, again.token, "volunteer");
  expect(await erased()).toEqual([again.volunteer.id]);
  expect(await read(deps, own.token)).toMatchObject({ state: "active" });
  // The receipts are those that anybody in that region has: nothing tells that somebody was on the list before.
  expect(erasure.receipts.map(({ platform, what }) => [platform, what])).toEqual([["qvax", "list"]]);
});

test("whoever asks takes every repeat of theirs along, and what was merged with it", async () => {
  const { deps, database } = world;
  const own = await register(deps, newVolunteer({ born: "1941-02-03" }), "volunteer");
  const repeat = await register(
    deps,
    newVolunteer({ born: "1941-02-03", contact: { email: "two@example.org", mobile: "+32470888888" } }),
    "volunteer",
  );
  const other = await register(deps, newVolunteer({ born: "1941-02-04" }), "volunteer");
  const between: Parameters<typeof notePair>[2]["between"] = [await rowOf(own), await rowOf(other)];
  const pair = await deps.db.transaction((tx) =>
    notePair(tx, deps, { between, found: { outcome: "doubtful", score: 50, reasons: [] } }),
  );
  if (pair) await mergePair(deps, pair, "staff");
  const bystander = await register(deps, newVolunteer({ born: "1950-02-04" }), "volunteer");
  await eraseOwn(deps, other.token, "volunteer");
  expect(new Set(await erased())).toEqual(new Set([own, repeat, other].map(({ volunteer }) => volunteer.id)));
  expect(await database.sql`select from pairs`).toHaveLength(0);
  expect(await read(deps, bystander.token)).toMatchObject({ state: "active" });
});
