import { afterEach, beforeEach, expect, test } from "vitest";
import { authorise, type Caller, issueKeys } from "../../gateway/flows/authorise.ts";
import { createVault } from "../../gateway/store/vault.ts";
import { type TestDeps, testDeps } from "../support/gateway.ts";

const operator: Caller = { label: "operator", role: "operator", regions: [], centres: [] };
const staff: Caller = { label: "staff", role: "staff", regions: [], centres: [] };

let world: TestDeps;
beforeEach(async () => {
  world = await testDeps();
});
afterEach(() => world.close());

const opens = async (...given: string[]) => {
  const callers = await Promise.all(given.map((key) => authorise(world.deps, key)));
  return callers.map((caller) => caller?.label);
};

test("an operator key stayed valid after it was changed", async () => {
  await issueKeys(world.deps, [
    { key: "leaked", caller: operator },
    { key: "door", caller: staff },
  ]);
  await issueKeys(world.deps, [{ key: "fresh", caller: operator }]);
  expect(await opens("leaked", "fresh", "door")).toEqual([undefined, "operator", "staff"]);
  await issueKeys(world.deps, [{ key: "leaked", caller: operator }]);
  expect(await opens("leaked", "fresh", "door")).toEqual(["operator", undefined, "staff"]);
});

test("a key that stays is valid under the next digest key too, and on a replica that has only the last", async () => {
  const ring = [{ version: 1, key: new Uint8Array(32).fill(1) }];
  const next = [{ version: 2, key: new Uint8Array(32).fill(2) }, ...ring];
  const [before, after] = [ring, next].map((digest) => ({
    ...world.deps,
    vault: createVault({ sealing: ring, digest }),
  }));
  if (!before || !after) throw new Error("two gateways");
  for (const deps of [before, after]) await issueKeys(deps, [{ key: "same", caller: operator }]);
  for (const deps of [before, after]) expect(await authorise(deps, "same")).toMatchObject(operator);
});
