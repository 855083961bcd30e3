import { afterEach, beforeEach, expect, test } from "vitest";
import { announce } from "../../gateway/flows/announce.ts";
import { answer } from "../../gateway/flows/answer.ts";
import { attend } from "../../gateway/flows/attend.ts";
import {
  haltAsking,
  orderCampaign,
  readCampaign,
  resumeAsking,
  takeBackCampaign,
} from "../../gateway/flows/campaigns/order.ts";
import { rehearseCampaign } from "../../gateway/flows/campaigns/rehearse.ts";
import { acceptRenewal, declineRenewal, readRenewal } from "../../gateway/flows/campaigns/renew.ts";
import type { Letter } from "../../gateway/flows/letter.ts";
import { withdraw } from "../../gateway/flows/manage.ts";
import { whoIsComing } from "../../gateway/flows/watch.ts";
import type { NewCampaign } from "../../schema/campaign.ts";
import { type CampaignId, plusMinutes, type RegionId, type SurplusId } from "../../schema/primitives.ts";
import type { NewSurplus } from "../../schema/surplus.ts";
import type { NewVolunteer } from "../../schema/volunteer.ts";
import { broken, charleroi, nothing, ruled } from "../flows/scene.ts";
import { newVolunteers, seedFederation, type TestDeps, testDeps } from "../support/gateway.ts";
import { readInPerson } from "../support/in-person.ts";
import { register } from "../support/register.ts";
import { workerOf } from "../worker/worker.ts";

/* The list reopened for boosters with an outage on the first morning, and everyone had to register anew. */

const boosters = "booster-2021" as CampaignId;
const text = "2021-11";
const day = 24 * 60;

const mails: Letter[] = [];
let channelIsDown = false;
let world: TestDeps;
let worker: ReturnType<typeof workerOf>;
beforeEach(async () => {
  world = await testDeps();
  await seedFederation(world.deps);
  await ruled(world, { standby: false });
  await world.database.sql`update bindings set platform = null`;
  mails.length = 0;
  channelIsDown = false;
  worker = workerOf(world, {
    notify: async (letter) => {
      if (channelIsDown) throw Object.assign(new Error("down"), { fault: "unavailable" });
      mails.push(letter);
      return { at: world.clock.now(), channel: "email" };
    },
  });
});
afterEach(() => world.close());

const people = async (all: NewVolunteer[]) => {
  const registered = [];
  for (const one of all) registered.push(await register(world.deps, one, "volunteer"));
  await worker.drain();
  return registered;
};

const campaign = (change: Partial<NewCampaign> = {}): NewCampaign => ({
  id: boosters,
  name: { fr: "dose de rappel", nl: "boosterprik", de: "Auffrischung", en: "boosters" },
  regions: ["wallonia" as RegionId],
  policy: { consentText: text, intervalDays: 120, vaccines: ["moderna"] },
  startsAt: world.clock.now(),
  ...change,
});

const order = async (change: Partial<NewCampaign> = {}) => {
  await orderCampaign(world.deps, campaign(change), "agency");
  await worker.drain();
};

const pass = async (minutes: number) => {
  world.clock.advance(minutes);
  await worker.drain();
};

const tokenIn = (letter: Letter | undefined, page: "renew" | "answer") =>
  new RegExp(`/${page}#(\\S+)`).exec(letter?.letter.body ?? "")?.[1] ?? "";
const asking = () => mails.filter(({ letter }) => letter.about === "renewal");
const askedAt = (email: string | undefined) => asking().filter(({ contact }) => contact.email === email);
const yes = (token: string) => acceptRenewal(world.deps, token, { textVersion: text, given: true });
const progress = async () => (await readCampaign(world.deps, boosters)).asking;
const inBoosters = async () =>
  Number((await world.database.sql`select count(*) from volunteers where campaign = ${boosters}`)[0]?.count);

const leftOver = async (wish: Partial<NewSurplus> = {}): Promise<SurplusId> => {
  const usableUntil = plusMinutes(world.clock.now(), 240);
  const input = { centre: charleroi, vaccine: "moderna" as const, doses: 1, usableUntil, ...wish };
  const { id } = await announce(world.deps, input, "staff");
  await worker.drain();
  return id;
};

