import { refuse } from "../../schema/errors.ts";
import { type CampaignId, localDay, type RegionId } from "../../schema/primitives.ts";
import type { Consent, Contact, Standing, Volunteer, VolunteerChange } from "../../schema/volunteer.ts";
import { demanded, type Told } from "../core/identity.ts";
import * as audit from "../store/audit.ts";
import type { Db } from "../store/db.ts";
import * as outbox from "../store/outbox.ts";
import * as places from "../store/places.ts";
import * as platforms from "../store/platforms.ts";
import * as queue from "../store/queue.ts";
import * as tokens from "../store/tokens.ts";
import * as volunteers from "../store/volunteers.ts";
import { listsOf } from "./bindings/lists.ts";
import { confirmWay, moveWay, wayOf } from "./correspond.ts";
import { type Actor, type Deps, policyOf, transact } from "./deps.ts";
import { endListLife } from "./end.ts";
import { keepHelper } from "./help.ts";
import { keepWords } from "./identity.ts";
import { centresFor } from "./intake/decide.ts";
import { ownState, sealContact, show } from "./person.ts";
import { pinConsents, renewConsents } from "./purposes.ts";
import { isPersonal, openToken } from "./token.ts";

/* What a volunteer does with their own registration, by the token that manages it. */

const linked = ["manage", "letter", "personal"] as const;

/** The registration, locked, by the link of a message alone: for what is not personal. */
export const owned = async (
  tx: Db,
  deps: Deps,
  token: string,
  purposes: readonly tokens.Purpose[] = linked,
): Promise<volunteers.VolunteerRow> => {
  const opened = await openToken(tx, deps, { token, purposes });
  const row = opened && (await volunteers.lock(tx, opened.volunteer));
  if (row) await confirmWay(tx, deps, { row, token: opened });
  return row ?? refuse("token_not_valid");
};

/** The same for whoever knows the birth date as well, or has just said it: what is personal. */
export const ownedInPerson = async (tx: Db, deps: Deps, token: string): Promise<volunteers.VolunteerRow> => {
  const opened = await openToken(tx, deps, { token, purposes: linked });
  if (opened && !isPersonal(deps, opened)) refuse("birth_date_needed", "open it by /v1/volunteer/session");
  const row = opened && (await volunteers.lock(tx, opened.volunteer));
  if (row) await confirmWay(tx, deps, { row, token: opened });
  return row ?? refuse("token_not_valid");
};

export const shown = async (tx: Db, deps: Deps, row: volunteers.VolunteerRow): Promise<Volunteer> =>
  show(deps, row, (await policyOf(tx, row, deps.now())).rules.minimumAge);

const standingOf = async (tx: Db, deps: Deps, row: volunteers.VolunteerRow): Promise<Standing> => {
  const { minimumAge, silencePausesDays } = (await policyOf(tx, row, deps.now())).rules;
  const { region, language, consentText: textVersion } = row;
  const paused = silencePausesDays > 0 && (await queue.pausedUntil(tx, row.id));
  return {
    region,
    state: ownState(row, { minimumAge, today: localDay(deps.now()) }),
    language,
    consent: { textVersion },
    ...(paused && paused > deps.now() ? { pausedUntil: paused } : {}),
  };
};

export const read = (deps: Deps, token: string): Promise<Volunteer> =>
  transact(deps, async (tx) => shown(tx, deps, await ownedInPerson(tx, deps, token)));

/** How the registration stands, for whoever holds a link to it. */
export const stand = (deps: Deps, token: string): Promise<Standing> =>
  transact(deps, async (tx) => standingOf(tx, deps, await owned(tx, deps, token)));

/** Stores what they said; their lists are told, and the audit. */
export const store = async (
  tx: Db,
  deps: Deps,
  {
    row,
    values,
    event,
    facts,
  }: {
    row: volunteers.VolunteerRow;
    values: Partial<volunteers.VolunteerRow>;
    event: string;
    facts?: Record<string, unknown>;
  },
): Promise<volunteers.VolunteerRow> => {
  const now = deps.now();
  const changed = (await volunteers.change(tx, row.id, { ...values, updatedAt: now })) ?? refuse("not_found");
  // Also of a repeat, whom the worker leaves out: whoever asks must not tell one by its time (F20).
  await outbox.enqueue(tx, [{ kind: "roster-put", volunteer: row.id }], now);
  await audit.note(tx, { at: now, region: row.region, actor: "volunteer", event, subject: row.id, facts });
  return changed;
};

/**
 * Whoever had a dose goes on managing what they entered, and sees no difference: a stranger who had registered them
 * would learn of the dose (F20).
 */
export const onList = (row: volunteers.VolunteerRow) =>
  row.state === "withdrawn" ? refuse("not_on_list") : row;

/** What the owner wants of their registration; after a dose, in case it comes back on the list. */
const wanted = (row: volunteers.VolunteerRow, state: "active" | "paused") =>
  row.state === "closed" ? { closedFrom: state } : { state };

const newCentres = async (tx: Db, row: volunteers.VolunteerRow, input: VolunteerChange) => {
  if (input.centres === undefined && input.postcode === undefined) return row.centres;
  const region = (await places.allRegions(tx)).find(({ id }) => id === row.region) ?? refuse("not_found");
  const wish = {
    centres: input.centres ?? row.centres,
    postcode: input.postcode ?? row.postcode ?? undefined,
  };
  return centresFor(region, await places.centresOf(tx, row.region), wish);
};

