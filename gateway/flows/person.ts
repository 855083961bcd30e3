import { z } from "zod";
import type { Guest, OfficialPerson } from "../../schema/adapter.ts";
import { ageOn, type Day, localDay, type VolunteerId } from "../../schema/primitives.ts";
import type { Contact, Volunteer } from "../../schema/volunteer.ts";
import { usableContact } from "../core/entry.ts";
import { ofNumber, reach } from "../core/identity.ts";
import type { Likened } from "../core/likeness.ts";
import type { VolunteerRow } from "../store/volunteers.ts";
import type { Deps } from "./deps.ts";

/* What is sealed of a person, and who gets it opened: the person, whoever writes to them, and platforms. */

type Helper = { name: string; contact: Contact };
const Names = z.object({ givenName: z.string(), familyName: z.string() });
/** Someone read from a list may have no contact, or one that was stored before contacts were looked at. */
const Kept = z
  .object({ email: z.string().optional(), mobile: z.string().optional() })
  .transform((told) => usableContact(told).contact);
const Reach = z.object({
  contact: Kept,
  helper: z.object({ name: z.string(), contact: Kept }).optional(),
});

const at = (id: VolunteerId, column: string) => ({ table: "volunteers", column, id });

export const sealNames = (deps: Deps, id: VolunteerId, names: { givenName: string; familyName: string }) =>
  deps.vault.seal(
    JSON.stringify({ givenName: names.givenName, familyName: names.familyName }),
    at(id, "person_sealed"),
  );

export const sealNational = (deps: Deps, id: VolunteerId, nationalNumber?: string) =>
  nationalNumber === undefined ? null : deps.vault.seal(nationalNumber, at(id, "national_sealed"));

/** The sealed contact, and the digests by which a lost token is asked for. */
export const sealContact = (
  deps: Deps,
  id: VolunteerId,
  { contact, helper }: { contact: Contact; helper?: Helper },
) => ({
  contactSealed: deps.vault.seal(JSON.stringify({ contact, helper }), at(id, "contact_sealed")),
  contactDigests: [contact, ...(helper ? [helper.contact] : [])]
    .flatMap(reach)
    .map((way) => deps.vault.digest("contact", way)),
});

/** The digests of all ways that lead to somebody, under the key that writes now. */
export const contactDigests = (deps: Deps, row: VolunteerRow): Uint8Array[] =>
  likened(deps, row).ways.map((way) => deps.vault.digest("contact", way));

/** What is sealed of a person, for another registration of theirs: nobody else could open it there. */
export const resealed = (deps: Deps, row: VolunteerRow, id: VolunteerId) => ({
  personSealed: sealNames(deps, id, names(deps, row)),
  ...sealContact(deps, id, reachOf(deps, row)),
  nationalSealed: sealNational(deps, id, nationalOf(deps, row)),
});

const names = (deps: Deps, row: VolunteerRow) =>
  Names.parse(JSON.parse(deps.vault.open(row.personSealed, at(row.id, "person_sealed"))));

const reachOf = (deps: Deps, row: VolunteerRow) =>
  Reach.parse(JSON.parse(deps.vault.open(row.contactSealed, at(row.id, "contact_sealed"))));

/** Whom to write to: the helper where there is one, and the person's own name. */
export const addressee = (deps: Deps, row: VolunteerRow) => {
  const { contact, helper } = reachOf(deps, row);
  return {
    ...names(deps, row),
    helperName: helper?.name,
    contact: helper?.contact ?? contact,
    language: row.language,
  };
};

/** The ways in which somebody is reached: the helper's where there is one. */
export const contactOf = (deps: Deps, row: VolunteerRow) => {
  const { contact, helper } = reachOf(deps, row);
  return helper?.contact ?? contact;
};

/** The person's own contact, whoever helps them. */
export const ownContact = (deps: Deps, row: VolunteerRow): Contact => reachOf(deps, row).contact;