/** Whoever was written to last says yes, comes, and has the dose. */
const vaccinated = async (wish: Partial<NewSurplus> = {}) => {
  const id = await leftOver(wish);
  await answer(world.deps, tokenIn(mails.at(-1), "answer"), "yes");
  await worker.drain();
  const [expected] = await whoIsComing(world.deps, id);
  if (!expected) throw new Error("nobody comes");
  await attend(world.deps, expected.booking.id, { outcome: "attended" }, "staff");
  await worker.drain();
};

test("F18: everyone of the earlier campaign is asked once, and is registered by one tap with all that they had entered", async () => {
  const wish = { conditions: ["at-risk" as const], vaccines: ["moderna" as const], language: "nl" as const };
  const all = newVolunteers(30, wish);
  const [eldest] = await people(all);
  await order();
  const written = asking().map(({ contact }) => contact.email);
  expect([written.length, new Set(written)]).toEqual([30, new Set(all.map(({ contact }) => contact.email))]);
  expect(await inBoosters()).toBe(0);
  const [letter] = askedAt(all[0]?.contact.email);
  expect(letter?.letter.subject).toContain("boosterprik");
  const token = tokenIn(letter, "renew");
  expect(await readRenewal(world.deps, token)).toMatchObject({ state: "asked", consentText: text });
  expect(await yes(token)).toMatchObject({ state: "yes" });
  expect(await yes(token)).toMatchObject({ state: "yes" });
  await worker.drain();
  expect(await inBoosters()).toBe(1);
  const manage = /#(\S+)/.exec(mails.at(-1)?.letter.body ?? "")?.[1] ?? "";
  const birthDate = eldest?.volunteer.birthDate ?? "";
  const renewed = await readInPerson(world.deps, manage, birthDate);
  const { id: _, consent, registeredAt: __, ...kept } = renewed;
  const before = eldest && (await readInPerson(world.deps, eldest.token, birthDate));
  expect(before).toMatchObject(kept);
  expect([renewed.id === before?.id, consent.textVersion]).toEqual([false, text]);
  expect(await progress()).toMatchObject({
    state: "done",
    total: 30,
    written: 30,
    yes: 1,
    no: 0,
    silent: 29,
  });
});

test("F18: no and silence leave nothing in the new campaign, and no one is asked twice", async () => {
  const all = newVolunteers(3);
  await people(all);
  await order();
  await declineRenewal(world.deps, tokenIn(asking()[0], "renew"));
  await haltAsking(world.deps, boosters, "agency").catch(() => undefined);
  await pass(day);
  expect([asking().length, await inBoosters()]).toEqual([3, 0]);
  expect(await progress()).toMatchObject({ yes: 0, no: 1, silent: 2 });
});

test("F18: a rehearsal counts who would be asked and who would not, and nobody is written to", async () => {
  const [first, , third, , fifth] = await people(newVolunteers(5));
  await people(newVolunteers(2, { born: "1990-01-01" }));
  await withdraw(world.deps, first?.token ?? "", "volunteer");
  await world.database
    .sql`update volunteers set contact_digests = '{}' where id = ${third?.volunteer.id ?? ""}`;
  await world.database.sql`
    update volunteers set state = 'closed', closed_for = 'died' where id = ${fifth?.volunteer.id ?? ""}`;
  await vaccinated();
  const { policy } = campaign();
  const wish = campaign({ policy: { ...policy, order: [{ name: "65+", fromAge: 65, toAge: 130 }] } });
  const before = mails.length;
  expect(await rehearseCampaign(world.deps, wish)).toEqual({
    ...{ asked: 2, callableLater: 1 },
    notAsked: expect.arrayContaining([
      { reason: "left", people: 1 },
      { reason: "died", people: 1 },
      { reason: "no-contact", people: 1 },
      { reason: "outside-policy", people: 2 },
    ]),
  });
  expect([mails.length, await inBoosters()]).toEqual([before, 0]);
  await orderCampaign(world.deps, wish, "agency");
  await worker.drain();
  expect(asking()).toHaveLength(2);
});

