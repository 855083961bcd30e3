import { refuse } from "../../schema/errors.ts";
import { type CampaignId, type Instant, localDay, type RegionId } from "../../schema/primitives.ts";
import type { Consent, Volunteer, VolunteerChange } from "../../schema/volunteer.ts";
import { demanded, type Told } from "../core/identity.ts";
import * as audit from "../store/audit.ts";
import * as bookings from "../store/bookings.ts";
import type { Db } from "../store/db.ts";
import * as doses from "../store/doses.ts";
import * as invitations from "../store/invitations.ts";
import { ledgerOf } from "../store/ledger.ts";
import * as outbox from "../store/outbox.ts";
import * as places from "../store/places.ts";
import * as platforms from "../store/platforms.ts";
import * as queue from "../store/queue.ts";
import * as tokens from "../store/tokens.ts";
import * as volunteers from "../store/volunteers.ts";
import { listsOf } from "./bindings/lists.ts";
import { type Actor, type Deps, policyOf, transact } from "./deps.ts";
import { move } from "./move.ts";
import { sealContact, show } from "./person.ts";
import { centresFor } from "./register.ts";

/* What a volunteer does with their own registration, by the token that manages it. */

const owned = async (tx: Db, deps: Deps, token: string): Promise<volunteers.VolunteerRow> => {
  const digests = deps.vault.digests("token", token);
  const opened = await tokens.find(tx, { digests, purpose: "manage", now: deps.now() });
  const row = opened && (await volunteers.lock(tx, opened.volunteer));
  return row ?? refuse("token_not_valid");
};

const shown = async (tx: Db, deps: Deps, row: volunteers.VolunteerRow): Promise<Volunteer> =>
  show(deps, row, (await policyOf(tx, row, deps.now())).rules.minimumAge);

export const read = (deps: Deps, token: string): Promise<Volunteer> =>
  transact(deps, async (tx) => shown(tx, deps, await owned(tx, deps, token)));

const store = async (
  tx: Db,
  deps: Deps,
  {
    row,
    values,
    event,
  }: { row: volunteers.VolunteerRow; values: Partial<volunteers.VolunteerRow>; event: string },
): Promise<volunteers.VolunteerRow> => {
  const now = deps.now();
  const changed = (await volunteers.change(tx, row.id, { ...values, updatedAt: now })) ?? refuse("not_found");
  if (row.repeatOf === null) await outbox.enqueue(tx, [{ kind: "roster-put", volunteer: row.id }], now);
  await audit.note(tx, { at: now, region: row.region, actor: "volunteer", event, subject: row.id });
  return changed;
};

const onList = (row: volunteers.VolunteerRow) =>
  row.state === "withdrawn" || row.state === "closed" ? refuse("not_on_list") : row;

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

/** Changes what is given and leaves the rest; the place in the order follows from the policy alone. */
export const change = (deps: Deps, token: string, input: VolunteerChange): Promise<Volunteer> =>
  transact(deps, async (tx) => {
    const row = onList(await owned(tx, deps, token));
    const before = await shown(tx, deps, row);
    const { contact = before.contact, helper = before.helper, centres: _, ...plain } = input;
    const after = { ...before, ...plain, contact, helper };
    await keepDemanded(tx, deps, { before, after, region: row.region, campaign: row.campaign });
    const values: Partial<volunteers.VolunteerRow> = {
      ...plain,
      centres: await newCentres(tx, row, input),
      ...(input.contact || input.helper ? sealContact(deps, row.id, { contact, helper }) : {}),
    };
    const changed = await store(tx, deps, { row, values, event: "volunteer.changed" });
    await queue.settle(tx, row.id);
    return shown(tx, deps, changed);
  });

/**
 * Consents to the region's text as it is now. Where the person's centre has changed its platform, this is what their
 * place on the new list waited for; the old one is left once they are on it.
 */
