import assert from "node:assert/strict";
import {
  AdapterError,
  type Ports,
  type RosterEntry,
  type RosterField,
  rosterFields,
  type Sourced,
} from "../../../schema/adapter.ts";
import { plainNumber } from "../../../schema/national-number.ts";
import { type ExternalId, plusMinutes } from "../../../schema/primitives.ts";
import { type Availability, always } from "../../../schema/volunteer.ts";
import { people, person } from "../people.ts";
import { portOf, promises } from "../promises.ts";
import type { Scene } from "../scene.ts";

type RosterPort = Ports["roster"];
type Pulled = { records: Sourced<RosterEntry>[]; next: string; partial: boolean };

/** Page after page until the source says that nothing follows; `meanwhile` happens after the first. */
const pullAll = async (port: RosterPort, from?: string, meanwhile?: () => void): Promise<Pulled> => {
  const records: Sourced<RosterEntry>[] = [];
  let [cursor, partial] = [from, false];
  for (let pages = 1; pages <= 1000; pages += 1) {
    const page = await port.pull({ cursor });
    records.push(...page.records);
    assert.equal(typeof page.next, "string", "next is always given");
    partial ||= page.partial ?? false;
    if (pages === 1) meanwhile?.();
    if (page.complete) return { records, next: page.next, partial };
    cursor = page.next;
  }
  return assert.fail("a thousand pages and no end");
};

const names = (records: Sourced<RosterEntry>[]): Set<ExternalId> =>
  new Set(records.map(({ value }) => value.externalId ?? assert.fail("a pulled record has no name there")));

const includesAll = (found: Set<ExternalId>, wanted: ExternalId[], when: string) =>
  assert.deepEqual(
    wanted.filter((each) => !found.has(each)),
    [],
    `missed ${when}`,
  );

const stateOf = ({ bench }: Scene, name: ExternalId) =>
  bench.people().find(({ externalId }) => externalId === name)?.state;

/** What a platform lacks is left out; what it tells must be what it was told. */
const sameWhereTold = (told: RosterEntry, wanted: RosterEntry) => {
  assert.equal(told.givenName, wanted.givenName);
  assert.equal(told.familyName, wanted.familyName);
  assert.equal(told.state, wanted.state);
  const number = told.nationalNumber && plainNumber(told.nationalNumber);
  assert.equal(number ?? wanted.nationalNumber, wanted.nationalNumber);
  assert.equal(told.postcode ?? wanted.postcode, wanted.postcode);
  assert.equal(told.language ?? wanted.language, wanted.language);
  assert.deepEqual({ ...wanted.contact, ...told.contact }, wanted.contact);
  const length = told.birthYearOnly ? 4 : 10;
  assert.equal((told.birthDate ?? wanted.birthDate)?.slice(0, length), wanted.birthDate?.slice(0, length));
  if (told.availability) assert.deepEqual(told.availability.week, wanted.availability?.week);
};

/** A week that nobody has by default. */
const rare: Availability = {
  ...always,
  week: { ...always.week, monday: ["evening"], tuesday: [], sunday: ["morning", "evening"] },
};

const fieldOf = (entry: RosterEntry, field: RosterField): unknown => {
  switch (field) {
    case "email":
    case "mobile":
      return entry.contact[field];
    case "nationalNumber":
      return entry.nationalNumber && plainNumber(entry.nationalNumber);
    case "birthDate":
      return entry.birthYearOnly ? undefined : entry.birthDate;
    case "availability":
      return entry.availability?.week;
    default:
      return entry[field];
  }
};

const without = (entry: RosterEntry, field: RosterField): RosterEntry => {
  if (field === "centres") return entry;
  if (field === "conditions") return { ...entry, conditions: [] };
  if (field !== "email" && field !== "mobile") return { ...entry, [field]: undefined };
  return { ...entry, contact: { ...entry.contact, [field]: undefined } };
};

const pulling = promises("roster", {
  "pull gives everyone who signed up there, in pages, until nothing follows": async (port, scene) => {
    assert.deepEqual((await pullAll(port)).records, [], "nobody has signed up yet");
    const signedUp = scene.bench.addPeople(people(600, scene.centres[0]));
    const whole = await pullAll(port);
    assert.deepEqual(names(whole.records), new Set(signedUp));
    assert.equal(whole.partial, false, "a list that was read whole is called partial");
    const first = await port.pull({});
    assert.equal(first.total ?? 600, 600, "total is not how many the list has");
    const second = await port.pull({ cursor: first.next });
    assert.equal(second.total ?? 600, 600, "total is not the whole list's on a later page");
  },

  "what a record says is what was entered, when it was seen and since when it is so": async (port, scene) => {
    const entry = person(7, scene.centres[0]);
    scene.bench.addPeople([entry]);
    const [record] = (await pullAll(port)).records;
    assert.ok(record);
    sameWhereTold(record.value, entry);
    assert.ok(record.validAt <= record.checkedAt && record.checkedAt <= scene.clock.now());
  },

  "next resumes after its page, also in another process": async (port, scene) => {
    const signedUp = scene.bench.addPeople(people(600, scene.centres[0]));
    const first = await port.pull({});
    const elsewhere = portOf("roster", scene.reconnect());
    const rest = first.complete ? [] : (await pullAll(elsewhere, first.next)).records;
    includesAll(names([...first.records, ...rest]), signedUp, "over two processes");
    assert.ok(first.complete || rest.length < 600, "it began again");
  },

  "nothing is missed of people who sign up while it is read": async (port, scene) => {
    const early = scene.bench.addPeople(people(600, scene.centres[0]));
    const late: ExternalId[] = [];
    const read = await pullAll(port, undefined, () => {
      scene.clock.set(plusMinutes(scene.clock.now(), 1));
      const newcomers = people(640, scene.centres[0]).slice(600);
      late.push(...scene.bench.addPeople(newcomers));
    });
    const after = await pullAll(port, read.next);
    includesAll(names([...read.records, ...after.records]), [...early, ...late], "while reading");
  },

  "a repeat of a page returns the same or newer records": async (port, scene) => {
    scene.bench.addPeople(people(600, scene.centres[0]));
    const { next: cursor } = await port.pull({});
    const first = await pullAll(port, cursor);
    scene.clock.set(plusMinutes(scene.clock.now(), 1));
    const late = scene.bench.addPeople([person(700, scene.centres[0])]);
    const second = names((await pullAll(port, cursor)).records);
    includesAll(second, [...names(first.records)], "on repeating");
    includesAll(second, late, "on repeating");
  },

  "after the end, next waits for what comes later": async (port, scene) => {
    scene.bench.addPeople(people(3, scene.centres[0]));
    const { next } = await pullAll(port);
    scene.clock.set(plusMinutes(scene.clock.now(), 1));
    const late = scene.bench.addPeople([person(8, scene.centres[0])]);
    includesAll(names((await pullAll(port, next)).records), late, "after the end");
  },
});

