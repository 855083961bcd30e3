import { afterEach, expect, test } from "vitest";
import { haltAsking, orderCampaign } from "../../gateway/flows/campaigns/order.ts";
import { acceptRenewal, declineRenewal } from "../../gateway/flows/campaigns/renew.ts";
import type { Letter } from "../../gateway/flows/letter.ts";
import { withdraw } from "../../gateway/flows/manage.ts";
import { mergePair } from "../../gateway/flows/merge.ts";
import * as pairs from "../../gateway/store/pairs.ts";
import * as volunteers from "../../gateway/store/volunteers.ts";
import type { CampaignId, Instant, PairId, RegionId, VolunteerId } from "../../schema/primitives.ts";
import type { NewVolunteer } from "../../schema/volunteer.ts";
import { officially } from "../record/official.ts";
import { ids, type Scene, settled } from "../record/story.ts";
import { newVolunteer, newVolunteers } from "../support/gateway.ts";
import { workerOf } from "../worker/worker.ts";
import { leftOver, outcomes, scene, waiting } from "./scene.ts";

/* What somebody answers who was asked for a new campaign, whatever has become of them since. */

const boosters = "boosters" as CampaignId;
const text = "2021-11";

let world: Scene;
afterEach(() => world.close());

/** These people are on the list and asked whether they come along; each token is its person's. */
const asked = async (people: NewVolunteer[]): Promise<string[]> => {
  world = await scene(people);
  await world.database.sql`update bindings set platform = null`;
  const mails: Letter[] = [];
  const { drain } = workerOf(world, {
    notify: async (letter) => {
      mails.push(letter);
      return { at: world.clock.now(), channel: "email" };
    },
  });
  await orderCampaign(
    world.deps,
    {
      ...{ id: boosters, regions: ["wallonia" as RegionId], startsAt: world.clock.now() },
      name: { fr: "rappel", nl: "booster", de: "Auffrischung", en: "boosters" },
      policy: { consentText: text, intervalDays: 120, vaccines: ["moderna"] },
    },
    "agency",
  );
  await drain();
  return people.map(({ contact }) => {
    const own = mails.find(
      ({ contact: to, letter }) => letter.about === "renewal" && to.email === contact.email,
    );
    return /renew#(\S+)/.exec(own?.letter.body ?? "")?.[1] ?? "";
  });
};

const yes = (token = "") => acceptRenewal(world.deps, token, { textVersion: text, given: true });
const renewed = () =>
  world.database.sql<
    { id: VolunteerId; state: string; closedFor: string | null; lastDoseOn: string | null }[]
  >`
    select id, state, closed_for as "closedFor", last_dose_on::text as "lastDoseOn"
    from volunteers where campaign = ${boosters}`;
const callsForBoosters = async () =>
  settled(world, (await leftOver(world, 1, { campaign: boosters, vaccine: "moderna" })).id);

const someone = newVolunteer();

test("six yeses and six noes at once are one answer, and whoever said no may still say yes", async () => {
  const [token] = await asked([someone]);
  const said = await outcomes([
    ...Array.from({ length: 6 }, () => yes(token)),
    ...Array.from({ length: 6 }, () => declineRenewal(world.deps, token ?? "")),
  ]);
  for (const each of said) expect(["done", "invitation_answered"]).toContain(each);
  await haltAsking(world.deps, boosters, "agency").catch(() => undefined);
  await yes(token);
  expect(await renewed()).toHaveLength(1);
});

test("whoever has an official appointment by then is registered, not called, and back once it is given back", async () => {
  const [token] = await asked([someone]);
  await officially(world, someone, { kind: "booked" });
  expect(await yes(token)).toMatchObject({ state: "yes" });
  expect(await renewed()).toMatchObject([{ state: "active", closedFor: "official" }]);
  expect(await callsForBoosters()).toEqual([]);
  const puts = await world.database.sql`select from outbox where effect->>'kind' = 'roster-put'`;
  expect(puts).toHaveLength(0);
  world.clock.advance(1);
  await officially(world, someone, { kind: "declined" });
  expect(await callsForBoosters()).toEqual((await renewed()).map(({ id }) => id));
});