export const consent = (deps: Deps, token: string, { textVersion }: Consent): Promise<Volunteer> =>
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
    const { stays } = await listsOf(tx, changed, now);
    const names = await platforms.identitiesOf(tx, row.id);
    const past = names.filter(({ platform, endedAt }) => endedAt === null && !stays.includes(platform));
    const leaves = [...new Set(past.map(({ platform }) => platform))];
    await outbox.enqueue(
      tx,
      leaves.map((platform) => ({ kind: "roster-leave" as const, volunteer: row.id, platform })),
      now,
    );
    return shown(tx, deps, changed);
  });

/** Not called until resumed; everything entered stays. An invitation under way can still be answered. */
export const pause = (deps: Deps, token: string): Promise<Volunteer> =>
  transact(deps, async (tx) => {
    const row = onList(await owned(tx, deps, token));
    const changed = await store(tx, deps, { row, values: { state: "paused" }, event: "volunteer.paused" });
    await queue.settle(tx, row.id);
    return shown(tx, deps, changed);
  });

/** Back with all that was entered, at once, also after a silence (F06). */
export const resume = (deps: Deps, token: string): Promise<Volunteer> =>
  transact(deps, async (tx) => {
    const row = onList(await owned(tx, deps, token));
    const changed = await store(tx, deps, { row, values: { state: "active" }, event: "volunteer.resumed" });
    await queue.settle(tx, row.id, null);
    return shown(tx, deps, changed);
  });

type Ending = { row: volunteers.VolunteerRow; reason: "withdrawn" | "vaccinated"; at: Instant };

/** An open invitation is revoked and a promised dose is free for the next, both at once. */
const endUnderWay = async (tx: Db, { row, reason, at }: Ending): Promise<void> => {
  const asked = await invitations.liveOfVolunteer(tx, row.id);
  if (asked) await move(ledgerOf(tx), asked, { kind: "revoked", at, cause: "left-list" });
  const booking = await bookings.liveOfVolunteer(tx, row.id);
  if (!booking || !(await bookings.advance(tx, booking, { state: "cancelled", settledAt: at }))) return;
  await doses.settle(tx, booking.id, "free");
  const facts = { surplus: booking.surplus, volunteer: row.id, reason, doses: [["promised", "free", 1]] };
  const { region, id: subject } = booking;
  await audit.note(tx, { at, region, actor: "gateway", event: "booking.cancelled", subject, facts });
  await outbox.enqueue(
    tx,
    [
      { kind: "unbook", booking: booking.id, centre: booking.centre },
      { kind: "wake", surplus: booking.surplus, at },
    ],
    at,
  );
};

/** A dose counts for every campaign: nobody is called for another before its interval is over (F14, F18). */
const noteDose = async (tx: Db, { row, reason, at }: Ending): Promise<void> => {
  const others = await volunteers.siblings(tx, row.id);
  for (const other of others) {
    await volunteers.change(tx, other.id, { lastDoseOn: localDay(at) });
    await endUnderWay(tx, { row: other, reason, at });
  }
  // What platforms say under these names from now on is about the registration that goes on.
  const [next] = others;
  if (next) await platforms.moveIdentities(tx, { from: row.id, to: next.id });
};

/**
 * Ends what is under way for someone, and every platform that knows the person is told. Whoever has left already stays
 * as they are: another registration may be theirs by now.
 */
export const endListLife = async (tx: Db, ending: Ending): Promise<void> => {
  const { row, reason, at } = ending;
  if (row.state === "withdrawn") return;
  const state = reason === "withdrawn" ? ("withdrawn" as const) : ("closed" as const);
  const dosed = reason === "vaccinated" ? { lastDoseOn: localDay(at) } : {};
  await volunteers.change(tx, row.id, { state, updatedAt: at, ...dosed });
  await queue.settle(tx, row.id);
  await endUnderWay(tx, ending);
  if (reason === "vaccinated") await noteDose(tx, ending);
  await outbox.enqueue(tx, [{ kind: "roster-close", volunteer: row.id, reason }], at);
};

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