/** The registration as its owner sees it. */
export const show = (deps: Deps, row: VolunteerRow, minimumAge: number): Volunteer =>
  shown(row, { ...names(deps, row), ...reachOf(deps, row) }, { minimumAge, today: localDay(deps.now()) });

/** Too young today is parked, and after a dose it is what it was before (F20). */
export const ownState = (
  row: Pick<VolunteerRow, "state" | "closedFrom" | "birthDate">,
  { minimumAge, today }: { minimumAge: number; today: Day },
): Volunteer["state"] => {
  const state = row.state === "closed" ? (row.closedFrom ?? "active") : row.state;
  return state === "active" && ageOn(row.birthDate, today) < minimumAge ? "parked" : state;
};

/** The same of somebody whose names and contact are at hand, so that nothing of them need be opened. */
export const shown = (
  row: VolunteerRow,
  {
    givenName,
    familyName,
    contact,
    helper,
  }: Pick<Volunteer, "givenName" | "familyName" | "contact" | "helper">,
  asOf: { minimumAge: number; today: Day },
): Volunteer => {
  return {
    id: row.id,
    region: row.region,
    state: ownState(row, asOf),
    givenName,
    familyName,
    birthDate: row.birthDate,
    nationalNumberKnown: row.nationalSealed !== null,
    postcode: row.postcode ?? undefined,
    contact,
    helper,
    language: row.language,
    availability: row.availability,
    centres: row.centres,
    vaccines: row.vaccines,
    conditions: row.conditions,
    consent: { textVersion: row.consentText, at: row.consentAt },
    registeredAt: row.registeredAt,
  };
};

/** What is compared to tell whether two registrations are one person's, and every way that leads to either. */
export const likened = (
  deps: Deps,
  row: VolunteerRow,
): { person: Likened; ways: string[]; helperName?: string } => {
  const { contact, helper } = reachOf(deps, row);
  const person = {
    ...names(deps, row),
    ...contact,
    birthDate: row.birthDate,
    birthYearOnly: row.birthYearOnly,
    nationalNumber: nationalOf(deps, row),
    isHelped: helper !== undefined,
    postcode: row.postcode ?? undefined,
  };
  return {
    person,
    ways: [contact, ...(helper ? [helper.contact] : [])].flatMap(reach),
    helperName: helper?.name,
  };
};

/** Whoever shows it to a person at a centre notes it first (flows/reveal). */
export const nationalOf = (
  deps: Deps,
  row: Pick<VolunteerRow, "id" | "nationalSealed">,
): string | undefined =>
  row.nationalSealed ? deps.vault.open(row.nationalSealed, at(row.id, "national_sealed")) : undefined;

/** Whether they said in a correction to have a number by which another registration is found (flows/correct). */
export const isClaiming = (deps: Deps, row: VolunteerRow): boolean => {
  const number = nationalOf(deps, row);
  const digests = number === undefined ? [] : deps.vault.digests("identity", ofNumber(number));
  return digests.length > 0 && !digests.some((each) => Buffer.compare(each, row.identityDigest) === 0);
};

/** The number as platforms are told it: a claimed one might lead them to its owner's record. */
const tellableOf = (deps: Deps, row: VolunteerRow): string | undefined =>
  isClaiming(deps, row) ? undefined : nationalOf(deps, row);

/**
 * Somebody as an official invitation names them; nothing where no number and no whole birth date tells who that is.
 */
export const asOfficial = (deps: Deps, row: VolunteerRow): OfficialPerson | undefined => {
  const nationalNumber = tellableOf(deps, row);
  if (!nationalNumber && row.birthYearOnly) return undefined;
  const { contact } = reachOf(deps, row);
  return { ...names(deps, row), nationalNumber, birthDate: row.birthDate, contact };
};

/** What a booking system asks of a guest. */
export const guest = (deps: Deps, row: VolunteerRow): Guest => {
  const { helperName: _, ...person } = addressee(deps, row);
  return {
    ...person,
    nationalNumber: tellableOf(deps, row),
    birthDate: row.birthDate,
    postcode: row.postcode ?? undefined,
  };
};
