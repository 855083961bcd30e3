import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openCustody } from "../../gateway/custody/custody.ts";
import { authorise, issueKeys } from "../../gateway/flows/authorise.ts";
import { renewKeys } from "../../gateway/flows/data-keys/advance.ts";
import { openDataKeys } from "../../gateway/flows/data-keys/open.ts";
import { rewrap, rotate } from "../../gateway/flows/data-keys/rotate.ts";
import { keyStatus, removeKey } from "../../gateway/flows/data-keys/status.ts";
import { type Deps, transact } from "../../gateway/flows/deps.ts";
import { openIntake } from "../../gateway/flows/intake/gather.ts";
import { change, read } from "../../gateway/flows/manage.ts";
import { recall } from "../../gateway/flows/remember.ts";
import { noteReveals } from "../../gateway/flows/reveal.ts";
import { keptColumns } from "../../gateway/store/kept-columns.ts";
import { purposes, sealPurposes } from "../../gateway/store/keyring.ts";
import { createVault, VaultError } from "../../gateway/store/vault.ts";
import * as volunteers from "../../gateway/store/volunteers.ts";
import { CentreId, type RegionId, type VolunteerId } from "../../schema/primitives.ts";
import type { NewVolunteer } from "../../schema/volunteer.ts";
import { newVolunteer, newVolunteers, seedFederation, type TestDeps, testDeps } from "../support/gateway.ts";
import { sealedValues, sealLists, sealReceipts, sealWebhooks } from "./sealed.ts";

/* The keys of a database that its gateways go on using meanwhile; tests/journeys/rotation.test.ts has real gateways. */

const own = {
  sealing: [{ version: 1, key: randomBytes(32) }],
  digest: [{ version: 1, key: randomBytes(32) }],
};
const at = { settleSeconds: 0 };

let world: TestDeps;
beforeEach(async () => {
  world = await testDeps();
  await seedFederation(world.deps);
});
afterEach(() => world.close());

/** A gateway that began before there were data keys. */
const gateway = async () => {
  const deps: Deps = { ...world.deps, vault: createVault(own) };
  const custody = await openCustody({ ring: own.sealing });
  const { refresh } = await openDataKeys(deps, custody, { readOnly: true });
  const intake = openIntake(deps);
  const register = async (input: NewVolunteer, key?: string) => {
    const request = key ? { caller: "volunteer", key, content: JSON.stringify(input) } : undefined;
    const { registered } = await intake.register({ input, actor: "volunteer", request });
    return registered?.token ?? "";
  };
  const renewAll = async () => {
    for (let turn = 0; turn < 200; turn += 1) {
      await refresh();
      if ((await renewKeys(deps, at)) === "idle") return;
    }
    throw new Error("the rotation never ends");
  };
  return { deps, custody, refresh, register, renewAll };
};

/** Somebody of Brussels, where no number is asked for: name, birth and contact tell who they are. */
const numberless = (nth: number): NewVolunteer => ({
  ...newVolunteer({ born: `1951-02-1${nth}` }),
  ...{ nationalNumber: undefined, birthDate: `1951-02-1${nth}`, postcode: "1000" },
  ...{ region: "brussels" as RegionId, centres: [CentreId.parse("pacheco")] },
});

const counting = async (): Promise<number> =>
  Number((await world.database.sql`select count(*) from volunteers where repeat_of is null`)[0]?.count);

/** The versions of the keys that wrote what there is, by column. */
const versions = async (deps: Deps) =>
  Object.fromEntries(
    (await keyStatus(deps)).flatMap(({ version, rows }) =>
      rows.map(({ column }) => [`${column} ${version}`, 1]),
    ),
  );

