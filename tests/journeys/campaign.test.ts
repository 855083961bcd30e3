import { afterAll, beforeAll, expect, test } from "vitest";
import { people } from "../../adapters/kit/people.ts";
import type { Campaign, CampaignRehearsal } from "../../schema/campaign.ts";
import { type CentreId, plusMinutes } from "../../schema/primitives.ts";
import type { Expected, Surplus } from "../../schema/surplus.ts";
import { broken, nothing } from "../flows/scene.ts";
import { openScene, type Scene } from "./scene.ts";

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const charleroi = "charleroi" as CentreId;
const count = 130;

const announce = (doses: number, campaign?: string) =>
  scene.client.post<Surplus>("/v1/surpluses", {
    body: {
      centre: charleroi,
      vaccine: "moderna",
      doses,
      usableUntil: plusMinutes(scene.now(), 300),
      campaign,
    },
  });

const post = (fields: Record<string, string>) =>
  fetch(`${scene.url}/renew`, { method: "POST", body: new URLSearchParams(fields) });

/** The link in each letter that asks, by the address it went to. */
const links = () =>
  scene.sandbox.postOffice.list({ limit: 5000 }).flatMap(({ to, text }) => {
    const link = /\S+\/renew#\S+/.exec(text)?.[0];
    return link ? [{ to, link }] : [];
  });

const mail = (down: boolean) => {
  for (const channel of ["email", "sms"] as const) scene.sandbox.postOffice.break(channel, { down });
};

/** Closes the mail server as soon as so many letters have arrived. */
const closeAfter = (letters: number) => {
  const watch = setInterval(() => {
    if (links().length < letters) return;
    mail(true);
    clearInterval(watch);
  }, 2);
  return () => clearInterval(watch);
};

const progress = async () => (await scene.operator.get<Campaign>("/v1/campaigns/booster-2021")).asking;

const passing = async (turns: number) => {
  for (let turn = 0; turn < turns; turn += 1) await scene.pass(5);
};

/** Lets time pass until there is what is looked for. */
const until = async <Found>(look: () => Found | undefined | Promise<Found | undefined>): Promise<Found> => {
  for (let turn = 0; turn < 12; turn += 1) {
    const found = await look();
    if (found !== undefined) return found;
    await scene.pass(5);
  }
  throw new Error("it never came");
};

/** The eldest of the list says yes on their platform, comes, and has the dose. */
const vaccinateOne = async () => {
  const { client, pass, platform } = scene;
  const { id } = await announce(1);
  const { bench } = platform("qvax");
  const asked = await until(() => bench.invitations?.().find(({ state }) => state === "open"));
  bench.answer?.({ invitation: asked.invitation, answer: "yes" });
  const expected = () => client.get<{ items: Expected[] }>(`/v1/surpluses/${id}/expected`);
  const coming = await until(async () => (await expected()).items[0]);
  await client.patch(`/v1/bookings/${coming.booking.id}`, { outcome: "attended" });
  await pass(1);
};

test("F18: a campaign begins with the people of a platform's list: a mail server and the platform go down midway, and nobody is lost, asked twice or registered without a yes", async () => {
  const { operator, pass, platform, database, now } = scene;
  const qvax = platform("qvax");
  qvax.bench.addPeople(people(count, charleroi));
  await passing(2);
  await vaccinateOne();
  const body = {
    ...{ id: "booster-2021", regions: ["wallonia"], startsAt: now() },
    name: { fr: "dose de rappel", nl: "boosterprik", de: "Auffrischung", en: "boosters" },
    policy: { consentText: "2021-11", intervalDays: 120, vaccines: ["moderna"] },
  };
  const rehearsal = await operator.post<CampaignRehearsal>("/v1/campaigns/rehearsal", { body });
  expect(rehearsal).toEqual({ asked: count, callableLater: 1, notAsked: [] });

  qvax.faults.plan(({ nth }) => (nth % 5 === 0 ? { kind: "lost-reply" } : undefined));
  const stopWatching = closeAfter(40);
  await operator.post("/v1/campaigns", { body });
  await pass(0);
  stopWatching();
  expect(links().length).toBeLessThan(count);
  expect(await progress()).toMatchObject({ state: "running" });
  mail(false);
  await passing(16);
  expect(await progress()).toMatchObject({ state: "done", written: count, waiting: 0, unreachable: 0 });
  expect([links().length, new Set(links().map(({ to }) => to)).size]).toEqual([count, count]);
  const registered = () =>
    database.sql`select id, last_dose_on from volunteers where campaign = 'booster-2021'`;
  expect(await registered()).toHaveLength(0);

  await qvax.pause();
  const willing = links().filter((_, index) => index % 2 === 0 || index > count - 10);
  for (const { link } of willing) {
    expect((await post({ link })).status).toBe(200);
    expect(await (await post({ link, textVersion: "2021-11" })).text()).toContain('class="notice good"');
  }
  const [silent] = links().filter(({ link }) => !willing.some((each) => each.link === link));
  await post({ link: silent?.link ?? "", textVersion: "2021-11", answer: "no" });
  await pass(1);
  expect(await registered()).toHaveLength(willing.length);
  await qvax.resume();
  await passing(24);
  qvax.faults.lift();
  await passing(12);
  expect(await progress()).toMatchObject({ yes: willing.length, no: 1 });
  const offTheList = await database.sql`
    select id from volunteers v where campaign = 'booster-2021'
    and not exists (select from identities where volunteer = v.id)`;
  expect(offTheList).toHaveLength(0);
  expect(qvax.bench.people()).toHaveLength(count);

  const { id } = await announce(3, "booster-2021");
  await passing(1);
  const asked = await database.sql`
    select v.campaign, v.last_dose_on from invitations i join volunteers v on v.id = i.volunteer where surplus = ${id}`;
  expect(asked.length).toBeGreaterThanOrEqual(3);
  expect(asked.every(({ campaign, last_dose_on: dosed }) => campaign === "booster-2021" && !dosed)).toBe(
    true,
  );
  expect(await broken({ database } as Parameters<typeof broken>[0])).toEqual(nothing);
}, 300_000);
