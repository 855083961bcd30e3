import { afterEach, beforeEach, expect, test } from "vitest";
import { eraseOwn, readOwnErasure } from "../../gateway/flows/erasure/account.ts";
import { previewRetention, retainSome } from "../../gateway/flows/erasure/retain.ts";
import { readHeld } from "../../gateway/flows/held.ts";
import { withdraw } from "../../gateway/flows/manage.ts";
import { plusMinutes, type RegionId } from "../../schema/primitives.ts";
import type { RetentionDue } from "../../schema/retention.ts";
import { openVolunteer } from "../support/erased.ts";
import { newVolunteer } from "../support/gateway.ts";
import { register } from "../support/register.ts";
import { ruled, scene } from "./scene.ts";

/* What is kept goes by itself when its term is over, and can be seen before it does. */

let world: Awaited<ReturnType<typeof scene>>;
beforeEach(async () => {
  world = await scene();
  await ruled(world, {
    retention: {
      ...{ leftDays: 30, closedDays: 365, doseDays: 3650, doseKeeps: ["name", "birth", "number", "dose"] },
      ...{ tombstoneDays: 90, receiptDays: 200, tokenDays: 40, addressDays: 10 },
    },
  });
});
afterEach(() => world.close());

const pass = (days: number) => world.clock.advance(days * 24 * 60);
const due = async (days = 0): Promise<Record<string, number>> => {
  const { items } = await previewRetention(world.deps, {
    until: plusMinutes(world.clock.now(), days * 1440),
  });
  return Object.fromEntries(items.map(({ kind, count }: RetentionDue) => [kind, count]));
};
const retainAll = async () => {
  let turns = 0;
  while (await retainSome(world.deps)) turns += 1;
  return turns;
};
const people = () => world.database.sql`select id, state, erasure from volunteers order by registered_at`;

test("who left is shown before the term is over, and forgotten when it is; whoever is on the list stays", async () => {
  const { deps, database } = world;
  const gone = await register(deps, newVolunteer({ born: "1941-02-03" }), "volunteer");
  const stays = await register(deps, newVolunteer({ born: "1942-02-03" }), "volunteer");
  await withdraw(deps, gone.token, "volunteer");
  pass(29);
  expect(await due()).toEqual({});
  expect(await due(2)).toEqual({ left: 1 });
  expect(await people()).toMatchObject([{ erasure: null }, { erasure: null }]);
  expect(await retainAll()).toBe(0);

  pass(2);
  const [item] = (await previewRetention(deps, { until: world.clock.now() })).items;
  expect(item).toMatchObject({ region: "wallonia", kind: "left", count: 1 });
  expect(item?.earliest).toBe(plusMinutes("2021-04-16T14:30:00.000Z" as never, 30 * 1440));
  expect(await retainAll()).toBeGreaterThan(0);
  const rows = await people();
  expect(rows.find(({ id }) => id === gone.volunteer.id)?.erasure).not.toBeNull();
  expect(rows.find(({ id }) => id === stays.volunteer.id)).toMatchObject({ state: "active", erasure: null });
  expect(await openVolunteer(world, gone.volunteer.id)).toEqual({ names: ["", ""], contact: {} });
  const lines = await database.sql`select facts from audit where event = 'retention.deleted' order by id`;
  expect(lines.map(({ facts }) => facts)).toEqual([{ kind: "left", count: 1 }]);
});

test("nothing is due in a region that another's policy does not reach", async () => {
  const { deps } = world;
  const gone = await register(deps, newVolunteer({ born: "1941-02-03" }), "volunteer");
  await withdraw(deps, gone.token, "volunteer");
  pass(31);
  const inBrussels = { until: world.clock.now(), regions: ["brussels" as RegionId] };
  expect((await previewRetention(deps, inBrussels)).items).toEqual([]);
});

test("many who are due go in turns, each in a transaction of its own, and a turn that is cut off loses nothing", async () => {
  const { deps, database } = world;
  for (let nth = 10; nth < 22; nth += 1) {
    const { token } = await register(deps, newVolunteer({ born: `1941-02-${nth}` }), "volunteer");
    await withdraw(deps, token, "volunteer");
  }
  pass(31);
  let left = 5;
  const cut = {
    ...deps,
    token: () => {
      throw new Error("not asked for");
    },
    uuid: () => {
      left -= 1;
      if (left < 0) throw new Error("cut off");
      return deps.uuid();
    },
  };
  await expect(retainSome(cut)).rejects.toThrow("cut off");
  const erased = async () =>
    (
      await database.sql<{ count: number }[]>`
      select count(*)::int from volunteers where erasure is not null`
    )[0]?.count;
  expect(await erased()).toBe(5);
  expect(await due()).toEqual({ left: 7 });
  await retainAll();
  expect(await erased()).toBe(12);
  expect(await due()).toEqual({});
});

test("the account of an erasure, the bars and old digests go as well, and the audit stays", async () => {
  const { deps, database } = world;
  const { token } = await register(deps, newVolunteer({ born: "1941-02-03" }), "volunteer");
  const { token: receipt } = await eraseOwn(deps, token, "volunteer");
  await database.sql`update erasure_receipts set state = 'done-by-hand'`;
  await database.sql`update erasures set done_at = asked_at`;
  const [before] = await database.sql`select count(*)::int from audit`;
  pass(91);
  expect(await due()).toMatchObject({ bar: expect.any(Number) });
  await retainAll();
  expect(await database.sql`select from tombstones`).toHaveLength(0);
  expect(await readOwnErasure(deps, receipt)).toMatchObject({ cause: "asked" });
  pass(120);
  await retainAll();
  await expect(readOwnErasure(deps, receipt)).rejects.toMatchObject({ code: "token_not_valid" });
  const [after] = await database.sql`select count(*)::int from audit`;
  expect(after?.count).toBeGreaterThanOrEqual(before?.count);
});

test("people read what is held of them, where it came from and who may correct it; not their number", async () => {
  const { deps } = world;
  const body = newVolunteer({ born: "1941-02-03", conditions: ["at-risk"] });
  const { token } = await register(deps, body, "volunteer");
  const held = await readHeld(deps, token);
  expect(held).toMatchObject({ format: "everydose-person/1", region: "wallonia", state: "active" });
  const item = (field: string) => held.items.find((each) => each.field === field);
  expect(item("name")).toEqual({
    ...{ field: "name", value: "Jean Dupont", from: { by: "person" }, correct: "oneself", decides: false },
  });
  expect(item("conditions")).toMatchObject({ value: "at-risk", correct: "oneself", decides: true });
  expect(item("nationalNumber")?.value).toBe(`…${body.nationalNumber?.slice(-2)}`);
  expect(JSON.stringify(held)).not.toContain(body.nationalNumber);
  expect(held.sentTo).toEqual([{ platform: "qvax", what: "list" }]);
});