test("an installation with keys of its own gets data keys while it runs, and its own can then be removed", async () => {
  const one = await gateway();
  const people = [...newVolunteers(20), numberless(1), numberless(2)];
  const tokens: string[] = [];
  for (const [nth, input] of people.entries()) tokens.push(await one.register(input, `key-${nth}`));
  await change(one.deps, tokens[21] ?? "", { contact: { email: "moved@example.org" } });
  await rotate(one.deps, one.custody, purposes);
  await one.renewAll();

  for (const input of people) await one.register(input);
  expect(await counting()).toBe(people.length);
  const replay = { caller: "volunteer", key: "key-3", content: JSON.stringify(people[3]) };
  expect(await recall(one.deps, replay)).toMatchObject({ status: 201 });
  await expect(removeKey(one.deps, { purpose: "token", version: 1 }, at)).rejects.toThrow(
    "token 1: still needed by 22 of tokens.digest",
  );
  for (const [nth, token] of tokens.entries())
    expect(await read(one.deps, token)).toMatchObject({ givenName: people[nth]?.givenName });
  await expect(removeKey(one.deps, { purpose: "general", version: 1 }, at)).rejects.toThrow(
    "of requests.fingerprint",
  );
  for (const purpose of ["names", "numbers", "replies", "identity", "contact", "token"] as const)
    await removeKey(one.deps, { purpose, version: 1 }, at);
  await one.refresh();
  expect(Object.keys(await versions(one.deps)).filter((each) => each.endsWith(" 1"))).toEqual([
    // Forgotten within a day, and written anew at the next start.
    "requests.fingerprint 1",
    "regions.policy_file_digest 1",
    "regions.binding_file_digest 1",
  ]);
  await seedFederation(one.deps);
  expect(Object.keys(await versions(one.deps)).filter((each) => each.endsWith(" 1"))).toEqual([
    "requests.fingerprint 1",
  ]);
  for (const token of tokens) await read(one.deps, token);
  await one.register(people[21] ?? newVolunteer());
  expect(await counting()).toBe(people.length);
});

test("a key that is used is found under the new key of the database from then on, whoever brings it at once", async () => {
  const one = await gateway();
  const caller = { label: "door", role: "operator" as const, regions: [], centres: [] };
  await issueKeys(one.deps, [{ key: "a key", caller }]);
  await rotate(one.deps, one.custody, ["token"]);
  await one.renewAll();
  const column = async () => Object.keys(await versions(one.deps)).filter((each) => each.startsWith("keys."));
  expect(await column()).toEqual(["keys.digest 1"]);
  const seen = await Promise.all([1, 2, 3].map(() => authorise(one.deps, "a key")));
  expect(seen.map((each) => each?.label)).toEqual(["door", "door", "door"]);
  expect(await column()).toEqual(["keys.digest 10001"]);
  await issueKeys(one.deps, [{ key: "a key", caller }]);
  expect(await authorise(one.deps, "a key")).toMatchObject({ label: "door" });
  expect(await column()).toEqual(["keys.digest 10001"]);
});

test("a rotation that is under way is not begun again, and nothing in use is removed", async () => {
  const { deps, custody, refresh } = await gateway();
  await rotate(deps, custody, ["names"]);
  await refresh();
  await expect(rotate(deps, custody, ["names"])).rejects.toThrow("names: a rotation is under way");
  for (const version of [1, 10_001, 7])
    await expect(removeKey(deps, { purpose: "names", version }, at)).rejects.toThrow(
      "only a key that is retired",
    );
});

test("a key is used once every gateway that lives has learned of it, and retired once every one knows that", async () => {
  const { deps, custody, refresh } = await gateway();
  const { sql } = world.database;
  const live = (known: number) => sql`
    insert into replicas (id, seen_at, keys_known, keys_known_at)
    values ('00000000-0000-4000-8000-000000000001', clock_timestamp(), ${known}, clock_timestamp() - interval '1 minute')
    on conflict (id) do update set keys_known = excluded.keys_known`;
  const stateOf = async () => {
    await refresh();
    for (let turn = 0; turn < 4; turn += 1) await renewKeys(deps, at);
    await refresh();
    const all = await keyStatus(deps);
    return all
      .filter(({ purpose }) => purpose === "names")
      .map(({ version, state }) => `${version} ${state}`);
  };
  await live(0);
  await rotate(deps, custody, ["names"]);
  expect(await stateOf()).toEqual(["1 used", "10001 known"]);
  await live(2);
  expect(await stateOf()).toEqual(["10001 used", "1 used"]);
  await live(3);
  expect(await stateOf()).toEqual(["10001 used", "1 retired"]);
});

test("what wraps can change as well: the data keys stay, and only the new one unwraps them", async () => {
  const one = await gateway();
  await rotate(one.deps, one.custody, purposes);
  await one.renewAll();
  const token = await one.register(newVolunteer());
  const newer = [{ version: 2, key: randomBytes(32) }];
  const both = await openCustody({ ring: [...newer, ...own.sealing] });
  expect(await rewrap(one.deps, both)).toBe(purposes.length);
  expect(await rewrap(one.deps, both)).toBe(0);
  const deps: Deps = { ...world.deps, vault: createVault({ sealing: [], digest: own.digest }) };
  await openDataKeys(deps, await openCustody({ ring: newer }));
  expect(await read(deps, token)).toMatchObject({ givenName: "Jean" });
  await expect(openDataKeys(deps, one.custody)).rejects.toThrow("was wrapped by ring 2, which is not given");
});

