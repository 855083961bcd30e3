import { linkAudit } from "../../gateway/flows/audit/link.ts";
import { eraseOwn } from "../../gateway/flows/erasure/account.ts";
import { keepAccount } from "../../gateway/flows/reconcile.ts";
import { publishWeek } from "../../gateway/flows/releases/publish.ts";
import { writeDay } from "../../gateway/flows/reports/write.ts";
import type { Route } from "../../gateway/http/permissions.ts";
import * as renewals from "../../gateway/store/renewals.ts";
import { BindingChange } from "../../schema/binding.ts";
import type { RenewalId } from "../../schema/campaign.ts";
import { type CampaignId, localDay, PlatformName, plusMinutes } from "../../schema/primitives.ts";
import { Policy } from "../../schema/region.ts";
import { Expected } from "../../schema/surplus.ts";
import type { NewWebhook } from "../../schema/webhook.ts";
import { newVolunteer, newVolunteers } from "../support/gateway.ts";
import { listsInFiles } from "./lists-in-files.ts";
import { announced, invited, leftover, listOf, paired, registered, type Scene } from "./scene.ts";
import { aWebhook } from "./webhook-there.ts";

/** One request to a route, about something in Charleroi or Binche in Wallonia that is there. */
export type Asked = {
  json?: unknown;
  body?: string;
  headers?: Record<string, string>;
  /** What stands in the address for each of its parameters, and after it. */
  path?: Record<string, string>;
  query?: string;
  /** What whoever reaches the place finds in the answer, where others are answered too, without it. */
  shows?: string | RegExp;
  /** Makes it be there again, where the request ends it. */
  before?(): Promise<unknown>;
};

const boosters = (scene: Scene, id = "booster-2021") => ({
  ...{ id, regions: ["wallonia"], startsAt: plusMinutes(scene.clock.now(), 60) },
  name: { fr: "dose de rappel", nl: "boosterprik", de: "Auffrischung", en: "boosters" },
  policy: { consentText: "2021-11", intervalDays: 120 },
});

const moving = (scene: Scene) => ({
  ...{ region: "wallonia", centre: "namur", roles: ["roster"], platform: "local-list" },
  from: plusMinutes(scene.clock.now(), 60),
});

/** What the requests are about, and the tokens of whom it belongs to. */
const prepared = async (scene: Scene) => {
  const pair = await paired(scene);
  const surplus = (await announced(scene, 5)).id;
  const { id: invitation, token: answer } = await invited(scene, surplus);
  await scene.send("POST", "/v1/invitation/accept", { token: answer });
  const coming = `/v1/surpluses/${surplus}/expected`;
  const [expected] = (await scene.read(listOf(Expected), "GET", coming, { as: "staff" })).items;
  await scene.database.sql`update invitations set channel = 'telephone' where id = ${invitation}`;
  // Whoever takes themselves off the list, and whoever is asked again, is none of those whom the rest is about.
  const { token: manage } = await registered(scene, newVolunteer());
  const { volunteer } = await registered(scene, newVolunteer({ serial: 998 }));
  const begun = { ...boosters(scene), startsAt: scene.clock.now() };
  await scene.send("POST", "/v1/campaigns", { as: "operator", json: begun });
  const ordered = { as: "operator", json: moving(scene) } as const;
  const change = (await scene.read(BindingChange, "POST", "/v1/bindings", ordered)).id;
  const renewal = scene.deps.token();
  await renewals.addAll(scene.deps.db, [
    {
      id: scene.deps.uuid() as RenewalId,
      campaign: "booster-2021" as CampaignId,
      volunteer: volunteer.id,
      tokenDigest: scene.deps.vault.digest("token", renewal),
      tryAt: scene.clock.now(),
    },
  ]);
  const account = { platform: PlatformName.parse("posting"), at: scene.clock.now(), compared: 0, equal: 0 };
  await keepAccount(scene.deps, { ...account, inFlight: 0, mended: {}, reported: [] });
  const forgotten = await registered(scene, newVolunteer({ born: "1935-05-05" }));
  const { erasure, token: ofErasure } = await eraseOwn(scene.deps, forgotten.token, "volunteer");
  const leaver = (await registered(scene, newVolunteer({ born: "1936-06-06" }))).volunteer.id;
  await scene.database.sql`insert into message_counts (region, scope, key, from_at, count)
    values ('wallonia', 'region', '', ${scene.clock.now()}, 1)`;
  const tokens = { manage, answer, renewal, erasure: ofErasure };
  return {
    leaver,
    erasure: erasure.id,
    pair,
    surplus,
    invitation,
    change,
    booking: expected?.booking.id ?? "",
    tokens,
  };
};

