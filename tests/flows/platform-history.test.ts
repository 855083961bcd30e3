import { afterAll, beforeAll, expect, test } from "vitest";
import { forgetHistory, platformHistory } from "../../gateway/flows/platform-history.ts";
import { notePlatform } from "../../gateway/flows/platforms.ts";
import * as history from "../../gateway/store/platform-history.ts";
import { PlatformName } from "../../schema/primitives.ts";
import { type TestDeps, testDeps } from "../support/gateway.ts";

/* How a platform has been: what stays of its calls. */

const qvax = PlatformName.parse("qvax");
let world: TestDeps;
beforeAll(async () => {
  world = await testDeps();
});
afterAll(() => world.close());

const read = (days: number) => platformHistory(world.deps, qvax, days);

test("an hour counts its calls and failures, and each turn is there once", async () => {
  const { deps, clock } = world;
  for (const fault of [undefined, undefined, "unavailable", "unavailable"]) {
    await notePlatform(deps, qvax, fault);
    clock.advance(1);
  }
  await history.noteBacklog(deps.db, { platform: qvax, waiting: 12, at: clock.now() });
  await history.noteBacklog(deps.db, { platform: qvax, waiting: 3, at: clock.now() });
  clock.advance(60);
  await notePlatform(deps, qvax);
  const { hours, turns } = await read(1);
  expect(hours).toEqual([
    { hour: "2021-04-16T14:00:00.000Z", calls: 4, failures: 2, backlog: 12, lastFault: "unavailable" },
    { hour: "2021-04-16T15:00:00.000Z", calls: 1, failures: 0, backlog: 0, lastFault: undefined },
  ]);
  expect(turns.map(({ state, fault }) => [state, fault])).toEqual([
    ["ok", undefined],
    ["failing", "unavailable"],
    ["ok", undefined],
  ]);
});

test("a later look begins with how it was then", async () => {
  world.clock.advance(3 * 24 * 60);
  const { hours, turns } = await read(1);
  expect(hours).toEqual([]);
  expect(turns.map(({ state }) => state)).toEqual(["ok"]);
});

test("what is older than a month goes, and how it was last stays known", async () => {
  world.clock.advance(31 * 24 * 60);
  await forgetHistory(world.deps);
  const { hours, turns } = await read(30);
  expect(hours).toEqual([]);
  expect(turns).toHaveLength(1);
});
