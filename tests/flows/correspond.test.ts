import { afterEach, beforeEach, expect, test } from "vitest";
import { messageToWrite } from "../../gateway/flows/carry.ts";
import { greet, sendRecovery } from "../../gateway/flows/greet.ts";
import { change, read } from "../../gateway/flows/manage.ts";
import { settle } from "../../gateway/flows/settle.ts";
import { hexOf } from "../../gateway/store/digests.ts";
import type { Budgets } from "../../schema/region.ts";
import { told } from "../record/story.ts";
import { newVolunteer } from "../support/gateway.ts";
import { register } from "../support/register.ts";
import { leftOver, ruled, scene } from "./scene.ts";

/* Nobody can make the gateway spend or spam; and nobody loses a dose because letters were too many. */

const limits: Budgets = {
  ...{ messagesPerPersonDay: 3, messagesPerContactDay: 4, messagesPerRegionHour: 1000, helperAtMost: 10 },
};

let world: Awaited<ReturnType<typeof scene>>;
beforeEach(async () => {
  world = await scene();
  await ruled(world, { budgets: limits });
});
afterEach(() => world.close());

const contact = { email: "an@example.org", mobile: "+32470000001" };
const joined = async (born = "1941-02-03") => {
  const { volunteer, token } = await register(world.deps, newVolunteer({ born, contact }), "volunteer");
  await greet(world.deps, { volunteer: volunteer.id });
  return { id: volunteer.id, token };
};
/** Follows the link of a letter. */
const follow = async (volunteer: Awaited<ReturnType<typeof joined>>["id"]) => {
  const letter = await messageToWrite(world.deps, { volunteer, tokens: ["manage"] });
  await read(world.deps, letter?.issued.manage ?? "");
};
const recover = async () => {
  world.clock.advance(11);
  await sendRecovery(world.deps, [hexOf(world.deps.vault.digest("contact", contact.email))]);
};
const counted = async (scope: string) =>
  (await world.database.sql`select key, sum(count)::int as count from message_counts
    where scope = ${scope} group by key order by key`) as { key: string; count: number }[];

test("an address at which nobody has followed a link gets one more link a day, and a followed one as many as the budget", async () => {
  const { id } = await joined();
  for (let times = 0; times < 4; times += 1) await recover();
  expect(await told(world, "recovery")).toEqual([id]);
  expect((await counted("refused")).map(({ key }) => key)).toEqual(["recovery"]);

  await follow(id);
  for (let times = 0; times < 4; times += 1) await recover();
  // Three a day to one person: the welcome, the first link, and one more.
  expect(await told(world, "recovery")).toEqual([id, id]);
  world.clock.advance(24 * 60);
  await recover();
  expect(await told(world, "recovery")).toEqual([id, id, id]);
});

test("what is owed waits for a day with room, and staff see that it does", async () => {
  const people = [];
  for (let nth = 10; nth < 16; nth += 1) people.push(await joined(`1941-02-${nth}`));
  const orders = await world.database.sql<{ due: string }[]>`
    select due_at::text as due from outbox where effect->>'about' = 'registered' order by id`;
  const today = orders.filter(({ due }) => due.startsWith("2021-04-16"));
  // Nobody of them has shown that they read there: they have half of it.
  expect([today.length, orders.length]).toEqual([limits.messagesPerContactDay / 2, people.length]);
  expect(await counted("deferred")).toEqual([{ key: "registered", count: 4 }]);
});

test("whoever reads at an address gets a link there, whoever else was registered with it", async () => {
  const { id } = await joined();
  await follow(id);
  for (let nth = 10; nth < 16; nth += 1) await joined(`1941-02-${nth}`);
  await recover();
  expect(await told(world, "recovery")).toContain(id);
});

test("a region's hour has an end as well, and the next hour takes what is left", async () => {
  await ruled(world, { budgets: { ...limits, messagesPerRegionHour: 2 } });
  for (let nth = 10; nth < 13; nth += 1) {
    const other = { email: `p${nth}@example.org`, mobile: `+324700000${nth}` };
    const body = newVolunteer({ born: `1941-02-${nth}`, contact: other });
    const { volunteer } = await register(world.deps, body, "volunteer");
    await greet(world.deps, { volunteer: volunteer.id });
  }
  const orders = await world.database.sql<{ due: string }[]>`
    select due_at::text as due from outbox where effect->>'about' = 'registered' order by id`;
  expect(orders.at(-1)?.due).toBe("2021-04-16 15:00:00+00");
});

test("an invitation leaves whatever was sent before, to whoever never followed a link", async () => {
  const { id } = await joined();
  for (let times = 0; times < 9; times += 1) await recover();
  const surplus = await leftOver(world, 1);
  await settle(world.deps, surplus.id);
  const invited = await world.database.sql`
    select i.volunteer from outbox o join invitations i on i.id = (o.effect->>'invitation')::uuid
    where o.effect->>'kind' = 'invite'`;
  expect(invited.map(({ volunteer }) => volunteer)).toEqual([id]);
});

test("a new contact is written to once, and confirmed by the link of that letter", async () => {
  const { id, token } = await joined();
  await follow(id);
  const before = await world.database.sql`select from contact_confirmations where confirmed_at is not null`;
  await change(world.deps, token, { contact: { email: "new@example.org", mobile: contact.mobile } });
  await change(world.deps, token, { language: "nl" });
  expect(await told(world, "confirm")).toEqual([id]);
  expect(
    await world.database.sql`select from contact_confirmations where confirmed_at is not null`,
  ).toHaveLength(before.length - 1);
  await follow(id);
  expect(
    await world.database.sql`select from contact_confirmations where confirmed_at is not null`,
  ).toHaveLength(before.length);
});
