import { afterEach, beforeEach, expect, test } from "vitest";
import { personForRoster } from "../../gateway/flows/carry.ts";
import { giveConsent, readConsentText, withdrawConsent } from "../../gateway/flows/consents.ts";
import { change, read } from "../../gateway/flows/manage.ts";
import * as campaigns from "../../gateway/store/campaigns.ts";
import type { CampaignId, RegionId } from "../../schema/primitives.ts";
import { newVolunteer } from "../support/gateway.ts";
import { register } from "../support/register.ts";
import { ask, broken, nothing, scene } from "./scene.ts";

/* Consent per purpose: with its text, its language and its moment, and a withdrawal that acts at once. */

let world: Awaited<ReturnType<typeof scene>>;
beforeEach(async () => {
  world = await scene();
});
afterEach(() => world.close());

const helper = { name: "Maison de quartier", contact: { email: "aide@example.org", mobile: "+32470000009" } };
const joined = () =>
  register(world.deps, newVolunteer({ born: "1941-02-03", helper, language: "de" }), "volunteer");

test("each purpose says its text, its language and its moment, also once the person reads another language", async () => {
  const { token } = await joined();
  await change(world.deps, token, { language: "fr" });
  const items = await withdrawConsent(world.deps, { token, purpose: "next-campaign" });
  expect(
    items.map(({ purpose, textVersion, language, withdrawnAt }) => [
      purpose,
      textVersion,
      language,
      !withdrawnAt,
    ]),
  ).toEqual([
    ["called", "2021-04", "de", true],
    ["next-campaign", "2021-04", "de", false],
    ["share", "2021-04", "de", true],
    ["helper", "2021-04", "de", true],
  ]);
});

test("the text of a version is read in four languages, and another version is not there", async () => {
  const { texts } = await readConsentText(world.deps, "2021-04");
  expect(new Set(Object.keys(texts))).toEqual(new Set(["fr", "nl", "de", "en"]));
  await expect(readConsentText(world.deps, "1999-01")).rejects.toMatchObject({ code: "not_found" });
});

test("who does not want to be called any more is asked no more, and the dose that was held is free", async () => {
  const { token, volunteer } = await joined();
  const { surplus, asked } = await ask(world, 1);
  expect(asked).toHaveLength(1);
  await withdrawConsent(world.deps, { token, purpose: "called" });
  const doses = await world.database.sql`select state from doses where surplus = ${surplus.id}`;
  expect(doses.map(({ state }) => state)).toEqual(["free"]);
  expect(await world.database.sql`select from queue where volunteer = ${volunteer.id}`).toHaveLength(0);
  expect(await broken(world)).toEqual(nothing);
});

test("who does not want to be handed on belongs on no list, and on theirs again once they do", async () => {
  const { token, volunteer } = await joined();
  expect((await personForRoster(world.deps, volunteer.id))?.rosters).toEqual(["qvax"]);
  await world.database.sql`insert into identities (platform, external_id, volunteer, checked_at, valid_at)
    values ('qvax', 'QX-1', ${volunteer.id}, now(), now())`;
  await withdrawConsent(world.deps, { token, purpose: "share" });
  expect((await personForRoster(world.deps, volunteer.id))?.rosters).toEqual([]);
  const leaves = await world.database.sql`select from outbox where effect->>'kind' = 'roster-leave'`;
  expect(leaves).toHaveLength(1);
  await giveConsent(world.deps, { token, purpose: "share", textVersion: "2021-04" });
  expect((await personForRoster(world.deps, volunteer.id))?.rosters).toEqual(["qvax"]);
});

test("who does not want to be kept for a later campaign is not asked for it", async () => {
  const { token } = await joined();
  const reachable = async () => {
    const span = { campaign: "later" as CampaignId, origin: "covid-2021" as CampaignId, limit: 9 };
    const members = await campaigns.members(world.deps.db, { ...span, regions: ["wallonia" as RegionId] });
    return members.map(({ isReachable }) => isReachable);
  };
  expect(await reachable()).toEqual([true]);
  await withdrawConsent(world.deps, { token, purpose: "next-campaign" });
  expect(await reachable()).toEqual([false]);
});

test("a helper is forgotten where the person does not want one any more, and can be reached otherwise", async () => {
  const { token } = await joined();
  await withdrawConsent(world.deps, { token, purpose: "helper" });
  const shown = await read(world.deps, token);
  expect(shown.helper).toBeUndefined();
  const digest = world.deps.vault.digest("contact", "aide@example.org");
  const rows = await world.database.sql`select from volunteers where ${digest} = any(contact_digests)`;
  expect(rows).toHaveLength(0);
});