test("nothing that is sealed opens in another row, column or table than its own", async () => {
  const { deps, register } = await gateway();
  for (const nth of [1, 2, 3]) {
    const token = await register(numberless(nth), `key-${nth}`);
    await change(deps, token, { contact: { email: `moved-${nth}@example.org` } });
    await register(newVolunteer({ born: `1944-05-0${nth}` }));
  }
  const people = await world.database.sql<{ id: VolunteerId }[]>`select id from volunteers limit 2`;
  await transact(deps, async (tx) =>
    noteReveals(tx, deps, {
      people: await volunteers.lockAll(
        tx,
        people.map(({ id }) => id),
      ),
      ...{ reason: "person-asks", words: "They ask what is kept", actor: "staff" },
    }),
  );
  await sealReceipts(world.database.sql, deps);
  await sealLists(world.database.sql, deps);
  await sealWebhooks(world.database.sql, deps);
  const all = await sealedValues(world.database.sql);
  for (const one of all) {
    expect(deps.vault.open(one.value, one.bound)).not.toBe("");
    for (const other of all)
      if (other !== one) expect(() => deps.vault.open(one.value, other.bound)).toThrow(VaultError);
  }
});

test("every column of bytes is written by a key that is renewed, or a reason why not is written here", async () => {
  const keyless: Record<string, string> = {
    "beginnings.value": "check values of the operator's own keys",
    "data_keys.wrapped": "wrapped by a key that is not here, and wrapped anew",
    "twin_identities.digest": "there for as long as a rotation lasts",
    "audit_links.hash": "of lines that hold no personal data, without a key",
    "audit_checkpoints.hash": "the same",
    "audit_checkpoints.signature": "its key's version stands beside it",
    "release_parts.content": "of files that anybody may fetch",
    "release_files.sha256": "of the same",
  };
  const found = await world.database.sql<{ name: string }[]>`
    select table_name || '.' || column_name as name from information_schema.columns
    where table_schema = 'public' and udt_name in ('bytea', '_bytea')
      and table_name in (select tablename from pg_tables where schemaname = 'public')`;
  const kept = Object.values(keptColumns)
    .flat()
    .filter(({ form }) => form !== "number")
    .map(({ table, column }) => `${table}.${column}`);
  expect(found.map(({ name }) => name).toSorted()).toEqual([...kept, ...Object.keys(keyless)].toSorted());
  const sealed = found.map(({ name }) => name).filter((name) => name.endsWith("_sealed"));
  const bySeal = sealPurposes.flatMap((purpose) =>
    keptColumns[purpose].map((each) => `${each.table}.${each.column}`),
  );
  expect(sealed.toSorted()).toEqual(bySeal.toSorted());
});

/** Two gateways of which one writes under the old key and the other under the new one, as they do for some seconds. */
const apart = () => {
  const [key, purpose] = [randomBytes(32), "identity" as const];
  const open = (state: "known" | "used") => {
    const vault = createVault(own);
    vault.learn([
      { purpose, version: 10_001, state, key },
      { purpose, version: 1, state: "used" },
    ]);
    return { ...world.deps, vault };
  };
  return [open("known"), open("used")] as const;
};

test("nobody comes on the list twice while one gateway writes under the old key and another under the new one", async () => {
  const [before, after] = apart().map((deps) => ({ deps, intake: openIntake(deps) }));
  if (!before || !after) throw new Error("two gateways");
  const people = newVolunteers(60);
  const arrivals = () => people.map((input) => ({ input, actor: "volunteer" }));
  const outcomes = await Promise.all(
    [before, after, before, after].map(({ intake }, nth) =>
      intake.registerAll(nth % 2 ? arrivals() : arrivals().toReversed()),
    ),
  );
  expect(outcomes.flat().filter((each) => "error" in each)).toEqual([]);
  const { sql } = world.database;
  expect(await counting()).toBe(people.length);
  const [seen] = await sql`
    select count(distinct get_byte(identity_digest, 0)) as keys, count(distinct person) as people,
      max(octet_length(identity_digest)) as longest from volunteers`;
  expect(seen).toMatchObject({ keys: "2", people: "60", longest: 34 });

  // Whoever leaves may come back, by either of them.
  const staying = async () =>
    Number(
      (await sql`select count(*) from volunteers where repeat_of is null and state <> 'withdrawn'`)[0]?.count,
    );
  await sql`update volunteers set state = 'withdrawn' where person = (select person from volunteers limit 1)`;
  expect(await staying()).toBe(people.length - 1);
  await Promise.all([after, before].map(({ intake }) => intake.registerAll(arrivals())));
  expect(await staying()).toBe(people.length);
});
