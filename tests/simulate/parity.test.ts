import { afterEach, beforeEach, expect, test } from "vitest";
import { seeded } from "../../adapters/kit/chance.ts";
import { announce } from "../../gateway/flows/announce.ts";
import { answerAs } from "../../gateway/flows/answer.ts";
import { attend } from "../../gateway/flows/attend.ts";
import { tellInvitation } from "../../gateway/flows/carry.ts";
import { type Deps, transact } from "../../gateway/flows/deps.ts";
import { settle } from "../../gateway/flows/settle.ts";
import { type Evening, eveningOf } from "../../gateway/simulate/evening.ts";
import { memoryStage } from "../../gateway/simulate/memory/stage.ts";
import { createTallies } from "../../gateway/simulate/memory/tallies.ts";
import type { Outcome } from "../../gateway/simulate/outcome.ts";
import { drawFate, type Person } from "../../gateway/simulate/people.ts";
import type { Stage } from "../../gateway/simulate/stage.ts";
import { everydose } from "../../gateway/simulate/strategies/everydose.ts";
import * as bookings from "../../gateway/store/bookings.ts";
import * as invitations from "../../gateway/store/invitations.ts";
import * as places from "../../gateway/store/places.ts";
import { Refusal } from "../../schema/errors.ts";
import {
  type CentreId,
  type Instant,
  instant,
  type RegionId,
  type SurplusId,
} from "../../schema/primitives.ts";
import type { Effect } from "../../schema/surplus.ts";
import { always } from "../../schema/volunteer.ts";
import { newVolunteers, seedFederation, type TestDeps, testDeps } from "../support/gateway.ts";
import { register } from "../support/register.ts";
import { scenarioWith } from "./evenings.ts";

const charleroi = "charleroi" as CentreId;
const noon = instant(Date.parse("2021-05-18T10:00:00Z"));

let world: TestDeps;
beforeEach(async () => {
  world = await testDeps({ now: noon });
  await seedFederation(world.deps);
});
afterEach(() => world.close());

const codeOf = (error: unknown) => {
  if (error instanceof Refusal) return error.code;
  throw error;
};

/** The same evening on the test's own database, through the flows that production calls. */
const databaseStage = ({ deps: fixed, database: { sql } }: TestDeps): Stage => {
  let now: Instant = noon;
  const deps: Deps = { ...fixed, now: () => now };
  const surpluses: SurplusId[] = [];
  const at = <Result>(moment: Instant, work: () => Promise<Result>) => {
    now = moment;
    return work();
  };
  return {
    announce: ({ centre, vaccine, doses, usableUntil }, moment) =>
      at(moment, async () => {
        const input = { centre, vaccine, doses, usableUntil: instant(usableUntil) };
        const { id } = await announce(deps, input, "staff");
        surpluses.push(id);
        return id;
      }),
    settle: (id, moment) => at(moment, () => settle(deps, id)),
    tell: (id, event) => at(event.at, () => tellInvitation(deps, id, event)),
    answer: (id, said) =>
      at(said.at, async () => {
        const row = await invitations.byId(deps.db, id);
        if (!row) return "not_found";
        const answered = transact(deps, (tx) => answerAs(tx, deps, row, { ...said, actor: "volunteer" }));
        return answered.then(() => undefined, codeOf);
      }),
    attend: (id, moment) =>
      at(moment, () => attend(deps, id, { outcome: "attended" }, "staff").then(() => true)),
    miss: (id, moment) =>
      at(moment, async () => void (await attend(deps, id, { outcome: "no-show" }, "staff"))),
    effects: async () => {
      const rows = await sql<{ effect: Effect }[]>`select effect from outbox order by id`;
      await sql`delete from outbox`;
      return rows.map(({ effect }) => effect);
    },
    invitation: (id) => invitations.byId(deps.db, id),
    booking: (id) => bookings.byId(deps.db, id),
    rows: async () => {
      const asked = await Promise.all(surpluses.map((id) => invitations.ofSurplus(deps.db, id)));
      const booked = await Promise.all(surpluses.map((id) => bookings.ofSurplus(deps.db, id)));
      return { invitations: asked.flat(), bookings: booked.flat() };
    },
  };
};

/** Sixty people on the list in the database, with the evening that fate has for each. */
const seedEvening = async (seed: number): Promise<Evening> => {
  const { deps } = world;
  const chance = seeded(seed);
  const fates = {
    ...{ yes: 0.35, no: 0.1, undelivered: 0.05, noShow: 0.15 },
    delay: { share: 0.2, minutes: 6 },
  };
  const scenario = scenarioWith({
    ...{ centre: "charleroi", people: fates },
    surpluses: [{ at: "17:00", doses: 4, usableUntil: "20:00" }],
  });
  const people: Person[] = [];
  for (const someone of newVolunteers(60)) {
    const { volunteer } = await register(deps, someone, "volunteer");
    people.push({
      ...{ id: volunteer.id, birthDate: volunteer.birthDate, conditions: [], vaccines: ["pfizer"] },
      ...{ availability: always, lastDoseOn: null, centres: [charleroi], isAvailable: true },
      fate: drawFate(scenario.people, 80, chance),
    });
  }
  await world.database.sql`delete from outbox`;
  const policy = await places.policyInForce(deps.db, "wallonia" as RegionId, { at: noon });
  return eveningOf(scenario, people, policy?.rules);
};

const told = (outcome: Outcome) =>
  outcome
    .map(({ person, left: _, ...rest }) => ({ born: person.birthDate, ...rest }))
    .toSorted((one, other) => one.askedAt - other.askedAt || (one.born < other.born ? -1 : 1));

test.each([1, 2, 3])("an evening ends alike in memory and on a database: seed %i", async (seed) => {
  const evening = await seedEvening(seed);
  const onDatabase = told(await everydose(evening, databaseStage(world)));
  const inMemory = told(await everydose(evening, memoryStage(evening, createTallies())));
  expect(inMemory).toEqual(onDatabase);
  expect(inMemory.filter(({ promisedAt }) => promisedAt !== undefined).length).toBeGreaterThanOrEqual(4);
});
