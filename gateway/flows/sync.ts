import type { RosterEntry, Sourced } from "../../schema/adapter.ts";
import {
  type CentreId,
  earliest,
  type Instant,
  type PlatformName,
  type RegionId,
  Vaccine,
  type VolunteerId,
} from "../../schema/primitives.ts";
import { type Availability, always } from "../../schema/volunteer.ts";
import { sameDays } from "../core/eligibility.ts";
import { evidence } from "../core/identity.ts";
import * as audit from "../store/audit.ts";
import type { Db } from "../store/db.ts";
import * as places from "../store/places.ts";
import * as platforms from "../store/platforms.ts";
import * as queue from "../store/queue.ts";
import * as volunteers from "../store/volunteers.ts";
import { type Deps, policyOf, transact } from "./deps.ts";
import { endListLife } from "./manage.ts";
import { sealContact, sealNames, sealNational } from "./person.ts";

/** What became of one record of a platform's list. */
export type Outcome = "added" | "changed" | "unchanged" | "left" | "not-usable";

/** The last day of a year that is all one knows: nobody is called too young, or ahead of someone known to be older. */
const birthDateOf = (entry: RosterEntry): string | undefined =>
  entry.birthDate && entry.birthYearOnly ? `${entry.birthDate.slice(0, 4)}-12-31` : entry.birthDate;

const regionOf = async (tx: Db, centres: CentreId[]): Promise<RegionId | undefined> =>
  centres[0] && (await places.centre(tx, centres[0]))?.region;

const fresh = async (
  tx: Db,
  deps: Deps,
  told: { entry: RosterEntry; birthDate: string; platform: PlatformName; changedAt: Instant },
): Promise<volunteers.VolunteerRow | undefined> => {
  const { entry, birthDate, platform, changedAt } = told;
  const region = await regionOf(tx, entry.centres);
  if (!region) return undefined;
  const now = deps.now();
  const { rules } = await policyOf(tx, region, now);
  const id = deps.uuid() as VolunteerId;
  return {
    id,
    region,
    campaign: rules.campaign,
    state: entry.state === "active" ? "active" : "paused",
    identityDigest: deps.vault.digest("identity", evidence({ ...entry, birthDate })),
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
  };
};

/**
 * Whom a platform means by its name: the registration that counts now. Who left and came back has another than
 * the one under which the platform learnt to know them.
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

/** Someone whom the platform may know under a name of its own, and we perhaps under none. */
const find = async (
  tx: Db,
  deps: Deps,
  { row, entry, platform }: { row: volunteers.VolunteerRow; entry: RosterEntry; platform: PlatformName },
) => {
  const known = await named(tx, platform, entry.externalId);
  if (known) return known;
  const words = evidence({ ...entry, birthDate: row.birthDate });
  const digests = deps.vault.digests("identity", words);
  const same = await volunteers.byIdentity(tx, { campaign: row.campaign, digests });
  return same && volunteers.lock(tx, same.id);
};

/** A platform keeps a week and nothing more: what it cannot say of someone's days stays as they told us. */
const availabilityOf = (known: Availability, told: Availability | undefined): Availability =>
  told === undefined || known.exceptions.length > 0 ? known : { ...told, from: told.from ?? known.from };

/**
 * A platform's word on someone we know: availability as it is there now, a pause, an end. What it noted before
 * the last change that we know of is out of date: whoever came back here stays (F06).
 */
const update = async (
  tx: Db,
  deps: Deps,
  told: { known: volunteers.VolunteerRow; entry: RosterEntry; changedAt: Instant; at: Instant },
): Promise<Outcome> => {
  const { known, entry, changedAt, at } = told;
  if (known.state === "withdrawn" || known.state === "closed" || changedAt < known.updatedAt)
    return "unchanged";
  if (entry.state === "left") {
    await endListLife(tx, deps, { row: known, reason: "withdrawn", at });
    return "left";
  }
  const state = entry.state;
  const availability = availabilityOf(known.availability, entry.availability);
  if (state === known.state && sameDays(availability, known.availability)) return "unchanged";
  await volunteers.change(tx, known.id, { state, availability, updatedAt: changedAt });
  await queue.settle(tx, known.id);
  return "changed";
};

/**
 * Takes one record of a platform's list in: a new person, a change of one whom we know, or an end. The same
 * record again changes nothing, and one that cannot be used is said to be so, never guessed at.
 */
export const takeIn = (
  deps: Deps,
  platform: PlatformName,
  { value: entry, ...seen }: Sourced<RosterEntry>,
): Promise<{ outcome: Outcome; volunteer?: VolunteerId }> =>
  transact(deps, async (tx) => {
    const at = deps.now();
    const birthDate = birthDateOf(entry);
    const changedAt = earliest(seen.changedAt ?? at, at);
    const row = birthDate && (await fresh(tx, deps, { entry, birthDate, platform, changedAt }));
    if (!row) return { outcome: "not-usable" as const };
    const known = await find(tx, deps, { row, entry, platform });
    const added = known || entry.state === "left" ? undefined : await volunteers.add(tx, row);
    const person = known ?? added;
    if (!person) return { outcome: "unchanged" as const };
    const outcome = known ? await update(tx, deps, { known, entry, changedAt, at }) : ("added" as const);
    if (added) await queue.settle(tx, added.id);
    const { externalId } = entry;
    if (externalId) await platforms.putIdentity(tx, { platform, externalId, volunteer: person.id, ...seen });
    if (outcome !== "unchanged")
      await audit.note(tx, {
        ...{ at, region: person.region, actor: platform, event: `volunteer.${outcome}` },
        subject: person.id,
      });
    return { outcome, volunteer: person.id };
  });

/** How far a feed was read, for whoever reads on. */
export const feedCursor = (deps: Deps, platform: PlatformName, feed: string) =>
  platforms.cursor(deps.db, platform, feed);

/** Remembered only when all before it has been taken in. */
export const rememberCursor = (deps: Deps, platform: PlatformName, feed: { feed: string; cursor: string }) =>
  transact(deps, (tx) => platforms.setCursor(tx, platform, feed));

/**
 * Someone whom a platform reports vaccinated: their list life ends here too, everywhere (F14). Whoever left has
 * none that could end.
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
    await endListLife(tx, deps, { row, reason: "vaccinated", at });
    await audit.note(tx, {
      at,
      region: row.region,
      actor: platform,
      event: "volunteer.vaccinated",
      subject: row.id,
    });
  });
