import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import * as outbox from "../../gateway/store/outbox.ts";
import * as replicas from "../../gateway/store/replicas.ts";
import { type TestDeps, testDeps } from "../support/gateway.ts";

let world: TestDeps;
const [one, other, third] = [randomUUID(), randomUUID(), randomUUID()];
beforeEach(async () => {
  world = await testDeps();
});
afterEach(() => world.close());

const see = (id: string) => replicas.seen(world.deps.db, id);
/** As if that one had said nothing for a while. */
const silence = (id: string, seconds: number) => world.database.sql`
  update replicas set seen_at = clock_timestamp() - make_interval(secs => ${seconds}) where id = ${id}`;

test("each gateway that was seen lately counts, itself included; whoever left or fell silent does not", async () => {
  expect(await see(one)).toBe(1);
  expect(await see(other)).toBe(2);
  expect(await see(third)).toBe(3);
  expect(await see(one)).toBe(3);
  await replicas.leave(world.deps.db, third);
  expect(await see(one)).toBe(2);
  await silence(other, replicas.goneAfterSeconds - 2);
  expect(await see(one)).toBe(2);
  await silence(other, replicas.goneAfterSeconds + 1);
  expect(await see(one)).toBe(1);
  expect(await see(other)).toBe(2);
});

test("what a dead gateway held is free long before its claim runs out, and nobody else's is", async () => {
  const { deps, clock } = world;
  const claim = (by: string) => outbox.claim(deps.db, { now: clock.now(), limit: 1, leaseMs: 3_600_000, by });
  for (const kind of ["forget", "compare"] as const)
    await outbox.enqueue(deps.db, [{ kind, at: clock.now() }], clock.now());
  for (const id of [one, other, third]) await see(id);
  const [[dying], [living]] = [await claim(one), await claim(other)];
  await silence(one, replicas.goneAfterSeconds + 1);
  await Promise.all([see(other), see(third)]);
  const [taken, ...rest] = await claim(third);
  expect(taken?.id).toBe(dying?.id);
  expect(rest).toEqual([]);
  // It was only slow: what it says of an order that is another's now counts for nothing.
  if (dying) await outbox.done(deps.db, dying);
  if (living) await outbox.done(deps.db, living);
  expect(await world.database.sql`select id from outbox`).toEqual([{ id: String(taken?.id) }]);
});
