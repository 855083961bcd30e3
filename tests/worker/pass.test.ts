import { expect, test } from "vitest";
import { takeEvent } from "../../gateway/flows/event.ts";
import { platformStates } from "../../gateway/flows/platforms.ts";
import { orderReading } from "../../gateway/flows/sync/order.ts";
import * as outbox from "../../gateway/store/outbox.ts";
import { AdapterError, type Log, type Ports, type RosterEntry, type Sourced } from "../../schema/adapter.ts";
import type { ExternalId } from "../../schema/primitives.ts";
import { leftOver } from "../flows/scene.ts";
import { ids, inScene, type Scene, settled } from "../record/story.ts";
import { quiet } from "../support/quiet.ts";
import { doctena, ofBrussels, pacheco, qvax, workerOf } from "./worker.ts";

type List = {
  names: string[];
  /** Asked for this page, it fails. */
  fails?: { page: number; with: AdapterError };
  partial?: boolean;
  /** What it says of its length. */
  total?: number;
  /** A name whose record is of no use. */
  spoilt?: string;
  /** Happens when that page is asked for. */
  meanwhile?: (page: number) => void | Promise<void>;
  asked: number[];
};

const perPage = 10;

const recordOf = ({ clock }: Scene, name: string, birthDate = "1950-01-01"): Sourced<RosterEntry> => {
  const at = clock.now();
  const person = { givenName: "Ann", birthDate, birthYearOnly: true, conditions: [] };
  const contact = { email: `${name.replace(/^.*:/, "")}@example.org` };
  const value = { ...person, familyName: "Peeters", centres: [pacheco], contact, state: "active" as const };
  return { checkedAt: at, validAt: at, changedAt: at, value: { ...value, externalId: name as ExternalId } };
};

/** The platform sends one record of its own accord. */
const tellOf = (world: Scene, name: string) =>
  takeEvent(world.deps, doctena, { kind: "roster-changed", entry: recordOf(world, name) });

/** Page after page from the beginning; once all was read, its feed tells nothing more. */
const portOf = (world: Scene, list: List): Ports["roster"] => {
  const record = (name: string) => recordOf(world, name, name === list.spoilt ? "0-01-01" : undefined);
  return {
    pull: async ({ cursor }) => {
      if (cursor === "read") return { records: [], next: "read", complete: true };
      const page = Number(cursor ?? 0);
      list.asked.push(page);
      await list.meanwhile?.(page);
      if (list.fails?.page === page) throw list.fails.with;
      const names = list.names.slice(page * perPage, (page + 1) * perPage);
      const complete = (page + 1) * perPage >= list.names.length;
      const next = complete ? "read" : String(page + 1);
      return { records: names.map(record), next, complete, partial: list.partial, total: list.total };
    },
    put: async () => ({ externalId: "none" as ExternalId }),
    close: async () => undefined,
  };
};

const names = (count: number, of = "p") => Array.from({ length: count }, (_, nth) => `${of}${100 + nth}`);

/** A list that was read once, an hour ago. */
const open = async (world: Scene, { log = quiet, ...given }: Partial<List> & { log?: Log } = {}) => {
  const { deps, clock, database } = world;
  const list: List = { names: names(100), asked: [], ...given };
  const other: List = { names: [], asked: [] };
  const platforms = { doctena: { roster: portOf(world, list) }, qvax: { roster: portOf(world, other) } };
  const { drain } = workerOf(world, { platforms, log });
  const pull = async (platform = doctena) => {
    await outbox.enqueue(deps.db, [{ kind: "pull", platform, at: clock.now() }], clock.now());
    await drain();
  };
  await pull();
  clock.advance(60);
  list.asked = [];
  const onList = async () =>
    (await database.sql`select id from volunteers where state = 'active' order by id`).map(({ id }) => id);
  const personOf = async (name: string) =>
    (await database.sql`select volunteer from identities where external_id = ${name}`)[0]?.volunteer;
  const reading = async () =>
    (await platformStates(deps, [{ name: doctena, capabilities: ["roster"], ports: [] }]))[0]?.reading;
  const order = async (missing?: number) => {
    const ordered = await orderReading(deps, doctena, { missing, actor: "staff" });
    await drain();
    return ordered;
  };
  return { list, other, pull, drain, onList, personOf, reading, order };
};

