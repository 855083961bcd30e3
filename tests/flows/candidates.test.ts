import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Candidate, obstacleFor } from "../../gateway/core/eligibility.ts";
import { groupOf } from "../../gateway/core/policy.ts";
import { firstInOrder } from "../../gateway/flows/candidates.ts";
import { takePage } from "../../gateway/flows/sync/take.ts";
import { ledgerOf } from "../../gateway/store/ledger.ts";
import * as queue from "../../gateway/store/queue.ts";
import { queue as places } from "../../gateway/store/tables/people.ts";
import * as volunteers from "../../gateway/store/volunteers.ts";
import {
  type CampaignId,
  ExternalId,
  localDay,
  PlatformName,
  plusMinutes,
  type RegionId,
  Vaccine,
  type VolunteerId,
} from "../../schema/primitives.ts";
import { PolicyRules } from "../../schema/region.ts";
import { Availability, always, Condition, DayPart, weekdays } from "../../schema/volunteer.ts";
import { afternoon, seedFederation, type TestDeps, testDeps } from "../support/gateway.ts";
import { broken, charleroi, nothing } from "./scene.ts";

let world: TestDeps;
beforeAll(async () => {
  world = await testDeps();
  await seedFederation(world.deps);
});
afterAll(() => world.close());

const campaign = "covid-2021" as CampaignId;
const parts = fc.subarray([...DayPart.options]);
const days = ["2021-04-15", "2021-04-16", "2021-04-17", "2021-04-19"];
const availability = fc.oneof(
  fc.constant(always),
  fc
    .record({
      from: fc.constantFrom("2021-04-05", "2021-04-12", "2021-04-16"),
      week: fc.record(Object.fromEntries(weekdays.map((day) => [day, parts]))),
      repeats: fc.boolean(),
      exceptions: fc.uniqueArray(fc.record({ day: fc.constantFrom(...days), parts }), {
        selector: ({ day }) => day,
      }),
    })
    .map((each) => Availability.parse(each)),
);
const someone = fc.record({
  id: fc.uuid({ version: 4 }).map((id) => id as VolunteerId),
  birthDate: fc.constantFrom(
    "1940-03-01",
    "1955-06-30",
    "1955-07-01",
    "1979-12-31",
    "1990-04-16",
    "2003-04-17",
    "2010-01-01",
  ),
  conditions: fc.subarray([...Condition.options]),
  vaccines: fc.subarray([...Vaccine.options], { minLength: 1 }),
  availability,
  lastDoseOn: fc.constantFrom(null, "2021-01-10", "2021-04-01"),
});
const rowOf = (person: Candidate, nth: number): volunteers.VolunteerRow => ({
  ...{ region: "wallonia" as RegionId, campaign, state: "active", repeatOf: null, nationalSealed: null },
  ...{ identityDigest: Buffer.from(person.id), personSealed: Buffer.of(nth), contactSealed: Buffer.of(nth) },
  ...{ contactDigests: [], birthYearOnly: false, postcode: null, centres: [charleroi], language: "fr" },
  ...{ consentText: "1", consentAt: afternoon, registeredAt: afternoon, updatedAt: afternoon },
  ...{ closedFor: null, closedFrom: null },
  ...{ ...person, lastDoseOn: person.lastDoseOn ?? null },
  ...{ conditions: [...person.conditions], vaccines: [...person.vaccines] },
});
const rules = PolicyRules.parse({
  ...{
    campaign,
    consentText: "1",
    minimumAge: 18,
    underAge: "park",
    vaccineFromAge: { astrazeneca: 41 },
    intervalDays: 28,
  },
  asks: { nationalNumber: "optional", postcode: "optional", email: "optional", mobile: "optional" },
  order: [
    { name: "at risk", fromAge: 18, toAge: 64, condition: "at-risk" },
    { name: "older", fromAge: 65 },
    { name: "carers", condition: "care-worker" },
    { name: "all" },
  ],
});

/** As the core alone would find them, going through everybody. */
const oneByOne = (people: Candidate[], offer: Parameters<typeof obstacleFor>[0], now = afternoon) => {
  const obstacle = obstacleFor(offer, rules, now);
  const inOrder = people.toSorted((one, other) =>
    `${one.birthDate} ${one.id}` < `${other.birthDate} ${other.id}` ? -1 : 1,
  );
  return rules.order.flatMap((group) =>
    inOrder.filter((each) => groupOf(rules, each, localDay(now)) === group && !obstacle(each)),
  );
};

test("the index finds whom a look at everybody finds, in the same order, whatever they said", () =>
  fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(someone, { selector: ({ id }) => id, minLength: 30, maxLength: 60 }),
      fc.constantFrom(...Vaccine.options),
      fc.constantFrom(20, 200, 1200, 3000, 20_000),
      fc.integer({ min: 1, max: 40 }),
      async (people, vaccine, minutes, want) => {
        const { deps, database } = world;
        await database.sql`truncate queue, volunteers cascade`;
        const rows = people.map(rowOf);
        await volunteers.addAll(deps.db, rows);
        await queue.join(deps.db, rows);
        const offer = { centre: charleroi, vaccine, usableUntil: plusMinutes(afternoon, minutes) };
        const search = { offer, rules, now: afternoon, want, except: new Set<VolunteerId>() };
        const found = await firstInOrder(ledgerOf(deps.db), search);
        expect(found.map(({ id }) => id)).toEqual(
          oneByOne(people, offer)
            .slice(0, want)
            .map(({ id }) => id),
        );
        expect(await broken(world)).toEqual(nothing);
      },
    ),
    { numRuns: 25 },
  ));

const gateOf = () => {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
};

test("a list that tells other days of someone who is being asked waits for them alone, and both are right in the end", async () => {
  const { deps, database } = world;
  await database.sql`truncate queue, volunteers cascade`;
  const qvax = PlatformName.parse("qvax");
  const record = (nth: number, week: Availability["week"]) => ({
    value: {
      ...{ externalId: ExternalId.parse(`q-${nth}`), state: "active" as const, centres: [charleroi] },
      ...{
        givenName: "Jean",
        familyName: `Dupont ${nth}`,
        birthDate: `195${nth}-01-15`,
        language: "fr" as const,
      },
      ...{ availability: { ...always, week }, conditions: [], contact: { email: `p${nth}@example.org` } },
    },
    ...{ checkedAt: deps.now(), validAt: deps.now(), changedAt: deps.now() },
  });
  await takePage(deps, {
    platform: qvax,
    records: [record(1, always.week), record(2, always.week)] as never,
  });
  const [asked] = await deps.db.select({ id: places.volunteer }).from(places).orderBy(places.birthDate);
  const gate = gateOf();
  const claimed = gateOf();
  const asking = deps.db.transaction(async (tx) => {
    await queue.claim(tx, asked?.id as VolunteerId);
    claimed.open();
    await gate.opened;
    throw new Error("the gateway that asked has died");
  });
  await claimed.opened;
  world.clock.advance(1);
  const never = Availability.parse({ week: { monday: ["morning"] } }).week;
  const taking = takePage(deps, { platform: qvax, records: [record(1, never), record(2, never)] as never });
  // The other one's days are there while the first is still being asked.
  await expect
    .poll(
      async () => (await database.sql`select from queue where monday is not null and always is null`).length,
    )
    .toBe(1);
  gate.open();
  await expect(asking).rejects.toThrow("has died");
  await taking;
  expect(await database.sql`select from queue where monday is not null and always is null`).toHaveLength(2);
  expect(await broken(world)).toEqual(nothing);
});
