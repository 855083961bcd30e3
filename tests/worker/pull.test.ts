import { expect, test } from "vitest";
import { callSheet, recordCall } from "../../gateway/flows/call.ts";
import { platformStates } from "../../gateway/flows/platforms.ts";
import { createNotifier } from "../../gateway/notify/notifier.ts";
import * as invitations from "../../gateway/store/invitations.ts";
import * as outbox from "../../gateway/store/outbox.ts";
import { AdapterError, type Log, type Ports, type RosterEntry, type Sourced } from "../../schema/adapter.ts";
import type { CentreId, ExternalId } from "../../schema/primitives.ts";
import { leftOver } from "../flows/scene.ts";
import { inScene, type Scene } from "../record/story.ts";
import { quiet } from "../support/quiet.ts";
import { doctena, pacheco, workerOf } from "./worker.ts";

type Entry = Omit<Partial<RosterEntry>, "externalId"> & { externalId: string };

/** One page of a list, each person on it as the platform keeps them. */
const listOf = ({ clock }: Scene, entries: Entry[]): Ports["roster"] => {
  const at = clock.now();
  const person = { givenName: "Ann", birthDate: "1950-01-01", birthYearOnly: true, conditions: [] };
  const records = entries.map(
    ({ externalId, ...rest }): Sourced<RosterEntry> => ({
      ...{ checkedAt: at, validAt: at, changedAt: at },
      value: {
        ...{ ...person, familyName: `Peeters ${externalId}`, centres: [pacheco], state: "active" },
        ...{ contact: { email: `${externalId}@example.org` }, externalId: externalId as ExternalId, ...rest },
      },
    }),
  );
  return {
    pull: async ({ cursor }) => ({ records: cursor ? [] : records, next: "read", complete: true }),
    put: async () => ({ externalId: "none" as ExternalId }),
    close: async () => undefined,
  };
};

/** The list is read, and whoever is on it is written to where they have a contact that works. */
const read = async (world: Scene, entries: Entry[], ports: Partial<Ports> = {}, log: Log = quiet) => {
  const { deps, clock, database } = world;
  const notifier = createNotifier({ channels: [], now: clock.now, log: quiet });
  const platforms = { doctena: { roster: listOf(world, entries), ...ports } };
  const { drain } = workerOf(world, { platforms, notify: (letter) => notifier.notify(letter), log });
  await outbox.enqueue(deps.db, [{ kind: "pull", platform: doctena, at: clock.now() }], clock.now());
  await drain();
  const taken = await database.sql`select external_id from identities order by external_id`;
  const [account] = await database.sql`select facts from audit where event = 'roster.read'`;
  return { drain, taken: taken.map((row) => row.external_id), account: account?.facts };
};

test("a record that cannot be used is skipped and counted, and everything behind it on the list is read", () =>
  inScene([], async (world) => {
    const { taken, account } = await read(world, [
      { externalId: "9001" },
      { externalId: "9002", birthDate: "0-01-01" },
      { externalId: "9003", centres: [pacheco, "cabinet-dupont" as CentreId] },
      { externalId: "9004", centres: ["cabinet-dupont" as CentreId] },
      { externalId: "9005", postcode: "1000 Brussels" },
      // PostgreSQL takes no such letter.
      { externalId: "9006\u0000" },
      { externalId: "9007" },
    ]);
    expect(taken).toEqual(["9001", "9003", "9005", "9007"]);
    expect(account).toEqual({
      outcomes: { added: 4, "not-usable": 3 },
      faults: { birthDate: 1, centres: 1, postcode: 1, record: 1 },
    });
    const pulled = await world.database.sql`select last_fault, dead from outbox where timer = 'pull doctena'`;
    expect(pulled).toMatchObject([{ last_fault: null, dead: false }]);
  }));

test("a contact that cannot be used is absent, and whoever has no other keeps their place and fails no order", () =>
  inScene([], async (world) => {
    const { drain, taken, account } = await read(world, [
      { externalId: "9001", contact: { email: "not a mail", mobile: "12" } },
    ]);
    expect(taken).toEqual(["9001"]);
    expect(account).toMatchObject({ faults: { email: 1, mobile: 1 } });
    const surplus = await leftOver(world, 1, { centre: pacheco });
    await drain();
    const [asked] = await invitations.ofSurplus(world.deps.db, surplus.id);
    expect(asked?.state).toBe("undeliverable");
    expect(await world.database.sql`select from queue`).toHaveLength(1);
    expect(await world.database.sql`select from outbox where last_fault is not null`).toHaveLength(0);
  }));

