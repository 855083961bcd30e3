import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openCustody } from "../../gateway/custody/custody.ts";
import { renewKeys } from "../../gateway/flows/data-keys/advance.ts";
import { openDataKeys } from "../../gateway/flows/data-keys/open.ts";
import { rotate } from "../../gateway/flows/data-keys/rotate.ts";
import { keyStatus } from "../../gateway/flows/data-keys/status.ts";
import { stepsOf } from "../../gateway/flows/data-keys/steps.ts";
import { openIntake } from "../../gateway/flows/intake/gather.ts";
import { CustodyError } from "../../gateway/store/custody.ts";
import { keptColumns } from "../../gateway/store/kept-columns.ts";
import { purposes, sealPurposes, versionIn } from "../../gateway/store/keyring.ts";
import { createVault } from "../../gateway/store/vault.ts";
import { newVolunteer, newVolunteers, seedFederation, type TestDeps, testDeps } from "../support/gateway.ts";

let world: TestDeps;
beforeEach(async () => {
  world = await testDeps();
});
afterEach(() => world.close());

const secret = randomBytes(32);
const ring = [{ version: 1, key: secret }];
const none = { sealing: [], digest: [] };
const place = { table: "volunteers", column: "person_sealed", id: "1" };
const begin = async (own: Parameters<typeof createVault>[0] = none, wrapping = ring) => {
  const vault = createVault(own);
  await openDataKeys({ db: world.deps.db, vault }, await openCustody({ ring: wrapping }));
  return vault;
};
const rows = () => world.database.sql<{ purpose: string; wrapped: Uint8Array }[]>`
  select purpose, wrapped from data_keys where removed_at is null`;

test("a database in which nobody has written begins with a random key for each purpose, the same for all gateways", async () => {
  const [one, other] = await Promise.all([begin(), begin()]);
  expect(new Set((await rows()).map(({ purpose }) => purpose))).toEqual(new Set(purposes));
  expect(new Set((await rows()).map(({ wrapped }) => Buffer.from(wrapped).toString("hex"))).size).toBe(
    purposes.length,
  );
  expect(other.open(one.seal("Jean", place), place)).toBe("Jean");
  expect(other.digest("identity", "words")).toEqual(one.digest("identity", "words"));
  expect(other.isSigned("text", one.sign("text"))).toBe(true);
});

test("keys of the operator's own that never wrote are not asked for, nor those that are added later to wrap", async () => {
  const own = { sealing: ring, digest: [{ version: 1, key: randomBytes(32) }] };
  const vault = await begin(own);
  expect(vault.versions("names")).toEqual([10_001]);
  expect(vault.digests("identity", "words").map(versionIn)).toEqual([10_001]);
  expect(vault.twins("identity", vault.digests("identity", "words"))).toBeUndefined();
  const newer = { ...own, sealing: [{ version: 2, key: randomBytes(32) }, ...ring] };
  expect((await begin(newer)).versions("names")).toEqual([10_001]);
});

test("a database in which somebody has written goes on with the operator's own keys", async () => {
  await seedFederation(world.deps);
  const own = {
    sealing: [{ version: 3, key: randomBytes(32) }],
    digest: [{ version: 3, key: randomBytes(32) }],
  };
  const before = createVault(own);
  const intake = openIntake({ ...world.deps, vault: before });
  await intake.register({ input: newVolunteer(), actor: "volunteer" });
  const after = await begin(own);
  expect(await rows()).toEqual([]);
  expect(after.open(before.seal("Jean", place), place)).toBe("Jean");
  expect(versionIn(after.seal("Jean", place))).toBe(3);
});

test("whoever comes with another key is refused, and learns nothing", async () => {
  await begin();
  const other = begin(none, [{ version: 1, key: randomBytes(32) }]);
  await expect(other).rejects.toThrow(CustodyError);
  await expect(begin(none, [{ version: 2, key: secret }])).rejects.toThrow(
    "was wrapped by ring 1, which is not given",
  );
});

test("a wrapped key that was put in another's place does not come back", async () => {
  await begin();
  await world.database.sql`
    update data_keys set wrapped = (select wrapped from data_keys where purpose = 'numbers') where purpose = 'names'`;
  await expect(begin()).rejects.toThrow("did not wrap everydose names 10001");
});

test("what is sealed in any column is sealed anew by a rotation", () => {
  for (const purpose of sealPurposes)
    for (const { table, column } of keptColumns[purpose]) {
      const steps = stepsOf[purpose].map(({ name }) => name.split(" "));
      const own = steps.filter(([of, ...columns]) => of === table && columns.includes(column));
      expect(`${table}.${column} ${own.length}`).toBe(`${table}.${column} 1`);
    }
});

test("whoever dies in the middle of a rotation leaves nothing half done, and another goes on where it was", async () => {
  await seedFederation(world.deps);
  const custody = await openCustody({ ring });
  const own = { sealing: ring, digest: [{ version: 1, key: randomBytes(32) }] };
  const deps = { ...world.deps, vault: createVault(own) };
  const { refresh } = await openDataKeys(deps, custody, { readOnly: true });
  const people = newVolunteers(450);
  await openIntake(deps).registerAll(people.map((input) => ({ input, actor: "volunteer" })));
  await rotate(deps, custody, ["names"]);
  const at = { settleSeconds: 0 };
  const left = async () =>
    (await keyStatus(deps)).find(({ purpose, version }) => purpose === "names" && version === 1)?.rows[0]
      ?.rows ?? 0;
  await refresh();
  await renewKeys(deps, at);
  await refresh();
  const seen: number[] = [];
  // It dies at the end of its second batch, before that is committed, whoever comes after it as well.
  for (let life = 0; life < 5 && (await left()) > 0; life += 1) {
    let batches = 0;
    const mortal = {
      ...deps,
      conclude: async () => {
        batches += 1;
        if (batches === 2) throw new Error("killed");
      },
    };
    await expect(renewKeys(mortal, at)).rejects.toThrow("killed");
    seen.push(await left());
  }
  expect(seen).toEqual([250, 50, 0]);
  while ((await renewKeys(deps, at)) !== "idle") await refresh();
  const [after] = (await keyStatus(deps)).filter(({ purpose }) => purpose === "names");
  expect(after).toMatchObject({ version: 10_001, renewed: 2 * people.length });
});
