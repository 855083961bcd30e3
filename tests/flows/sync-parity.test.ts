import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withdraw } from "../../gateway/flows/manage.ts";
import { guest } from "../../gateway/flows/person.ts";
import { takeIn, takePage } from "../../gateway/flows/sync/take.ts";
import * as volunteers from "../../gateway/store/volunteers.ts";
import type { RosterEntry, Sourced } from "../../schema/adapter.ts";
import type { CentreId, ExternalId, VolunteerId } from "../../schema/primitives.ts";
import { instant, millis } from "../../schema/primitives.ts";
import { always } from "../../schema/volunteer.ts";
import {
  afternoon,
  newVolunteer,
  newVolunteers,
  seedFederation,
  type TestDeps,
  testDeps,
} from "../support/gateway.ts";
import { register } from "../support/register.ts";
import { qvax } from "../worker/worker.ts";

/* A page of five hundred must leave what five hundred single records would have left. */

let world: TestDeps;
beforeAll(async () => {
  world = await testDeps();
  await seedFederation(world.deps);
});
afterAll(() => world.close());

/** Eight people, of whom half were here before: the first has left since, the second left and came back. */
const people = newVolunteers(8);

const begin = async () => {
  const { deps, database } = world;
  await database.sql.begin(async (sql) => {
    // The audit stays as it was written for whoever writes as the gateway does.
    await sql`set local session_replication_role = replica`;
    await sql`truncate volunteers, audit, outbox cascade`;
  });
  for (const [index, person] of people.slice(0, 4).entries()) {
    const { token, volunteer } = await register(deps, person, "volunteer");
    if (index < 2) await withdraw(deps, token, "volunteer");
    if (index === 1) await register(deps, person, "volunteer");
    if (index > 0)
      await database.sql`
        insert into identities (platform, external_id, volunteer, checked_at, valid_at)
        values ('qvax', ${`name-${index}`}, ${volunteer.id}, ${afternoon}, ${afternoon})`;
  }
};

type Drawn = {
  person: number;
  name: number;
  state: RosterEntry["state"];
  odd: string;
  changed: number;
  days: boolean;
};

const oddities = {
  plain: {},
  "no number": { nationalNumber: undefined },
  "no contact": { nationalNumber: undefined, contact: {} },
  "no birth date": { birthDate: undefined },
  "nowhere known": { centres: ["cabinet-dupont" as CentreId] },
  "two centres": { centres: ["cabinet-dupont", "charleroi", "namur", "charleroi"] as CentreId[] },
  "refused by the database": { externalId: "name\u0000" as ExternalId },
  "no name there": { externalId: undefined },
} satisfies Record<string, Partial<RosterEntry>>;

const recordOf = ({ person, name, state, odd, changed, days }: Drawn): Sourced<RosterEntry> => {
  const { givenName, familyName, nationalNumber, contact } = people[person] ?? newVolunteer();
  const at = world.clock.now();
  return {
    value: {
      ...{ givenName, familyName, contact, state, conditions: [] },
      ...(nationalNumber && { nationalNumber }),
      externalId: `name-${name}` as ExternalId,
      birthDate: `1940-01-0${person + 1}`,
      centres: ["charleroi" as CentreId],
      availability: days ? always : { ...always, week: { ...always.week, monday: [] } },
      ...oddities[odd as keyof typeof oddities],
    } as RosterEntry,
    ...{ checkedAt: at, validAt: at },
    ...(changed < 3 && { changedAt: instant(millis(at) + changed * 60_000) }),
  };
};

/** A record is told by whom it means, or by somebody else's name there. */
const drawn: fc.Arbitrary<Drawn> = fc
  .record({
    person: fc.nat(7),
    other: fc.option(fc.nat(7)),
    state: fc.constantFrom("active", "active", "active", "paused", "left"),
    odd: fc.oneof({ weight: 3, arbitrary: fc.constant("plain") }, fc.constantFrom(...Object.keys(oddities))),
    changed: fc.integer({ min: -2, max: 3 }),
    days: fc.boolean(),
  })
  .map(({ other, ...rest }) => ({ ...rest, name: other ?? rest.person }) as Drawn);

