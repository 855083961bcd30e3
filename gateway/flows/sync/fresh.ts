import { type PlatformName, Vaccine, type VolunteerId } from "../../../schema/primitives.ts";
import { always } from "../../../schema/volunteer.ts";
import { consentOn } from "../../core/consent.ts";
import type { VolunteerRow } from "../../store/volunteers.ts";
import type { Deps } from "../deps.ts";
import { sealContact, sealNames, sealNational } from "../person.ts";
import type { Sought } from "./known.ts";
import { wordsOf } from "./record.ts";

/** The registration of somebody who is on a platform's list and not on ours. */
export const fresh = (deps: Deps, platform: PlatformName, sought: Sought): VolunteerRow => {
  const { entry, birthDate, region, campaign, changedAt } = sought;
  const now = deps.now();
  const id = deps.uuid() as VolunteerId;
  return {
    ...{ id, region, campaign },
    state: entry.state === "active" ? "active" : "paused",
    identityDigest: deps.vault.digest("identity", wordsOf(sought, platform)),
    twins: deps.vault.twins("identity", sought.digests),
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
    consentText: consentOn(platform),
    consentAt: now,
    registeredAt: now,
    updatedAt: changedAt,
    lastDoseOn: null,
    closedFor: null,
    closedFrom: null,
  };
};