test("whoever a complete pass has not seen has left, and nobody else", () =>
  inScene([], async (world) => {
    const { list, order, onList, personOf, reading } = await open(world);
    const [gone, stays] = [await personOf("p107"), await personOf("p108")];
    list.names = list.names.filter((name) => name !== "p107");
    await order();
    expect(await reading()).toMatchObject({
      kind: "pass",
      done: 99,
      listed: 100,
      missing: 1,
      verdict: "believed",
    });
    expect((await reading())?.endedAt).toBeDefined();
    expect(await onList()).toHaveLength(99);
    expect(await onList()).toContain(stays);
    expect(await onList()).not.toContain(gone);
    expect(await personOf("p107")).toBeUndefined();
  }));

test("whoever comes back under the same name is on the list again", () =>
  inScene([], async (world) => {
    const { list, order, onList, personOf } = await open(world);
    const all = list.names;
    const before = await personOf("p107");
    list.names = all.slice(0, 7).concat(all.slice(8));
    await order();
    world.clock.advance(60);
    list.names = all;
    await order();
    expect(await onList()).toHaveLength(100);
    expect(await personOf("p107")).not.toBe(before);
  }));

test("the feed alone takes nobody off, however often it is read", () =>
  inScene([], async (world) => {
    const { list, pull, onList } = await open(world);
    list.names = [];
    for (let turn = 0; turn < 3; turn += 1) {
      world.clock.advance(5);
      await pull();
    }
    expect(await onList()).toHaveLength(100);
  }));

test("a pass that fails in the middle removes nobody, and goes on from there", () =>
  inScene([], async (world) => {
    const down = { page: 5, with: new AdapterError("unavailable", "down") };
    const { list, order, drain, onList, reading } = await open(world);
    list.names = list.names.slice(0, 95);
    list.fails = down;
    await order();
    expect(await reading()).toMatchObject({ done: 50, verdict: undefined, endedAt: undefined });
    expect(await onList()).toHaveLength(100);
    list.fails = undefined;
    world.clock.advance(10);
    await drain();
    expect(await reading()).toMatchObject({ done: 95, missing: 5, verdict: "believed" });
    expect(await onList()).toHaveLength(95);
    expect(list.asked.filter((page) => page === 0)).toHaveLength(1);
  }));

test("a cursor that the platform does not take any more ends the pass, and the next one begins anew", () =>
  inScene([], async (world) => {
    const { list, order, onList, reading } = await open(world);
    list.names = list.names.slice(0, 95);
    list.fails = { page: 5, with: new AdapterError("rejected", "an old cursor") };
    await order();
    expect(await reading()).toMatchObject({ verdict: "not-judged" });
    expect(await onList()).toHaveLength(100);
    list.fails = undefined;
    await order();
    expect(await onList()).toHaveLength(95);
  }));

test("a list that is suddenly short or empty is doubted until staff say how many have left", () =>
  inScene([], async (world) => {
    const warned: unknown[] = [];
    const log = { ...quiet, warn: (facts: unknown) => void warned.push(facts) };
    const { list, order, onList, reading } = await open(world, { log });
    list.names = [];
    await order();
    expect(await reading()).toMatchObject({ missing: 100, listed: 100, verdict: "doubted" });
    list.names = names(70);
    world.clock.advance(60);
    await order();
    expect(await reading()).toMatchObject({ missing: 30, listed: 100, verdict: "doubted" });
    expect(warned).toEqual([
      { platform: doctena, listed: 100, missing: 100 },
      { platform: doctena, listed: 100, missing: 30 },
    ]);
    expect(await onList()).toHaveLength(100);
    await expect(order(100)).rejects.toMatchObject({ code: "reading_not_doubted" });
    await order(30);
    expect(await reading()).toMatchObject({ missing: 30, verdict: "believed" });
    expect(await onList()).toHaveLength(70);
    await expect(order(30)).rejects.toMatchObject({ code: "reading_not_doubted" });
  }));

test("whoever was seen after a doubted reading stays when it is believed", () =>
  inScene([], async (world) => {
    const { list, order, onList } = await open(world);
    list.names = names(70);
    await order();
    await tellOf(world, "p170");
    await order(30);
    expect(await onList()).toHaveLength(71);
  }));