test("where a centre telephones, its staff call whoever has no contact that works", () =>
  inScene([], async (world) => {
    const { deps, database } = world;
    await database.sql`
      insert into bindings (id, region, role, platform) values (gen_random_uuid(), 'brussels', 'invite', 'doctena')`;
    const telephone: Ports["invite"] = {
      send: async () => ({ state: "waiting" }),
      revoke: async () => undefined,
      answers: async () => ({ events: [], next: "none" }),
    };
    const nobodyIsReached = [{ externalId: "9001", contact: { mobile: "see the file" } }];
    const { drain } = await read(world, nobodyIsReached, { invite: telephone });
    await leftOver(world, 1, { centre: pacheco });
    await drain();
    const [call] = await callSheet(deps, pacheco, "staff");
    expect(call).toMatchObject({ familyName: "Peeters 9001", contact: {} });
    expect(call && (await recordCall(deps, call.invitation, "yes", "staff")).state).toBe("accepted");
  }));

test("namesakes of whom a list tells no contact stay two people", () =>
  inScene([], async (world) => {
    const namesake = { familyName: "Peeters", contact: {} };
    const { taken } = await read(world, [
      { externalId: "9001", ...namesake },
      { externalId: "9002", ...namesake },
    ]);
    expect(taken).toEqual(["9001", "9002"]);
    expect(await world.database.sql`select distinct volunteer from queue`).toHaveLength(2);
  }));

/** A list of so many pages of five people each, whose page `broken.at` fails until it is mended. */
const longList = (world: Scene, { pages, broken }: { pages: number; broken: { at: number } }) => {
  const asked: number[] = [];
  const pull: Ports["roster"]["pull"] = async ({ cursor }) => {
    const page = Number(cursor ?? 0);
    asked.push(page);
    if (page === broken.at) throw new AdapterError("unavailable", "down");
    const entries = Array.from({ length: 5 }, (_, index) => ({ externalId: `${page}-${index}` }));
    const { records } = await listOf(world, entries).pull({});
    return { records, next: String(page + 1), complete: page + 1 >= pages };
  };
  return { asked, pull };
};

test("a list longer than one turn is read to its end at once, by a gateway that fails in the middle too", () =>
  inScene([], async (world) => {
    const { clock, database } = world;
    const broken = { at: 120 };
    const { asked, pull } = longList(world, { pages: 130, broken });
    const { drain } = await read(world, [], { roster: { ...listOf(world, []), pull } });
    const reached = async () => {
      const [feed] = await database.sql`select cursor from feeds where feed = 'roster'`;
      const [{ count } = { count: 0 }] = await database.sql`select count(*)::int from volunteers`;
      return [feed?.cursor, count];
    };
    expect(await reached()).toEqual(["120", 600]);
    broken.at = -1;
    clock.advance(10);
    await drain();
    expect(await reached()).toEqual(["130", 650]);
    const again = asked.filter((page, at) => asked.indexOf(page) !== at);
    expect(new Set(again)).toEqual(new Set([120]));
  }));

test("how far a first load has come can be read on the way, goes on behind a failure, and ends with it", () =>
  inScene([], async (world) => {
    const { clock, deps } = world;
    const broken = { at: 12 };
    const long = longList(world, { pages: 20, broken });
    const told: unknown[] = [];
    const pull: Ports["roster"]["pull"] = async (input) => {
      clock.advance(1 / 60);
      return { ...(await long.pull(input)), total: 100 };
    };
    const log = { ...quiet, info: (facts: unknown) => void told.push(facts) };
    const { drain } = await read(world, [], { roster: { ...listOf(world, []), pull } }, log);
    const reading = async () =>
      (await platformStates(deps, [{ name: doctena, capabilities: ["roster"], ports: [] }]))[0]?.reading;
    expect(await reading()).toMatchObject({
      ...{ kind: "first", done: 60, total: 100, perSecond: 5, secondsLeft: 8 },
      endedAt: undefined,
    });
    broken.at = -1;
    clock.advance(10);
    await drain();
    expect(await reading()).toMatchObject({ done: 100, total: 100, endedAt: clock.now() });
    const facts = { platform: doctena, kind: "first", total: 100, perSecond: 5 };
    expect(told).toMatchObject([
      { ...facts, done: 25, secondsLeft: 15 },
      { ...facts, done: 50, secondsLeft: 10 },
      { done: 65 },
      { done: 90, secondsLeft: 2 },
      { done: 100, secondsLeft: undefined },
    ]);
  }));
