import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openCustody } from "../../gateway/custody/custody.ts";
import { openDataKeys } from "../../gateway/flows/data-keys/open.ts";
import { rewrap, rotate } from "../../gateway/flows/data-keys/rotate.ts";
import { CustodyError } from "../../gateway/store/custody.ts";
import { purposes } from "../../gateway/store/keyring.ts";
import { createVault } from "../../gateway/store/vault.ts";
import { type TestDeps, testDeps } from "../support/gateway.ts";
import { openTransit } from "./transit-server.ts";

/* The wrapping key moves from a setting to a key-management service, while what is sealed stays as it is. */

const token = "a-token-of-the-service";
const ring = [{ version: 1, key: randomBytes(32) }];
const place = { table: "volunteers", column: "national_sealed", id: "1" };

let world: TestDeps;
let transit: Awaited<ReturnType<typeof openTransit>>;
beforeAll(async () => {
  world = await testDeps();
  transit = await openTransit(token);
});
afterAll(async () => {
  await transit.close();
  await world.close();
});

const custodyOf = (own: typeof ring, isServed: boolean) =>
  openCustody({ ring: own, service: isServed ? { url: transit.url, name: "everydose", token } : undefined });

/** A gateway that starts with these keys. */
const start = async (own: typeof ring, isServed: boolean) => {
  const custody = await custodyOf(own, isServed);
  const deps = { ...world.deps, vault: createVault({ sealing: own, digest: [] }) };
  try {
    return { deps, ...(await openDataKeys(deps, custody)) };
  } finally {
    await custody.close();
  }
};

test("a gateway with the service alone opens what one with the operator's key sealed, once the keys are wrapped anew", async () => {
  const before = await start(ring, false);
  const sealed = before.deps.vault.seal("85073003328", place);
  await expect(start([], true)).rejects.toThrow("was wrapped by ring 1, which is not given");

  const both = await custodyOf(ring, true);
  expect(await rewrap(before.deps, both)).toBe(purposes.length);
  await both.close();
  const after = await start([], true);
  expect(after.deps.vault.open(sealed, place)).toBe("85073003328");
  await expect(start(ring, false)).rejects.toThrow(CustodyError);
  await before.refresh().catch((error: unknown) => error);
  expect(before.deps.vault.open(sealed, place)).toBe("85073003328");
});

test("what is sealed or opened asks the service for nothing, and a new key is wrapped by it", async () => {
  const { deps, refresh } = await start([], true);
  const asked = transit.asked.length;
  for (let nth = 0; nth < 50; nth += 1) deps.vault.open(deps.vault.seal("85073003328", place), place);
  await refresh();
  expect(transit.asked).toHaveLength(asked);
  const custody = await custodyOf([], true);
  expect(await rotate(deps, custody, ["numbers"])).toEqual([{ purpose: "numbers", version: 10_002 }]);
  await custody.close();
  expect(transit.asked.slice(asked)).toEqual(["encrypt everydose"]);
});
