import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadFederation } from "../../gateway/config/federation.ts";
import { configure, enactPolicy, readPolicy } from "../../gateway/flows/places.ts";
import { type Instant, plusMinutes, type RegionId } from "../../schema/primitives.ts";
import { type TestDeps, testDeps } from "../support/gateway.ts";

const federation = loadFederation(fileURLToPath(new URL("../../gateway/belgium-2021", import.meta.url)));
const wallonia = "wallonia" as RegionId;
/** The operator's files, with another policy for Wallonia. */
const written = ({ from, windowMinutes }: { from: Instant; windowMinutes: number }) => ({
  ...federation,
  policies: federation.policies.map((each) =>
    each.region === wallonia ? { ...each, from, rules: { ...each.rules, windowMinutes } } : each,
  ),
});

let world: TestDeps;
beforeEach(async () => {
  world = await testDeps();
});
afterEach(() => world.close());

const inForce = async () => {
  const { version, from, rules } = await readPolicy(world.deps, wallonia);
  return { version, from, windowMinutes: rules.windowMinutes };
};

test("a policy counts from the moment that its file says, and the one before until then", async () => {
  const { deps, clock } = world;
  await configure(deps, federation);
  const first = { version: 1, from: "2021-04-05T22:00:00.000Z", windowMinutes: 30 };
  expect(await inForce()).toEqual(first);
  const from = plusMinutes(clock.now(), 60);
  await configure(deps, written({ from, windowMinutes: 45 }));
  clock.advance(59);
  expect(await inForce()).toEqual(first);
  clock.advance(1);
  expect(await inForce()).toEqual({ version: 2, from, windowMinutes: 45 });
});

test("another moment is another version; the same file again is none, and leaves what was enacted", async () => {
  const { deps, clock } = world;
  await configure(deps, federation);
  await configure(deps, written({ from: clock.now(), windowMinutes: 30 }));
  expect(await inForce()).toMatchObject({ version: 2, from: clock.now() });
  clock.advance(1);
  const { rules } = await readPolicy(deps, wallonia);
  await enactPolicy(deps, { region: wallonia, rules: { ...rules, windowMinutes: 20 } }, "agency");
  await configure(deps, written({ from: plusMinutes(clock.now(), -1), windowMinutes: 30 }));
  expect(await inForce()).toMatchObject({ version: 3, windowMinutes: 20 });
});
