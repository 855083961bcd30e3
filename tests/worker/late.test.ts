import { afterEach, beforeEach, expect, test } from "vitest";
import * as outbox from "../../gateway/store/outbox.ts";
import { instant, millis, plusMinutes } from "../../schema/primitives.ts";
import { type TestDeps, testDeps } from "../support/gateway.ts";
import { doctena, workerOf } from "./worker.ts";

let world: TestDeps;
beforeEach(async () => {
  world = await testDeps();
});
afterEach(() => world.close());

const orders = () => world.database.sql`select due_at, attempts, dead, claimed_until from outbox`;

/** One order, claimed by a worker that was late with it, and since then by another. */
const takenOver = async () => {
  const { deps, clock } = world;
  await outbox.enqueue(deps.db, [{ kind: "forget", at: clock.now() }], clock.now());
  const claim = async () =>
    (await outbox.claim(deps.db, { now: clock.now(), limit: 1, leaseMs: 60_000 }))[0] ??
    expect.fail("there is nothing to claim");
  const late = await claim();
  clock.advance(1);
  return { late, mine: await claim(), claim };
};

test("a worker whose claim ran out and was taken over changes nothing, whatever it says of the order", async () => {
  const { deps, clock } = world;
  const { late, mine } = await takenOver();
  const before = await orders();
  const failure = { fault: "unavailable", lane: late.lane };
  await outbox.done(deps.db, late);
  await outbox.later(deps.db, late, plusMinutes(clock.now(), 60));
  await outbox.again(deps.db, late, { at: plusMinutes(clock.now(), 5), ...failure });
  await outbox.bury(deps.db, late, failure);
  await outbox.putBack(deps.db, [late]);
  expect(await orders()).toEqual(before);
  await outbox.done(deps.db, mine);
  expect(await orders()).toEqual([]);
});

test("a worker that is late for an order that nobody else took is still believed", async () => {
  const { deps, clock } = world;
  const { mine } = await takenOver();
  clock.advance(10);
  const at = plusMinutes(clock.now(), 60);
  await outbox.later(deps.db, mine, at);
  expect(await orders()).toMatchObject([{ attempts: 0, claimed_until: null }]);
  expect(await outbox.claim(deps.db, { now: at, limit: 1, leaseMs: 1 })).toHaveLength(1);
});

test("a reading that outlasts its worker's claim does not put off the next one, which another has begun", async () => {
  const { deps, clock } = world;
  const begun: (() => void)[] = [];
  const pull = async () => {
    const at = clock.now();
    await new Promise<void>((resolve) => void begun.push(resolve));
    return { records: [], next: at, complete: true };
  };
  await outbox.enqueue(deps.db, [{ kind: "pull", platform: doctena, at: clock.now() }], clock.now());
  const never = async () => expect.fail("nobody asks for this here");
  const roster = { pull, put: never, close: never };
  const [first, second] = [1, 2].map(() => workerOf(world, { platforms: { doctena: { roster } } }).drain());
  const hasBegun = (count: number) => expect.poll(() => begun.length).toBe(count);
  await hasBegun(1);
  await Promise.race([first, second]);
  clock.advance(3);
  const takesOver = workerOf(world, { platforms: { doctena: { roster } } }).drain();
  await hasBegun(2);
  const held = await orders();
  expect(held).toHaveLength(1);
  begun[0]?.();
  await Promise.all([first, second]);
  expect(await orders()).toEqual(held);
  begun[1]?.();
  await takesOver;
  const [next] = await orders();
  expect(millis(instant(new Date(next?.due_at ?? 0)))).toBeGreaterThan(millis(clock.now()));
});
