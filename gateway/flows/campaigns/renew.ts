import type { Renewal } from "../../../schema/campaign.ts";
import { refuse } from "../../../schema/errors.ts";
import type { OfficialEvent } from "../../../schema/event.ts";
import { type Instant, localDay, type VolunteerId } from "../../../schema/primitives.ts";
import type { Policy } from "../../../schema/region.ts";
import type { Consent } from "../../../schema/volunteer.ts";
import { daysBetween } from "../../core/eligibility.ts";
import { callableFrom } from "../../core/renewal.ts";
import * as audit from "../../store/audit.ts";
import * as campaigns from "../../store/campaigns.ts";
import type { Db } from "../../store/db.ts";
import * as officials from "../../store/officials.ts";
import * as outbox from "../../store/outbox.ts";
import * as platforms from "../../store/platforms.ts";
import * as queue from "../../store/queue.ts";
import * as renewals from "../../store/renewals.ts";
import * as volunteers from "../../store/volunteers.ts";
import { onArrival } from "../arrival.ts";
import { type Deps, policyOf, transact } from "../deps.ts";
import { wordsOf } from "../identity.ts";
import { resealed } from "../person.ts";

/* What somebody answers who was asked whether they come along into a later campaign. */

type Asked = {
  row: renewals.RenewalRow;
  campaign: campaigns.CampaignRow;
  /** Their registration in the earlier campaign. */
  before: volunteers.VolunteerRow;
  policy: Policy;
};

const firstOf = async (tx: Db, id: VolunteerId): Promise<volunteers.VolunteerRow> => {
  const row = (await volunteers.lock(tx, id)) ?? refuse("token_not_valid");
  return row.repeatOf ? firstOf(tx, row.repeatOf) : row;
};

const opened = async (tx: Db, deps: Deps, token: string): Promise<Asked> => {
  const row = (await renewals.byToken(tx, deps.vault.digests("token", token))) ?? refuse("token_not_valid");
  const campaign = (await campaigns.byId(tx, row.campaign)) ?? refuse("token_not_valid");
  const before = await firstOf(tx, row.volunteer);
  const policy = await policyOf(tx, { region: before.region, campaign: campaign.id }, deps.now());
  return { row, campaign, before, policy };
};

const shown = (deps: Deps, { row, campaign, before, policy }: Asked): Renewal => ({
  campaign: { id: campaign.id, name: campaign.name ?? refuse("internal") },
  state: campaign.ended ? "over" : row.state,
  consentText: policy.rules.consentText,
  language: before.language,
  callableFrom: callableFrom(policy.rules, before.lastDoseOn, localDay(deps.now())),
});

export const readRenewal = (deps: Deps, token: string): Promise<Renewal> =>
  transact(deps, async (tx) => shown(deps, await opened(tx, deps, token)));

/** Whose answer can still count: the campaign stands, and they have not taken themselves off the list since. */
const answerable = ({ row, campaign, before }: Asked): void => {
  if (campaign.ended || row.state === "over") refuse("campaign_over");
  if (before.state === "withdrawn" || before.closedFor === "died") refuse("not_on_list");
};

/**
 * All that they had entered, for the later campaign. The dose given since keeps them waiting for the interval, and
 * whoever has an official appointment is not called; they get everybody's answer and letter, as on registering.
 */
const carriedOver = (
  deps: Deps,
  { before, campaign, policy }: Asked,
  {
    now,
    known,
    digests,
  }: { now: Instant; known: Awaited<ReturnType<typeof officials.endingOf>>; digests: Uint8Array[] },
): volunteers.VolunteerRow => {
  const id = deps.uuid() as VolunteerId;
  const { region, birthDate, birthYearOnly, postcode, centres, language } = before;
  const { availability, vaccines, conditions } = before;
  return {
    ...{ id, campaign: campaign.id, region, state: "active" as const, repeatOf: null },
    ...{ identityDigest: digests[0] ?? before.identityDigest, twins: deps.vault.twins("identity", digests) },
    ...{ birthDate, birthYearOnly, postcode, centres, language },
    ...{ availability, vaccines, conditions, closedFrom: null, ...onArrival(before, known, true) },
    ...resealed(deps, before, id),
    ...{ consentText: policy.rules.consentText, consentAt: now, registeredAt: now, updatedAt: now },
  };
};

