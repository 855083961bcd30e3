import { afterEach, beforeEach, expect, test } from "vitest";
import { begin, type Kind } from "../../gateway/flows/begin.ts";
import { createVault } from "../../gateway/store/vault.ts";
import { type TestDeps, testDeps } from "../support/gateway.ts";

let world: TestDeps;
beforeEach(async () => {
  world = await testDeps();
});
afterEach(() => world.close());

const key = (version: number, fill = version) => ({ version, key: new Uint8Array(32).fill(fill) });
type Key = ReturnType<typeof key>;
/** What a start with those keys finds amiss. */
const start = async ({ sealing = [key(1)], digest = [key(1, 9)], kind = "production" as Kind }) => {
  const deps = { ...world.deps, vault: createVault({ sealing, digest }) };
  return begin(deps, kind).then(
    () => [],
    (error: { amiss?: unknown }) => error.amiss ?? error,
  );
};

test("a start with another key was accepted, and opened and found nothing of what was there", async () => {
  expect(await start({})).toEqual([]);
  expect(await start({})).toEqual([]);
  expect(await start({ sealing: [key(1, 5)] })).toEqual([{ what: "sealing", version: 1 }]);
  expect(await start({ digest: [key(1, 5)] })).toEqual([{ what: "digest", version: 1 }]);
  expect(await start({ sealing: [key(2)], digest: [key(2, 5)] })).toEqual([
    { what: "sealing", version: 1 },
    { what: "digest", version: 1 },
  ]);
});

test.each(["sealing", "digest"] as const)(
  "a newer %s key is welcome beside the older, and then needed",
  async (what) => {
    const [older, newer]: Key[] = [key(1, 9), key(2, 8)];
    if (!older || !newer) throw new Error("two keys");
    expect(await start({ [what]: [older] })).toEqual([]);
    expect(await start({ [what]: [newer, older] })).toEqual([]);
    expect(await start({ [what]: [newer, older] })).toEqual([]);
    expect(await start({ [what]: [older] })).toEqual([{ what, version: 2 }]);
    expect(await start({ [what]: [newer] })).toEqual([{ what, version: 1 }]);
  },
);

test.each([
  ["production", "sandbox"],
  ["sandbox", "production"],
] as const)("a database that began as %s is none for the %s", async (first, second) => {
  expect(await start({ kind: first })).toEqual([]);
  expect(await start({ kind: second })).toEqual([{ what: "kind" }]);
  expect(await start({ kind: first })).toEqual([]);
});