/**
 * Refuses to give up what the region asks for. What was missing before may stay so: a list that was read in, or
 * one from before the rules changed, must not keep anybody from changing the rest.
 */
const keepDemanded = async (
  tx: Db,
  deps: Deps,
  change: { before: Told; after: Told; region: RegionId; campaign: CampaignId },
) => {
  const { asks } = (await policyOf(tx, change, deps.now())).rules;
  const missing = demanded(change.before, asks).map(({ at }) => at);
  const issues = demanded(change.after, asks).filter(({ at }) => !missing.includes(at));
  if (issues.length > 0) refuse("policy_refuses", undefined, issues);
};

/** From these the place in the order follows: that one of them was changed is told apart in the audit. */
const ordering = new Set(["postcode", "centres", "conditions", "lastDoseOn"]);

/** Changes what is given and leaves the rest; the place in the order follows from the policy alone. */
export const change = (deps: Deps, token: string, input: VolunteerChange): Promise<Volunteer> =>
  transact(deps, async (tx) => {
    const row = onList(await ownedInPerson(tx, deps, token));
    const before = await shown(tx, deps, row);
    const { contact = before.contact, helper = before.helper, centres: _, ...plain } = input;
    const after = { ...before, ...plain, contact, helper };
    if (input.helper)
      await keepHelper(tx, deps, {
        ...{ region: row.region, contact: input.helper.contact, before: before.helper?.contact as Contact },
      });
    await keepDemanded(tx, deps, { before, after, region: row.region, campaign: row.campaign });
    const values: Partial<volunteers.VolunteerRow> = {
      ...plain,
      centres: await newCentres(tx, row, input),
      ...(input.contact || input.helper ? sealContact(deps, row.id, { contact, helper }) : {}),
    };
    if ((input.contact || input.helper) && !row.nationalSealed) await keepWords(tx, deps, row);
    if (input.language && input.language !== row.language) await pinConsents(tx, row);
    const fields = Object.keys(input);
    const facts = { fields, decides: fields.filter((field) => ordering.has(field)) };
    const changed = await store(tx, deps, { row, values, event: "volunteer.changed", facts });
    await queue.settle(tx, row.id);
    // Whoever reads at a new address shows it by the link of one letter; a wrong one gets no more than that.
    if (wayOf(deps, changed) !== wayOf(deps, row)) await moveWay(tx, deps, changed);
    return shown(tx, deps, changed);
  });

/**
 * Consents to the region's text as it is now. Where the person's centre has changed its platform, this is what their
 * place on the new list waited for; the old one is left once they are on it.
 */
export const consent = (deps: Deps, token: string, { textVersion }: Consent): Promise<Standing> =>
  transact(deps, async (tx) => {
    const now = deps.now();
    const row = onList(await owned(tx, deps, token));
    const { consentText } = (await policyOf(tx, row, now)).rules;
    if (textVersion !== consentText)
      refuse("policy_refuses", undefined, [
        { in: "body", at: "/textVersion", detail: `the text in force is ${consentText}` },
      ]);
    const values = { consentText, consentAt: now };
    const changed = await store(tx, deps, { row, values, event: "volunteer.consented" });
    await renewConsents(tx, changed);
    const { stays } = await listsOf(tx, changed, now);
    const names = await platforms.identitiesOf(tx, row.id);
    const past = names.filter(({ platform, endedAt }) => endedAt === null && !stays.includes(platform));
    const leaves = [...new Set(past.map(({ platform }) => platform))];
    await outbox.enqueue(
      tx,
      leaves.map((platform) => ({ kind: "roster-leave" as const, volunteer: row.id, platform })),
      now,
    );
    return standingOf(tx, deps, changed);
  });

/** Not called until resumed; everything entered stays. An invitation under way can still be answered. */
export const pause = (deps: Deps, token: string): Promise<Standing> =>
  transact(deps, async (tx) => {
    const row = onList(await owned(tx, deps, token));
    const changed = await store(tx, deps, { row, values: wanted(row, "paused"), event: "volunteer.paused" });
    await queue.settle(tx, row.id);
    return standingOf(tx, deps, changed);
  });

/** Back with all that was entered, at once, also after a silence (F06), and by the link of what was not answered. */
export const resume = (deps: Deps, token: string): Promise<Standing> =>
  transact(deps, async (tx) => {
    const row = onList(await owned(tx, deps, token, [...linked, "answer"]));
    const changed = await store(tx, deps, { row, values: wanted(row, "active"), event: "volunteer.resumed" });
    await queue.settle(tx, row.id, null);
    return standingOf(tx, deps, changed);
  });

/** Leaves the list, everywhere. The token opens nothing any more. */
export const withdraw = (deps: Deps, token: string, actor: Actor): Promise<void> =>
  transact(deps, async (tx) => {
    const row = onList(await owned(tx, deps, token));
    const now = deps.now();
    await endListLife(tx, { row, reason: "withdrawn", at: now });
    await tokens.revokeAll(tx, row.id, now);
    await audit.note(tx, {
      at: now,
      region: row.region,
      actor,
      event: "volunteer.withdrawn",
      subject: row.id,
    });
  });