/** An appointment that was accepted longer ago than the interval was for a dose of before. */
const isOfNow = (
  { policy }: Asked,
  { state, at }: { state: OfficialEvent["kind"]; at: Instant },
  now: Instant,
): boolean =>
  state !== "booked" || daysBetween(localDay(at), localDay(now)) < Math.max(1, policy.rules.intervalDays);

/** The registration in the later campaign: made now, or one that they have there already. */
const join = async (tx: Db, deps: Deps, asked: Asked, now: Instant): Promise<VolunteerId> => {
  const { before, campaign } = asked;
  const words = await wordsOf(tx, deps, before);
  const own = words === undefined ? [before.identityDigest] : deps.vault.digests("identity", words);
  const digests = [...own, ...(await volunteers.digestsOf(tx, before.id))];
  const find = () => volunteers.byIdentity(tx, { campaign: campaign.id, digests });
  const there = await find();
  if (there) return there.id;
  const known = (await officials.endingOf(tx, digests)).filter((each) => isOfNow(asked, each, now));
  const added = await volunteers.add(tx, carriedOver(deps, asked, { now, known, digests: own }));
  if (!added) return ((await find()) ?? refuse("conflict")).id;
  // The earlier registration is over, and what platforms say under these names is about the later one from now on.
  if (before.state === "closed") await platforms.moveIdentities(tx, { from: before.id, to: added.id });
  await queue.settle(tx, added.id);
  await outbox.enqueue(
    tx,
    [
      ...(added.closedFor ? [] : [{ kind: "roster-put" as const, volunteer: added.id }]),
      { kind: "message", about: "registered", volunteer: added.id },
    ],
    now,
  );
  return added.id;
};

/**
 * Yes, by one tap: only now is anything stored for the later campaign, with all that was entered for the earlier one.
 * Again, it changes nothing. Whoever had said no may say yes as long as the campaign stands.
 */
export const acceptRenewal = (deps: Deps, token: string, { textVersion }: Consent): Promise<Renewal> =>
  transact(deps, async (tx) => {
    const now = deps.now();
    const asked = await opened(tx, deps, token);
    if (asked.row.state === "yes") return shown(deps, asked);
    answerable(asked);
    const { row, before, campaign, policy } = asked;
    if (textVersion !== policy.rules.consentText)
      refuse("policy_refuses", undefined, [
        { in: "body", at: "/textVersion", detail: `the text in force is ${policy.rules.consentText}` },
      ]);
    const registration = await join(tx, deps, asked, now);
    const values = { state: "yes" as const, answeredAt: now, registration };
    await renewals.change(tx, row.id, values);
    const line = { at: now, region: before.region, actor: "volunteer", event: "volunteer.renewed" };
    await audit.note(tx, {
      ...line,
      subject: registration,
      facts: { campaign: campaign.id, from: before.id },
    });
    return shown(deps, { ...asked, row: { ...row, ...values } });
  });

/** No: nothing was stored, and nothing will be. A yes that was said before is taken back on one's registration. */
export const declineRenewal = (deps: Deps, token: string): Promise<Renewal> =>
  transact(deps, async (tx) => {
    const now = deps.now();
    const asked = await opened(tx, deps, token);
    const { row, before, campaign } = asked;
    if (row.state === "no") return shown(deps, asked);
    if (row.state === "yes")
      return refuse("invitation_answered", "leave the list by the link of its message");
    answerable(asked);
    const values = { state: "no" as const, answeredAt: now };
    await renewals.change(tx, row.id, values);
    const line = { at: now, region: before.region, actor: "volunteer", event: "volunteer.declined-renewal" };
    await audit.note(tx, { ...line, subject: before.id, facts: { campaign: campaign.id } });
    return shown(deps, { ...asked, row: { ...row, ...values } });
  });
