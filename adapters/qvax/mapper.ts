import {
  AdapterError,
  type Guest,
  type InviteRequest,
  type PlatformEvent,
  type RosterEntry,
  type Sourced,
} from "../../schema/adapter.ts";
import { plainNumber, readNationalNumber } from "../../schema/national-number.ts";
import { CentreId, type Instant } from "../../schema/primitives.ts";
import { Availability, DayPart, weekdays } from "../../schema/volunteer.ts";
import type { Answer, Grid, NewInvitation, NewRegistration, Registration } from "./client.ts";

/** Qvax's code of a centre where it is not the centre's own id. */
export type CentreCodes = Partial<Record<CentreId, string>>;

const codeOf = (centre: CentreId, codes: CentreCodes): string => codes[centre] ?? centre;

/** Nothing for a centre that this gateway has no id for: the domicile then decides. */
const centreOf = (code: string, codes: CentreCodes): CentreId | undefined =>
  CentreId.safeParse(Object.entries(codes).find(([, each]) => each === code)?.[0] ?? code).data;

const states = { on: "active", off: "paused", closed: "left" } as const;
const platformStates = { active: "on", paused: "off", left: "closed" } as const;

/**
 * A grid has no place for exceptions. Nothing is lost by that: the gateway knows them, and decides who is invited.
 */
export const toGrid = ({ week, repeats, from }: Availability): Grid => ({
  week: weekdays.map((day) => DayPart.options.map((part) => (week[day].includes(part) ? "1" : "0")).join("")),
  repeats,
  ...(from && { startsOn: from }),
});

export const toAvailability = ({ week, repeats, startsOn }: Grid): Availability =>
  Availability.parse({
    week: Object.fromEntries(
      weekdays.map((day, at) => [day, DayPart.options.filter((_, part) => week[at]?.[part] === "1")]),
    ),
    repeats,
    ...(startsOn && { from: startsOn }),
  });

/** Qvax tells no birth date; the number does, or its year alone where the day was never known. */
const birthOf = (nationalNumber: string): Pick<RosterEntry, "birthDate" | "birthYearOnly"> => {
  const { birthDate, year } = readNationalNumber(nationalNumber) ?? {};
  if (birthDate) return { birthDate };
  return year ? { birthDate: `${year}-01-01`, birthYearOnly: true } : {};
};

export const toEntry = (registration: Registration, codes: CentreCodes): RosterEntry => {
  const { email, mobile, availability, centreCode } = registration;
  const centre = centreCode === null ? undefined : centreOf(centreCode, codes);
  return {
    externalId: registration.registrationId,
    nationalNumber: registration.nationalNumber,
    givenName: registration.givenName,
    familyName: registration.familyName,
    ...birthOf(registration.nationalNumber),
    ...(registration.postcode && { postcode: registration.postcode }),
    contact: { ...(email && { email }), ...(mobile && { mobile }) },
    ...(registration.language && { language: registration.language }),
    centres: centre ? [centre] : [],
    ...(availability && { availability: toAvailability(availability) }),
    conditions: [],
    state: states[registration.state],
  };
};

type Read = { registration: Registration; asOf: Instant; now: Instant; codes: CentreCodes };

export const toSourced = ({ registration, asOf, now, codes }: Read): Sourced<RosterEntry> => ({
  value: toEntry(registration, codes),
  checkedAt: now,
  validAt: asOf,
  changedAt: registration.updatedAt,
});

/** Centres are not told, because Qvax assigns by postcode. Throws `rejected` where something it asks is missing. */
export const toRegistration = (entry: RosterEntry): NewRegistration => {
  const { nationalNumber, contact, availability } = entry;
  const { email, mobile } = contact;
  if (!nationalNumber || !email || !mobile)
    throw new AdapterError("rejected", "Qvax wants a national number, an e-mail address and a mobile number");
  return {
    nationalNumber: plainNumber(nationalNumber),
    givenName: entry.givenName,
    familyName: entry.familyName,
    email,
    mobile,
    ...(entry.postcode && { postcode: entry.postcode }),
    ...(entry.language && { language: entry.language }),
    ...(availability && { availability: toGrid(availability) }),
    state: platformStates[entry.state],
  };
};

/** Somebody invited before Qvax was told of them. */
export const guestRegistration = (guest: Guest): NewRegistration =>
  toRegistration({ ...guest, centres: [], conditions: [], state: "active" });

export const toInvitation = (request: InviteRequest, codes: CentreCodes): NewInvitation => ({
  externalId: request.invitation,
  recipient: recipientOf(request),
  centreCode: codeOf(request.centre, codes),
  kind: request.kind,
  windowMinutes: request.windowMinutes,
  knownBy: request.knownBy,
  comeBefore: request.comeBefore,
});

const recipientOf = ({ externalId, guest }: InviteRequest): NewInvitation["recipient"] => {
  if (externalId) return { registrationId: externalId };
  if (guest.nationalNumber) return { nationalNumber: plainNumber(guest.nationalNumber) };
  throw new AdapterError("rejected", "Qvax knows people by their national number, and this one has none");
};

/** The handover to another system is ignored: the gateway books where its own binding says. */
export const toEvent = ({ externalId, answer, answeredAt }: Answer): PlatformEvent => ({
  kind: "answered",
  invitation: externalId,
  answer,
  at: answeredAt,
});
