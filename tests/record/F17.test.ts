import { afterEach, beforeEach, expect, test } from "vitest";
import { consentOn } from "../../gateway/core/consent.ts";
import { listBindings, orderChange, readChange, takeBack, undo } from "../../gateway/flows/bindings/order.ts";
import type { KnownPlatform } from "../../gateway/flows/bindings/plan.ts";
import { rehearseChange } from "../../gateway/flows/bindings/rehearse.ts";
import { consent, stand, withdraw } from "../../gateway/flows/manage.ts";
import { takeIn } from "../../gateway/flows/sync/take.ts";
import * as places from "../../gateway/store/places.ts";
import * as platforms from "../../gateway/store/platforms.ts";
import { AdapterError, type Ports, type RosterEntry } from "../../schema/adapter.ts";
import type { NewBinding } from "../../schema/binding.ts";
import { type ExternalId, type PlatformName, plusMinutes, type RegionId } from "../../schema/primitives.ts";
import type { Role } from "../../schema/region.ts";
import type { Registered } from "../../schema/volunteer.ts";
import { charleroi } from "../flows/scene.ts";
import { newVolunteer, newVolunteers, seedFederation, type TestDeps, testDeps } from "../support/gateway.ts";
import { register } from "../support/register.ts";
import { workerOf } from "../worker/worker.ts";

/* Two thirds of the Flemish centres kept lists of their own; people registered twice when a centre changed system. */

const wallonia = "wallonia" as RegionId;
const [qvax, doctena] = ["qvax", "doctena"] as PlatformName[] as [PlatformName, PlatformName];
const known: KnownPlatform[] = [
  {
    name: qvax,
    capabilities: ["roster", "invite"],
    roster: { keeps: ["nationalNumber", "email", "mobile"], demands: ["nationalNumber", "email", "mobile"] },
  },
  {
    name: doctena,
    capabilities: ["roster", "slots", "booking", "inbound"],
    roster: { keeps: ["nationalNumber", "email", "mobile", "postcode"], demands: [] },
  },
];

type List = {
  people: Map<ExternalId, RosterEntry>;
  calls: string[];
  isDown: boolean;
  ports: Partial<Ports>;
};

/** A platform's list, by number; it may be down. */
const listOf = (name: string) => {
  const people = new Map<ExternalId, RosterEntry>();
  const calls: string[] = [];
  const list: List = { people, calls, isDown: false, ports: {} };
  const answer = () => {
    if (list.isDown) throw new AdapterError("unavailable", "down");
  };
  const roster: Ports["roster"] = {
    pull: async () => ({ records: [], next: "", complete: true }),
    put: async (entry) => {
      answer();
      const externalId = `${name}-${entry.nationalNumber ?? entry.familyName}` as ExternalId;
      people.set(externalId, { ...entry, externalId });
      calls.push(`put ${externalId}`);
      return { externalId };
    },
    close: async ({ externalId }) => {
      answer();
      people.delete(externalId);
      calls.push(`close ${externalId}`);
    },
  };
  list.ports = { roster };
  return list;
};

let world: TestDeps;
let lists: Record<"qvax" | "doctena", ReturnType<typeof listOf>>;
let worker: ReturnType<typeof workerOf>;
let letters: string[];
beforeEach(async () => {
  world = await testDeps();
  await seedFederation(world.deps);
  lists = { qvax: listOf("q"), doctena: listOf("d") };
  letters = [];
  worker = workerOf(world, {
    platforms: { qvax: lists.qvax.ports, doctena: lists.doctena.ports },
    notify: async ({ letter }) => {
      letters.push(letter.about);
      return { at: world.clock.now(), channel: "email" };
    },
  });
});
afterEach(() => world.close());

const registered = async (count: number): Promise<Registered[]> => {
  const all: Registered[] = [];
  for (const one of newVolunteers(count)) all.push(await register(world.deps, one, "volunteer"));
  await worker.drain();
  return all;
};

const order = (change: Partial<NewBinding> = {}) =>
  orderChange(world.deps, known, {
    input: {
      ...{ region: wallonia, centre: charleroi, roles: "all", platform: doctena },
      ...{ from: plusMinutes(world.clock.now(), 60), ...change },
    },
    actor: "agency",
  });

const boundTo = (role: Role) =>
  places.platformFor(world.deps.db, { centre: charleroi, role, at: world.clock.now() });

const pass = async (minutes: number) => {
  world.clock.advance(minutes);
  await worker.drain();
};

const carried = async (id: Awaited<ReturnType<typeof order>>["id"]) =>
  (await readChange(world.deps, id)).carryOver;