test("nobody is missed for what a source left out", () =>
  inScene([], async (world) => {
    const { list, order, onList, reading } = await open(world);
    list.names = list.names.slice(0, 95);
    list.partial = true;
    await order();
    expect(await reading()).toMatchObject({ missing: 5, verdict: "not-judged" });
    expect(await onList()).toHaveLength(100);
  }));

test("whoever is new, or whose record is of no use now, is not missing", () =>
  inScene([], async (world) => {
    const { list, order, onList, reading } = await open(world);
    list.spoilt = "p108";
    list.meanwhile = async (page) => {
      // Somebody signs up at a place that was read already, and the platform tells of them.
      if (page === 9) await tellOf(world, "p500");
    };
    await order();
    expect(await reading()).toMatchObject({ missing: 0, verdict: "believed" });
    expect(await onList()).toHaveLength(101);
  }));

test("whoever is on another list, or signed up here, stays when one list has lost them", () =>
  inScene(ofBrussels(1), async (world) => {
    const { list, other, order, pull, onList, personOf } = await open(world);
    const [here = ""] = ids(world);
    const both = await personOf("p101");
    other.names = ["qx:p101"];
    await pull(qvax);
    expect(await personOf("qx:p101")).toBe(both);
    await world.database.sql`
      update identities set volunteer = ${here} where external_id = 'p102'`;
    world.clock.advance(60);
    list.names = list.names.filter((name) => name !== "p101" && name !== "p102" && name !== "p103");
    await order();
    expect(await onList()).toContain(both);
    expect(await onList()).toContain(here);
    const events = await world.database.sql`
      select event, count(*)::int from audit where facts ? 'name' group by event order by event`;
    expect(events).toMatchObject([
      { event: "volunteer.left", count: 1 },
      // One of them is known by two names that are gone, their own and that of p102.
      { event: "volunteer.unlisted", count: 3 },
    ]);
  }));

test("whoever is asked or promised a dose keeps it, and is looked for again by the next pass", () =>
  inScene([], async (world) => {
    const { list, order, onList, personOf } = await open(world);
    const { id } = await leftOver(world, 1, { centre: pacheco });
    const [asked = ""] = await settled(world, id);
    const [{ external_id: name } = { external_id: "" }] = await world.database.sql`
      select external_id from identities where volunteer = ${asked}`;
    list.names = list.names.filter((each) => each !== name);
    await order();
    expect(await onList()).toContain(asked);
    await world.database.sql`update invitations set state = 'declined' where surplus = ${id}`;
    world.clock.advance(60);
    await order();
    expect(await onList()).not.toContain(asked);
    expect(await personOf(name)).toBeUndefined();
  }));

test("who orders a pass while one runs joins it, and by itself a list is read through every so often", () =>
  inScene([], async (world) => {
    const { list, order, drain, reading } = await open(world);
    const { deps, clock } = world;
    list.fails = { page: 5, with: new AdapterError("unavailable", "down") };
    const first = await order();
    expect(await order()).toMatchObject({ begunAt: first.begunAt, done: 50 });
    list.fails = undefined;
    clock.advance(10);
    await drain();
    expect(list.asked.filter((page) => page === 0)).toHaveLength(1);
    const { endedAt } = (await reading()) ?? {};
    await outbox.enqueue(deps.db, [{ kind: "pass", platform: doctena, at: clock.now() }], clock.now());
    await drain();
    clock.advance(23 * 60);
    await drain();
    expect(list.asked.filter((page) => page === 0)).toHaveLength(2);
    clock.advance(61);
    await drain();
    expect(list.asked.filter((page) => page === 0)).toHaveLength(3);
    expect((await reading())?.endedAt).not.toBe(endedAt);
  }));

test("a list that answers with nothing in the middle is no list that was read to its end", () =>
  inScene([], async (world) => {
    const { list, order, onList, reading } = await open(world, { names: names(200), total: 200 });
    list.meanwhile = (page) => {
      if (page === 16) Object.assign(list, { names: [], total: 0 });
    };
    await order();
    expect(await reading()).toMatchObject({ done: 160, missing: 40, verdict: "not-judged" });
    expect(await onList()).toHaveLength(200);
  }));