test("an appointment accepted longer ago than the interval was for a dose of before, and keeps nobody from being called", async () => {
  const [token] = await asked([someone]);
  await officially(world, someone, { kind: "booked", at: "2020-12-01T10:00:00.000Z" as Instant });
  await yes(token);
  expect(await renewed()).toMatchObject([{ state: "active", closedFor: null }]);
});

test("an official dose of before counts from the day on which it was given, whenever it was heard of", async () => {
  const [token] = await asked([someone]);
  await officially(world, someone, { kind: "vaccinated", at: "2021-04-02T10:00:00.000Z" as Instant });
  expect((await volunteers.byId(world.deps.db, ids(world)[0] as VolunteerId))?.lastDoseOn).toBe("2021-04-02");
  await yes(token);
  expect(await renewed()).toMatchObject([{ state: "active", closedFor: null, lastDoseOn: "2021-04-02" }]);
});

test("an official appointment that is told while somebody says yes ends what the yes makes", async () => {
  const [token] = await asked([someone]);
  const { sql } = world.database;
  let taking: Promise<unknown> | undefined;
  await sql.begin(async (held) => {
    // The yes waits for its place in the queue, its person locked; the appointment waits for the person.
    await held`lock table queue in access exclusive mode`;
    taking = Promise.all([
      yes(token),
      waiting(world, 1).then(() => officially(world, someone, { kind: "booked" })),
    ]);
    await waiting(world, 2);
  });
  await taking;
  expect(await renewed()).toMatchObject([{ closedFor: "official" }]);
});

const merged = async (): Promise<VolunteerId> => {
  const [first, second] = await volunteers.lockAll(world.deps.db, ids(world));
  if (!first || !second) throw new Error("nobody is registered");
  const found = { score: 30, reasons: [], foundAt: world.clock.now(), campaign: first.campaign };
  const id = world.deps.uuid() as PairId;
  await pairs.note(world.deps.db, { ...found, id, between: [first, second] });
  return (await mergePair(world.deps, id, "agency")).stays as VolunteerId;
};

test("two letters to one person, merged since, come to one registration, which ends with the number of either", async () => {
  const two = newVolunteers(2);
  const tokens = await asked(two);
  await merged();
  await Promise.all(tokens.map(yes));
  expect(await renewed()).toHaveLength(1);
  world.clock.advance(1);
  for (const each of two) {
    await officially(world, each, { kind: "booked" });
    expect(await renewed()).toMatchObject([{ state: "closed", closedFor: "official" }]);
    world.clock.advance(1);
    await officially(world, each, { kind: "declined" });
    expect(await renewed()).toMatchObject([{ state: "active", closedFor: null }]);
    world.clock.advance(1);
  }
});

test("one who was registered before the merge is the one that the other letter's yes comes to", async () => {
  const two = newVolunteers(2);
  const tokens = await asked(two);
  const stays = await merged();
  await world.database.sql`update volunteers set repeat_of = null`;
  const goes = ids(world).findIndex((id) => id !== stays);
  await yes(tokens[goes]);
  await world.database.sql`
    update volunteers set repeat_of = ${stays} where id <> ${stays} and campaign <> ${boosters}`;
  await yes(tokens[1 - goes]);
  expect(await renewed()).toHaveLength(1);
});

test("who has left or died since is told so, and nothing of them is stored", async () => {
  const two = newVolunteers(2);
  const tokens = await asked(two);
  await withdraw(world.deps, world.registered[0]?.token ?? "", "volunteer");
  world.clock.advance(1);
  await officially(world, two[1] ?? someone, { kind: "died" });
  expect(await outcomes(tokens.map(yes))).toEqual(["not_on_list", "not_on_list"]);
  expect(await renewed()).toEqual([]);
});
