import type { RosterEntry, Sourced } from "../../schema/adapter.ts";
import {
  type CampaignId,
  type CentreId,
  earliest,
  type Instant,
  localDay,
  type PlatformName,
  type RegionId,
  Vaccine,
  type VolunteerId,
} from "../../schema/primitives.ts";
import type { Centre } from "../../schema/region.ts";
import { type Availability, always } from "../../schema/volunteer.ts";
import { sameDays } from "../core/eligibility.ts";
import { type EntryFault, usable } from "../core/entry.ts";
import { evidence, reach } from "../core/identity.ts";
import * as audit from "../store/audit.ts";
import { type Db, isRefusedValue } from "../store/db.ts";
import * as places from "../store/places.ts";
import * as platforms from "../store/platforms.ts";
import * as queue from "../store/queue.ts";
import * as volunteers from "../store/volunteers.ts";
import { type Deps, policyOf, transact } from "./deps.ts";
import { endListLife } from "./manage.ts";
import { sealContact, sealNames, sealNational } from "./person.ts";

/** What became of one record of a platform's list. */
type Outcome = "added" | "changed" | "unchanged" | "left" | "not-usable";

/**
 * The last day of a year that is all one knows: nobody is called too young, or ahead of someone known to be older.
 */
const birthDateOf = (entry: RosterEntry): string | undefined =>
  entry.birthDate && entry.birthYearOnly ? `${entry.birthDate.slice(0, 4)}-12-31` : entry.birthDate;

/** Those of a record's centres that are known here, and the region of the first. */
const placesOf = async (tx: Db, told: CentreId[]): Promise<{ centres: CentreId[]; region?: RegionId }> => {
  const known: Centre[] = [];
  for (const id of new Set(told)) {
    const centre = await places.centre(tx, id);
    if (centre) known.push(centre);
  }
  return { centres: known.map(({ id }) => id), region: known[0]?.region };
};

type Told = { entry: RosterEntry; birthDate: string; platform: PlatformName };

/**
 * What identifies the person of a record: the same as for any registration. A record with neither number nor contact
 * could be any of several namesakes, so there the platform's own name for the person is added.
 */
const wordsOf = ({ entry, birthDate, platform }: Told): string => {
  const words = evidence({ ...entry, birthDate });
  const told = entry.nationalNumber !== undefined || reach(entry.contact).length > 0;
  return told ? words : `${words}|${platform} ${entry.externalId}`;
};

/** The registration of somebody who is on a platform's list and not on ours. */
const fresh = async (
  tx: Db,
  deps: Deps,
  told: Told & { region: RegionId; changedAt: Instant },
): Promise<volunteers.VolunteerRow> => {
  const { entry, birthDate, platform, region, changedAt } = told;
  const now = deps.now();
  const { rules } = await policyOf(tx, region, now);
  const id = deps.uuid() as VolunteerId;
  return {
    id,
    region,
    campaign: rules.campaign,
    state: entry.state === "active" ? "active" : "paused",
    identityDigest: deps.vault.digest("identity", wordsOf(told)),
    repeatOf: null,
    personSealed: sealNames(deps, id, entry),
    ...sealContact(deps, id, entry),
    nationalSealed: sealNational(deps, id, entry.nationalNumber),
    birthDate,
    birthYearOnly: entry.birthYearOnly ?? false,
    postcode: entry.postcode ?? null,
    centres: entry.centres,
    availability: entry.availability ?? always,
    vaccines: [...Vaccine.options],
    conditions: entry.conditions,
    language: entry.language ?? "fr",
    // The platform asked for consent in its own words.
    consentText: `platform:${platform}`,
    consentAt: now,
    registeredAt: now,
    updatedAt: changedAt,
    lastDoseOn: null,
  };
};

/**
 * The registration that a platform's name for a person stands for now. Whoever left and came back has a newer one
 * than that under which the platform first named them.
 */
const named = async (
  tx: Db,
  platform: PlatformName,
  externalId: RosterEntry["externalId"],
): Promise<volunteers.VolunteerRow | undefined> => {
  const identity = externalId && (await platforms.identity(tx, platform, externalId));
  const first = identity && (await volunteers.lock(tx, identity.volunteer));
  if (first?.state !== "withdrawn") return first;
  const { campaign, identityDigest } = first;
  const since = await volunteers.byIdentity(tx, { campaign, digests: [identityDigest] });
  return since ? volunteers.lock(tx, since.id) : first;
};

/**
 * The registration of a record's person, by the platform's name for them, or else by who they are; nothing where there
 * is none.
 */
const find = async (tx: Db, deps: Deps, { campaign, ...told }: Told & { campaign: CampaignId }) => {
  const known = await named(tx, told.platform, told.entry.externalId);
  if (known) return known;
  const digests = deps.vault.digests("identity", wordsOf(told));
  const same = await volunteers.byIdentity(tx, { campaign, digests });
  return same && volunteers.lock(tx, same.id);
};