/** All that is kept, with people called by who they are: their ids are drawn anew each time. */
const kept = async () => {
  const { deps, database } = world;
  const { sql } = database;
  const rows = await sql<{ id: VolunteerId; who: string }[]>`
    select id, concat_ws(' ', encode(identity_digest, 'hex'), row_number() over (
      partition by identity_digest order by (select min(id) from audit where subject = volunteers.id))) as who from volunteers`;
  const who = new Map(rows.map((row) => [row.id, row.who]));
  const sorted = <Value>(values: Value[]) =>
    values.map((each) => JSON.stringify(each)).sort((one, other) => (one < other ? -1 : 1));
  const persons = [];
  for (const { id } of rows) {
    const row = await volunteers.byId(deps.db, id);
    if (!row) continue;
    const { id: _, personSealed, contactSealed, nationalSealed, repeatOf, ...plain } = row;
    persons.push({
      ...plain,
      // The database's own, and another each time.
      person: undefined,
      ...guest(deps, row),
      who: who.get(id),
      repeatOf: repeatOf && who.get(repeatOf),
    });
  }
  const identities =
    await sql`select external_id, volunteer, checked_at, valid_at, changed_at from identities`;
  const queue = await sql`select * from queue`;
  const lines = await sql`select actor, event, subject, region, facts from audit order by id`;
  const effects = await sql`select effect from outbox`;
  const story = (id: VolunteerId) =>
    lines.flatMap(({ subject, ...line }) => (subject === id ? JSON.stringify(line) : []));
  return {
    persons: sorted(persons),
    identities: sorted(identities.map((row) => ({ ...row, volunteer: who.get(row.volunteer) }))),
    queue: sorted(queue.map((row) => ({ ...row, volunteer: who.get(row.volunteer) }))),
    stories: sorted(rows.map(({ id }) => [who.get(id), story(id)])),
    effects: sorted(effects.map(({ effect }) => ({ ...effect, volunteer: who.get(effect.volunteer) }))),
  };
};

/** Somebody goes, and another bears a name, or is who, by which the going one was told too. */
const plain = { odd: "plain", changed: 0, days: false };
const oneName: Drawn[] = [
  { ...plain, person: 1, name: 1, state: "left" },
  { ...plain, person: 1, name: 5, state: "left" },
  { ...plain, person: 0, name: 5, state: "active" },
  { ...plain, person: 0, name: 0, state: "active" },
];
const oneNumber: Drawn[] = [
  { ...plain, person: 0, name: 1, state: "left" },
  { ...plain, person: 7, name: 7, state: "active", odd: "no contact" },
  { ...plain, person: 1, name: 7, state: "active" },
];

/** The number comes for one who has left, and then is told under another name. */
const numberOfOneGone: Drawn[] = [
  { ...plain, person: 5, name: 5, state: "active", odd: "no number" },
  { ...plain, person: 5, name: 5, state: "left", odd: "no number" },
  { ...plain, person: 5, name: 5, state: "active" },
  { ...plain, person: 5, name: 6, state: "active" },
];

const tidied = ({ outcome, faults }: Awaited<ReturnType<typeof takeIn>>) => ({ outcome, faults });

test("records taken in by pages of any size leave what they leave one by one", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(drawn, { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 2, max: 30 }),
      async (all, size) => {
        const records = all.map(recordOf);
        await begin();
        const single = [];
        for (const record of records) single.push(await takeIn(world.deps, qvax, record));
        const left = await kept();
        await begin();
        const paged = [];
        for (let from = 0; from < records.length; from += size) {
          const page = { platform: qvax, records: records.slice(from, from + size) };
          paged.push(...(await takePage(world.deps, page)));
        }
        expect(paged.map(tidied)).toEqual(single.map(tidied));
        expect(await kept()).toEqual(left);
      },
    ),
    {
      numRuns: 40,
      examples: [
        [oneName, 4],
        [oneNumber, 3],
        [numberOfOneGone, 2],
      ],
    },
  );
});
