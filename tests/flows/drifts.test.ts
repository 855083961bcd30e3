import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openDriftBook } from "../../gateway/flows/drifts.ts";
import { platformStates } from "../../gateway/flows/platforms.ts";
import type { Difference } from "../../schema/platform.ts";
import { PlatformName } from "../../schema/primitives.ts";
import { type TestDeps, testDeps } from "../support/gateway.ts";

/* A platform's drift is told once, counted from then on, and over when its operation is answered well again. */

let world: TestDeps;
let logged: { level: string; facts: Record<string, unknown> }[];
beforeAll(async () => {
  world = await testDeps();
});
afterAll(() => world.close());
beforeEach(async () => {
  logged = [];
  await world.database.sql`delete from drifts`;
});

const doclr = PlatformName.parse("doclr");
const difference: Difference = {
  ...{ operation: "GET /slots", pointer: "/slots/*/free", keyword: "type" },
  ...{ documented: "integer", came: "a string" },
};
const elsewhere = { ...difference, pointer: "/slots/*/time" };

const bookOf = () => {
  const say = (level: string) => (facts: Record<string, unknown>) => void logged.push({ level, facts });
  const book = openDriftBook(world.deps, { info: say("info"), warn: say("warn") });
  return { ...book.of(doclr), settled: book.settled };
};
const open = async () => {
  const [state] = await platformStates(world.deps, [{ name: doclr, capabilities: ["slots"], ports: [] }]);
  return state?.drifts;
};

test("a thousand answers that differ in the same way are one line of the log, and a count", async () => {
  const { differs, settled } = bookOf();
  const began = world.clock.now();
  for (let nth = 0; nth < 1_000; nth += 1) differs([difference]);
  differs([elsewhere]);
  await settled();
  world.clock.advance(1);
  differs([difference]);
  await settled();
  expect(logged).toEqual([
    { level: "warn", facts: { platform: doclr, ...difference } },
    { level: "warn", facts: { platform: doclr, ...elsewhere } },
  ]);
  expect(await open()).toEqual([
    { ...difference, firstSeenAt: began, lastSeenAt: world.clock.now(), count: 1_001 },
    { ...elsewhere, firstSeenAt: began, lastSeenAt: began, count: 1 },
  ]);
});

test("two gateways that see it tell it once", async () => {
  const both = [bookOf(), bookOf()];
  for (const { differs } of both) differs([difference]);
  await Promise.all(both.map(({ settled }) => settled()));
  expect(logged).toHaveLength(1);
  expect(await open()).toMatchObject([{ count: 2 }]);
});

test("it is over when the operation was answered well, and it has been quiet for a while; later it is new again", async () => {
  const { differs, conforms, settled } = bookOf();
  differs([difference]);
  await settled();
  conforms(["GET /slots"]);
  world.clock.advance(20);
  conforms(["GET /elsewhere"]);
  await settled();
  expect(await open()).toHaveLength(1);
  conforms(["GET /slots"]);
  await settled();
  expect(await open()).toEqual([]);
  differs([difference]);
  await settled();
  expect(logged.map(({ level }) => level)).toEqual(["warn", "info", "warn"]);
  expect(await open()).toMatchObject([{ count: 1, firstSeenAt: world.clock.now() }]);
});