const writing = promises("roster", {
  "put writes one person, who is then pulled under the name that it returned": async (port, scene) => {
    const entry = person(1, scene.centres[0]);
    const { externalId } = await port.put(entry);
    assert.deepEqual(scene.bench.people(), [{ externalId, state: "active" }]);
    const [record] = (await pullAll(port)).records;
    assert.equal(record?.value.externalId, externalId);
    sameWhereTold(record.value, entry);
  },

  "the same person again is not a second one, in another process neither": async (port, scene) => {
    const entry = person(1, scene.centres[0]);
    const first = await port.put(entry);
    assert.deepEqual(await port.put(entry), first);
    assert.deepEqual(await port.put({ ...entry, ...first }), first);
    assert.deepEqual(await scene.reconnect().roster?.put(entry), first);
    assert.equal(scene.bench.people().length, 1);
  },

  "the same person twice at the same instant is not a second one": async (port, scene) => {
    const entry = person(1, scene.centres[0]);
    await Promise.allSettled([port.put(entry), port.put(entry)]);
    assert.equal(scene.bench.people().length, 1);
  },

  "somebody who had signed up there keeps their name": async (port, scene) => {
    const entry = person(1, scene.centres[0]);
    const [externalId] = scene.bench.addPeople([entry]);
    assert.deepEqual(await port.put(entry), { externalId });
    assert.equal(scene.bench.people().length, 1);
  },

  "what has changed is written, the person stays the same": async (port, scene) => {
    const entry = person(1, scene.centres[0]);
    const first = await port.put(entry);
    const moved = { ...entry, contact: { ...entry.contact, mobile: "+32470999999" } };
    assert.deepEqual(await port.put(moved), first);
    const last = (await pullAll(port)).records.filter(({ value }) => value.externalId === first.externalId);
    assert.equal(last.at(-1)?.value.contact.mobile, "+32470999999");
  },

  "what the adapter says that it keeps comes back as it was written": async (port, scene) => {
    const { keeps } =
      scene.roster ?? assert.fail("declare `roster`: what the list keeps, and what it demands");
    const entry: RosterEntry = {
      ...person(3, scene.centres[0]),
      conditions: ["at-risk"],
      availability: rare,
    };
    const { externalId } = await port.put(entry);
    const pulled = (await pullAll(port)).records.findLast(({ value }) => value.externalId === externalId);
    const told = pulled?.value ?? assert.fail("it was not pulled");
    for (const field of keeps) assert.deepEqual(fieldOf(told, field), fieldOf(entry, field), field);
    for (const field of ["availability", "conditions"] as const)
      if (!keeps.includes(field))
        assert.notDeepEqual(fieldOf(told, field), fieldOf(entry, field), `it does keep ${field}`);
  },

  "put refuses whoever lacks what the adapter says that it demands, and nobody else": async (port, scene) => {
    const { demands } =
      scene.roster ?? assert.fail("declare `roster`: what the list keeps, and what it demands");
    for (const [index, field] of rosterFields.entries()) {
      const entry = without(person(20 + index, scene.centres[0]), field);
      const isRefused = await port.put(entry).then(
        () => false,
        (error: unknown) => error instanceof AdapterError && error.fault === "rejected",
      );
      assert.equal(isRefused, demands.includes(field), `without ${field}`);
    }
  },

  ...Object.fromEntries(
    (["withdrawn", "vaccinated"] as const).map((reason) => [
      `close (${reason}) ends that person's list life and no other's; safe to repeat`,
      async (port: RosterPort, scene: Scene) => {
        const [one, other] = [1, 2].map((index) => person(index, scene.centres[0]));
        assert.ok(one && other);
        const [first, second] = [await port.put(one), await port.put(other)];
        for (const each of [1, 2]) {
          await port.close({ ...first, reason });
          assert.ok(["left", undefined].includes(stateOf(scene, first.externalId)), `after time ${each}`);
          assert.equal(stateOf(scene, second.externalId), "active");
        }
      },
    ]),
  ),

  "closing an unknown id is success": async (port, scene) => {
    const { externalId } = await port.put(person(1, scene.centres[0]));
    const last = externalId.at(-1) === "1" ? "2" : "1";
    const unknown = (externalId.slice(0, -1) + last) as ExternalId;
    await port.close({ externalId: unknown, reason: "withdrawn" });
    assert.equal(stateOf(scene, externalId), "active");
  },
});

export const roster = [...pulling, ...writing];