/** A platform keeps a plain week. Whoever told us more, days that differ, keeps what they told us. */
const availabilityOf = (known: Availability, told: Availability | undefined): Availability =>
  told === undefined || known.exceptions.length > 0 ? known : { ...told, from: told.from ?? known.from };

/**
 * Takes over what a platform says of someone we know: their availability, a pause, an end. A record that is older than
 * the last change we know of is out of date and changes nothing: whoever came back here since stays (F06).
 */
const update = async (
  tx: Db,
  told: { known: volunteers.VolunteerRow; entry: RosterEntry; changedAt: Instant; at: Instant },
): Promise<Outcome> => {
  const { known, entry, changedAt, at } = told;
  if (known.state === "withdrawn" || known.state === "closed" || changedAt < known.updatedAt)
    return "unchanged";
  if (entry.state === "left") {
    await endListLife(tx, { row: known, reason: "withdrawn", at });
    return "left";
  }
  const state = entry.state;
  const availability = availabilityOf(known.availability, entry.availability);
  if (state === known.state && sameDays(availability, known.availability)) return "unchanged";
  await volunteers.change(tx, known.id, { state, availability, updatedAt: changedAt });
  await queue.settle(tx, known.id);
  return "changed";
};

type TakenIn = { outcome: Outcome; volunteer?: VolunteerId; faults: EntryFault[] };

const takeInUsable = (
  deps: Deps,
  platform: PlatformName,
  { value, ...seen }: Sourced<RosterEntry>,
): Promise<TakenIn> =>
  transact(deps, async (tx) => {
    const at = deps.now();
    const { entry: told, faults } = usable(value, localDay(at));
    const { centres, region } = await placesOf(tx, told.centres);
    if (!region) faults.push("centres");
    const entry = { ...told, centres };
    const birthDate = birthDateOf(entry);
    if (!region || birthDate === undefined) return { outcome: "not-usable", faults };
    const changedAt = earliest(seen.changedAt ?? at, at);
    const row = await fresh(tx, deps, { entry, birthDate, platform, region, changedAt });
    const known = await find(tx, deps, { campaign: row.campaign, entry, birthDate, platform });
    const added = known || entry.state === "left" ? undefined : await volunteers.add(tx, row);
    const person = known ?? added;
    if (!person) return { outcome: "unchanged", faults };
    const outcome = known ? await update(tx, { known, entry, changedAt, at }) : ("added" as const);
    if (added) await queue.settle(tx, added.id);
    const { externalId } = entry;
    if (externalId) await platforms.putIdentity(tx, { platform, externalId, volunteer: person.id, ...seen });
    if (outcome !== "unchanged")
      await audit.note(tx, {
        ...{ at, region: person.region, actor: platform, event: `volunteer.${outcome}` },
        subject: person.id,
      });
    return { outcome, volunteer: person.id, faults };
  });

/**
 * Takes one record of a platform's list in: a new person, a change of one whom we know, or an end. The same record
 * again changes nothing. Fields that cannot be used are left out and named, never guessed. A record that the database
 * refuses counts as unusable, so that those behind it are still read.
 */
export const takeIn = (deps: Deps, platform: PlatformName, record: Sourced<RosterEntry>): Promise<TakenIn> =>
  takeInUsable(deps, platform, record).catch((error: unknown): TakenIn => {
    if (!isRefusedValue(error)) throw error;
    return { outcome: "not-usable", faults: ["record"] };
  });

/** How many records of a page came to which outcome, and how many had which field that could not be used. */
export type Account = {
  outcomes: Partial<Record<Outcome, number>>;
  faults: Partial<Record<EntryFault, number>>;
};

/** Notes in the audit that fields of a page could not be used; never whose they were. */
export const noteReading = (deps: Deps, platform: PlatformName, account: Account): Promise<void> =>
  transact(deps, (tx) =>
    audit.note(tx, { at: deps.now(), actor: platform, event: "roster.read", facts: account }),
  );

/** How far a feed was read, for whoever reads on. */
export const feedCursor = (deps: Deps, platform: PlatformName, feed: string) =>
  platforms.cursor(deps.db, platform, feed);

/** Called only when all before the cursor has been taken in. */
export const rememberCursor = (deps: Deps, platform: PlatformName, feed: { feed: string; cursor: string }) =>
  transact(deps, (tx) => platforms.setCursor(tx, platform, feed));

/**
 * Ends the list life of someone whom a platform reports vaccinated, here and on every other platform (F14). Whoever
 * has left has none that could end.
 */
export const vaccinatedElsewhere = (
  deps: Deps,
  platform: PlatformName,
  externalId: RosterEntry["externalId"],
): Promise<void> =>
  transact(deps, async (tx) => {
    const at = deps.now();
    const row = await named(tx, platform, externalId);
    if (!row || row.state === "closed" || row.state === "withdrawn") return;
    await endListLife(tx, { row, reason: "vaccinated", at });
    await audit.note(tx, {
      at,
      region: row.region,
      actor: platform,
      event: "volunteer.vaccinated",
      subject: row.id,
    });
  });