const consent = { textVersion: "2021-04", given: true };

/** A request to every route, and the tokens with which a volunteer comes to their own. */
export const requestsTo = async (scene: Scene) => {
  const { leaver, erasure, pair, surplus, invitation, change, booking, tokens } = await prepared(scene);
  const [now, window] = [scene.clock.now(), plusMinutes(scene.clock.now(), 1440)];
  // What happened is told once its lines are linked.
  while (await linkAudit(scene.deps));
  const aSurplus = { path: { id: surplus } };
  const aPair = { path: { id: pair } };
  const aChange = { path: { id: change } };
  const aCampaign = { path: { id: "booster-2021" } };
  const lists = await listsInFiles(scene);
  const wallonia = { path: { region: "wallonia" } };
  const aList = { path: { platform: "local-list" } };
  const csv = { "content-type": "text/csv" };
  const key = { label: "door", role: "staff" };
  const why = { reason: "person-asks", words: "They ask what we have" };
  const batch = {
    registrations: newVolunteers(1, { born: "1933-03-03" }).map((volunteer) => ({ volunteer })),
  };
  const hook: NewWebhook = {
    address: "https://reports.example.org/everydose",
    types: ["everydose.surplus.*"],
  };
  const aHook = await aWebhook(scene, hook);
  const { rules } = await scene.read(Policy, "GET", "/v1/regions/wallonia/policy");
  const today = localDay(scene.clock.now());
  const released = { dataset: "doses-by-region", day: "2021-04-12", format: "csv" };
  await writeDay(scene.deps, today);
  await publishWeek(scene.deps, released.day);
  const requests: Record<Route, Asked> = {
    "POST /v1/volunteers": { json: newVolunteer({ born: "1931-01-01" }) },
    "POST /v1/volunteers/recover": { json: { contact: { email: "nobody@example.org" } } },
    "GET /v1/regions": {},
    "GET /v1/regions/{region}": wallonia,
    "GET /v1/regions/{region}/policy": wallonia,
    "GET /v1/centres": {},
    "GET /v1/centres/{centre}": { path: { centre: "charleroi" } },
    "GET /v1/slots": { query: `?from=${now}&until=${window}` },
    "GET /v1/live": {},
    "GET /v1/today": {},
    "GET /v1/platforms": {},
    "GET /v1/figures": {},
    "GET /v1/figures.csv": {},
    "GET /v1/releases": {},
    "GET /v1/releases/{dataset}/{day}/{format}": { path: released },
    "GET /v1/releases/{dataset}/{day}/versions/{version}/{format}": { path: { ...released, version: "1" } },
    "GET /health": {},
    "GET /v1/volunteer": {},
    "GET /v1/volunteer/standing": {},
    "POST /v1/volunteer/session": { json: { birthDate: "1950-01-15" } },
    "PATCH /v1/volunteer": { json: { language: "de" } },
    "POST /v1/volunteer/pause": {},
    "POST /v1/volunteer/resume": {},
    "POST /v1/volunteer/consent": { json: consent },
    "POST /v1/volunteer/withdraw": {},
    "POST /v1/volunteer/erase": {
      json: { erase: true },
      // The token opened a registration that has left the list since: here it opens another.
      before: () => scene.database.sql`
        insert into tokens (digest, purpose, volunteer, issued_at)
        values (${scene.deps.vault.digest("token", tokens.manage)}, 'manage', ${leaver}, now())
        on conflict (digest) do update set volunteer = excluded.volunteer, revoked_at = null`,
    },
    "GET /v1/volunteer/data": {},
    "GET /v1/volunteer/export": {},
    "POST /v1/volunteer/correct": { json: { givenName: "Jean" } },
    "POST /v1/volunteer/consents/{purpose}/withdraw": { path: { purpose: "next-campaign" } },
    "POST /v1/volunteer/consents/{purpose}/give": { path: { purpose: "next-campaign" }, json: consent },
    "GET /v1/erasure": {},
    "GET /v1/consent-texts/{version}": { path: { version: "2021-04" } },
    "GET /v1/erasures": { shows: erasure },
    "GET /v1/erasures/{id}": { path: { id: erasure } },
    "POST /v1/erasures/{id}/receipts/{receipt}/done": { path: { id: erasure, receipt: "1" } },
    "GET /v1/retention": { query: "?until=2040-01-01T00:00:00.000Z", shows: "wallonia" },
    "GET /v1/letters": { shows: "wallonia" },
    "GET /v1/invitation": {},
    "POST /v1/invitation/accept": {},
    "POST /v1/invitation/decline": {},
    "POST /v1/invitation/cancel": {},
    "GET /v1/renewal": {},
    "POST /v1/renewal/accept": { json: { ...consent, textVersion: "2021-11" } },
    "POST /v1/renewal/decline": {},
    "POST /v1/platforms/{platform}/events": { path: { platform: "posting" }, body: "[]" },
    "POST /v1/volunteers/batch": { json: batch, shows: /"status":(201|422)/ },
    "POST /v1/surpluses": { json: leftover(scene) },
    "PATCH /v1/surpluses/{id}": { ...aSurplus, json: { doses: 5 } },
    "POST /v1/surpluses/{id}/cancel": aSurplus,
    "POST /v1/surpluses/{id}/walk-ins": aSurplus,
    "POST /v1/bookings/{id}/card": { path: { id: booking }, json: { outcome: "refused" } },
    "POST /v1/bookings/{id}/reveal": { path: { id: booking }, json: why },
    "PATCH /v1/bookings/{id}": { path: { id: booking }, json: { outcome: "attended" } },
    "GET /v1/surpluses": { shows: surplus, query: "?limit=100" },
    "GET /v1/surpluses/{id}": aSurplus,
    "GET /v1/surpluses/{id}/steps": aSurplus,
    "GET /v1/surpluses/{id}/expected": aSurplus,
    "GET /v1/centres/{centre}/evening": { path: { centre: "charleroi" } },
    "GET /v1/centres/{centre}/live": { path: { centre: "charleroi" } },
    "GET /v1/appointments": { query: "?centre=charleroi", shows: invitation },
    "GET /v1/appointments/{id}": { path: { id: invitation } },
    "GET /v1/centres/{centre}/calls": { path: { centre: "charleroi" } },
    "POST /v1/invitations/{id}/call": { path: { id: invitation }, json: { outcome: "yes" } },
    "POST /v1/centres/{centre}/imports": {
      ...{
        path: { centre: "binche" },
        headers: csv,
        body: "Nom;Prénom;Date de naissance;GSM\nPeeters;An;01/02/1951;0470 12 34 56\n",
      },
    },
    "GET /v1/centres/{centre}/exports": { path: { centre: "binche" } },
    "POST /v1/centres/{centre}/exports": { path: { centre: "binche" }, json: why },
    ...lists,
    "GET /v1/pairs": { shows: pair },
    "GET /v1/pairs/{id}": aPair,
    "POST /v1/pairs/{id}/merge": aPair,
    "POST /v1/pairs/{id}/keep-apart": aPair,
    "POST /v1/pairs/{id}/undo": aPair,
    "POST /v1/policies/dry-run": { json: leftover(scene) },
    "GET /v1/regions/{region}/policies": wallonia,
    "POST /v1/regions/{region}/policies": { ...wallonia, json: { rules } },
    "GET /v1/bindings": { shows: change },
    "POST /v1/bindings": { json: moving(scene) },
    "POST /v1/bindings/rehearsal": { json: moving(scene) },
    "GET /v1/bindings/{id}": aChange,
    "PATCH /v1/bindings/{id}": { ...aChange, json: { from: plusMinutes(now, 120) } },
    "DELETE /v1/bindings/{id}": aChange,
    "POST /v1/bindings/{id}/undo": aChange,
    "POST /v1/bindings/{id}/halt": aChange,
    "POST /v1/bindings/{id}/resume": aChange,
    "GET /v1/campaigns": { shows: "booster-2021" },
    "POST /v1/campaigns": { json: boosters(scene, "booster-2022") },
    "POST /v1/campaigns/rehearsal": { json: boosters(scene, "booster-2023") },
    "GET /v1/campaigns/{id}": aCampaign,
    "DELETE /v1/campaigns/{id}": aCampaign,
    "POST /v1/campaigns/{id}/halt": aCampaign,
    "POST /v1/campaigns/{id}/resume": aCampaign,
    "POST /v1/platforms/{platform}/reading": { ...aList, json: {} },
    "POST /v1/platforms/{platform}/reading/halt": aList,
    "POST /v1/platforms/{platform}/reconciliation": { path: { platform: "posting" } },
    "GET /v1/platforms/{platform}/reconciliation": { path: { platform: "posting" } },
    "GET /v1/platforms/{platform}/history": { path: { platform: "posting" } },
    "GET /v1/reports/doses": { query: "?from=2021-04-16&until=2021-04-16&by=region", shows: "wallonia" },
    "GET /v1/events": { query: "?types=everydose.surplus.announced", shows: surplus },
    "GET /v1/webhooks": { shows: aHook.path.id },
    "POST /v1/webhooks": { json: hook, shows: /"regions":\[("wallonia"|\])/ },
    "GET /v1/webhooks/{id}": aHook,
    "PATCH /v1/webhooks/{id}": { ...aHook, json: { note: "ours" } },
    "DELETE /v1/webhooks/{id}": aHook,
    "POST /v1/webhooks/{id}/secret": { ...aHook, json: {} },
    "POST /v1/webhooks/{id}/test": aHook,
    "POST /v1/webhooks/{id}/replay": { ...aHook, json: { dead: true } },
    "GET /v1/webhooks/{id}/deliveries": aHook,
    "GET /v1/reports/days": { query: "?from=2021-04-16&until=2021-04-16", shows: /"rows":[1-9]/ },
    "GET /v1/reports/days/{day}/{format}": { path: { day: today, format: "csv" }, shows: "Wallonia" },
    "GET /v1/reports/days/{day}/versions/{version}/{format}": {
      ...{ path: { day: today, version: "1", format: "ndjson" }, shows: "Wallonia" },
    },
    "GET /v1/caller": {},
    "GET /v1/permissions": {},
    "POST /v1/keys": { json: key },
    "GET /v1/keys": {},
    "DELETE /v1/keys/{label}": {
      path: { label: "ended" },
      before: () =>
        scene.send("POST", "/v1/keys", { as: "operator", json: { label: "ended", role: "staff" } }),
    },
    "GET /v1/regions/{region}/audit": wallonia,
    "GET /v1/regions/{region}/audit/lines": wallonia,
    "GET /v1/audit": {},
    "GET /v1/audit/lines": {},
  };
  return { requests, tokens };
};