test("F18: whoever was vaccinated is asked as well, and called only once the interval is over", async () => {
  const [someone] = newVolunteers(1);
  await people([someone as NewVolunteer]);
  await vaccinated();
  await order();
  const token = tokenIn(askedAt(someone?.contact.email)[0], "renew");
  expect(await yes(token)).toMatchObject({ callableFrom: "2021-08-14" });
  await worker.drain();
  const called = () => mails.filter(({ letter }) => letter.about === "invitation").length;
  expect(called()).toBe(1);
  await leftOver({ campaign: boosters });
  expect(called()).toBe(1);
  await pass(120 * day);
  await vaccinated({ campaign: boosters });
  expect(called()).toBe(2);
});

test("F18: doses look for people of their own campaign, and of the first where none is named", async () => {
  const all = newVolunteers(2);
  await people(all);
  await order();
  await yes(tokenIn(askedAt(all[1]?.contact.email)[0], "renew"));
  await worker.drain();
  await leftOver();
  expect(mails.at(-1)?.contact.email).toBe(all[0]?.contact.email);
  await leftOver({ campaign: boosters });
  expect(mails.at(-1)?.contact.email).toBe(all[1]?.contact.email);
  await expect(leftOver({ campaign: boosters, vaccine: "pfizer" })).rejects.toMatchObject({
    ...{ code: "policy_refuses", issues: [{ at: "/vaccine" }] },
  });
  await expect(leftOver({ campaign: "flu-2021" as CampaignId })).rejects.toMatchObject({
    ...{ code: "policy_refuses", issues: [{ at: "/campaign" }] },
  });
});

test("F18: nobody is asked or promised a dose in two campaigns at once", async () => {
  const [someone] = newVolunteers(1);
  await people([someone as NewVolunteer]);
  await order();
  await yes(tokenIn(askedAt(someone?.contact.email)[0], "renew"));
  await worker.drain();
  const surplus = await leftOver();
  await leftOver({ campaign: boosters });
  const invitations = () => mails.filter(({ letter }) => letter.about === "invitation");
  expect(invitations()).toHaveLength(1);
  await answer(world.deps, tokenIn(invitations()[0], "answer"), "yes");
  await worker.drain();
  await leftOver({ campaign: boosters });
  expect(invitations()).toHaveLength(1);
  const { sql } = world.database;
  const second = sql`
    insert into bookings (id, region, campaign, centre, surplus, volunteer, state, at, promised_at)
    select gen_random_uuid(), region, campaign, 'charleroi', ${surplus}, id, 'promised', now(), now()
    from volunteers where campaign = ${boosters}`;
  await expect(second).rejects.toMatchObject({ constraint_name: "one_promise_per_person" });
  expect(await broken(world)).toEqual(nothing);
});

test("F18: with the mail server down nobody is lost and nobody is written to twice", async () => {
  const all = newVolunteers(150);
  await people(all);
  channelIsDown = true;
  await order();
  expect(asking()).toHaveLength(0);
  expect(await progress()).toMatchObject({ state: "running", written: 0 });
  expect((await progress())?.waiting).toBeLessThanOrEqual(500);
  channelIsDown = false;
  for (let minutes = 0; minutes < 12; minutes += 1) await pass(5);
  expect(new Set(asking().map(({ contact }) => contact.email)).size).toBe(150);
  expect(asking()).toHaveLength(150);
  expect(await progress()).toMatchObject({ state: "done", written: 150, waiting: 0 });
});

test("F18: what has not begun can be taken back; what runs is halted and resumed", async () => {
  await people(newVolunteers(2));
  const startsAt = plusMinutes(world.clock.now(), 60);
  await order({ startsAt });
  expect(asking()).toHaveLength(0);
  await haltAsking(world.deps, boosters, "agency");
  await pass(61);
  expect(asking()).toHaveLength(0);
  await expect(takeBackCampaign(world.deps, boosters, "agency")).rejects.toMatchObject({
    code: "campaign_begun",
  });
  await resumeAsking(world.deps, boosters, "agency");
  await worker.drain();
  expect(asking()).toHaveLength(2);
  const autumn = { id: "autumn" as CampaignId, startsAt: plusMinutes(world.clock.now(), 60) };
  await order(autumn);
  await takeBackCampaign(world.deps, autumn.id, "agency");
  await pass(61);
  expect(asking()).toHaveLength(2);
});