test("F17: a centre changes its platform and nobody registers again; undone, they are back where they were", async () => {
  const people = await registered(30);
  expect(lists.qvax.people.size).toBe(30);
  const { id, roles } = await order();
  expect(roles).toMatchObject([
    { role: "roster", before: "qvax", after: "doctena" },
    { role: "slots", before: "doclr", after: "doctena" },
    { role: "booking", before: "doclr", after: "doctena" },
    { role: "invite", before: "qvax" },
  ]);
  await pass(59);
  expect([await boundTo("roster"), lists.doctena.people.size]).toEqual(["qvax", 0]);
  await pass(1);
  expect([await boundTo("roster"), await boundTo("invite")]).toEqual(["doctena", undefined]);
  expect(await carried(id)).toMatchObject({ state: "done", total: 30, done: 30, left: 0, carried: 30 });
  expect([lists.qvax.people.size, lists.doctena.people.size]).toEqual([0, 30]);
  const [first] = people;
  const names = first && (await platforms.identitiesOf(world.deps.db, first.volunteer.id));
  expect(names).toHaveLength(2);

  await undo(world.deps, id, "agency");
  await pass(0);
  expect([await boundTo("roster"), await boundTo("invite")]).toEqual(["qvax", "qvax"]);
  expect([lists.qvax.people.size, lists.doctena.people.size]).toEqual([30, 0]);
  expect((await listBindings(world.deps, [wallonia])).changes.map(({ state }) => state)).toEqual([
    "in-force",
    "undone",
  ]);
});

test("F17: while the new platform is down everybody stays on the old one; then nobody is on neither", async () => {
  await registered(30);
  const { id } = await order();
  lists.doctena.isDown = true;
  await pass(60);
  expect([lists.qvax.people.size, lists.doctena.people.size]).toEqual([30, 0]);
  lists.doctena.isDown = false;
  lists.qvax.isDown = true;
  await pass(10);
  expect(await carried(id)).toMatchObject({ state: "done", carried: 30 });
  expect([lists.qvax.people.size, lists.doctena.people.size]).toEqual([30, 30]);
  lists.qvax.isDown = false;
  await pass(10);
  expect([lists.qvax.people.size, lists.doctena.people.size]).toEqual([0, 30]);
});

test("F17: whoever comes or goes during the change-over comes and goes on both", async () => {
  const [leaver] = await registered(3);
  await order();
  lists.doctena.isDown = true;
  await pass(60);
  await withdraw(world.deps, leaver?.token ?? "", "volunteer");
  await register(world.deps, newVolunteer({ born: "1950-01-15" }), "volunteer");
  lists.doctena.isDown = false;
  await pass(10);
  await pass(10);
  expect([lists.qvax.people.size, lists.doctena.people.size]).toEqual([0, 3]);
});

test("F17: the list that the gateway itself left does not take anybody off by saying so", async () => {
  const [someone] = await registered(1);
  await order();
  await pass(60);
  world.clock.advance(1);
  const at = world.clock.now();
  const [externalId] = lists.qvax.calls
    .flatMap((call) => call.replace(/^close /, "") as ExternalId)
    .slice(-1);
  const value: RosterEntry = {
    ...{ externalId, nationalNumber: newVolunteers(1)[0]?.nationalNumber, givenName: "Jean" },
    ...{ familyName: "Dupont", birthDate: "1940-01-01", contact: {}, centres: [charleroi] },
    ...{ conditions: [], state: "left" },
  };
  expect((await takeIn(world.deps, qvax, { value, checkedAt: at, validAt: at, changedAt: at })).outcome).toBe(
    "unchanged",
  );
  expect((await stand(world.deps, someone?.token ?? "")).state).toBe("active");
});

test("F17: whose consent does not cover the new platform stays where they are, is asked, and follows with one tap", async () => {
  const [someone] = await registered(2);
  const { database, deps } = world;
  const id = someone?.volunteer.id ?? "";
  await database.sql`update volunteers set consent_text = ${consentOn(qvax)} where id = ${id}`;
  const { id: change } = await order();
  await pass(60);
  expect(await carried(change)).toMatchObject({ state: "done", carried: 1, asked: 1 });
  expect([lists.qvax.people.size, lists.doctena.people.size]).toEqual([1, 1]);
  expect(letters.filter((about) => about === "consent")).toHaveLength(1);
  await consent(deps, someone?.token ?? "", { textVersion: "2021-04", given: true });
  await pass(0);
  await pass(1);
  expect([lists.qvax.people.size, lists.doctena.people.size]).toEqual([0, 2]);
});

test("F17: a rehearsal says what would be lost, and changes nothing", async () => {
  await registered(2);
  const input: NewBinding = {
    ...{ region: wallonia, centre: charleroi, roles: "all", platform: doctena, from: world.clock.now() },
  };
  expect(await rehearseChange(world.deps, known, input)).toMatchObject({
    ...{ centres: ["charleroi"], volunteers: 2, missing: [], withoutConsent: 0 },
    lost: expect.arrayContaining([
      { field: "birthDate", people: 2 },
      { field: "availability", people: 2 },
    ]),
  });
  await expect(rehearseChange(world.deps, known, { ...input, roles: ["invite"] })).rejects.toMatchObject({
    code: "platform_lacks",
  });
  expect((await listBindings(world.deps, undefined)).changes).toEqual([]);
});

test("F17: what has not begun can be taken back, and a start with the old files leaves what was changed", async () => {
  const { deps } = world;
  const { id } = await order();
  await takeBack(deps, id, "agency");
  await pass(61);
  expect(await boundTo("roster")).toBe("qvax");
  await order({ from: world.clock.now() });
  await seedFederation(deps);
  expect(await boundTo("roster")).toBe("doctena");
});
