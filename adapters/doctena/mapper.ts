import { createHmac } from "node:crypto";
import {
  AdapterError,
  type BookingReceipt,
  type BookingRequest,
  type HeldBooking,
  type RosterEntry,
  type Slot,
  type Sourced,
} from "../../schema/adapter.ts";
import { plainNumber, readNationalNumber } from "../../schema/national-number.ts";
import {
  BookingId,
  CentreId,
  type ExternalId,
  type Instant,
  plusMinutes,
  type Vaccine,
} from "../../schema/primitives.ts";
import type {
  Agenda,
  Appointment,
  AppointmentRequest,
  OpenSlot,
  RefusalCode,
  WaitingEntry,
  WaitingPerson,
} from "./client.ts";
import { fromLocal } from "./time.ts";

export const toExternalId = (id: number): ExternalId => String(id) as ExternalId;
/** Nothing where the name cannot be one of Doctena's, so that it need not be asked for. */
export const fromExternalId = (id: ExternalId): number | undefined =>
  /^[1-9]\d{0,14}$/.test(id) ? Number(id) : undefined;

/** A practice that serves no centre of the gateway has a reference that no centre has. */
export const toCentre = ({ reference }: { reference: string }): CentreId | undefined =>
  CentreId.safeParse(reference).data;

const products = {
  pfizer: "comirnaty",
  moderna: "spikevax",
  astrazeneca: "vaxzevria",
  janssen: "janssen",
} as const satisfies Record<Vaccine, Agenda["products"][number]>;
export const gives = ({ products: given }: Agenda, vaccine: Vaccine): boolean =>
  given.includes(products[vaccine]);

/** Without what the agenda is called or gives (F11); nothing for a start that spring skips. */
export const toSlot = ({ slot, centre }: { slot: OpenSlot; centre: CentreId }): Slot | undefined => {
  const startsAt = fromLocal(slot.start);
  if (!startsAt) return undefined;
  const endsAt = plusMinutes(startsAt, slot.minutes);
  return { externalId: toExternalId(slot.id), centre, startsAt, endsAt, capacity: slot.free };
};

export const toAppointment = (request: BookingRequest, slot: Slot): AppointmentRequest => {
  const { guest } = request;
  return {
    reference: request.booking,
    slotId: Number(slot.externalId),
    product: products[request.vaccine],
    patient: {
      firstName: guest.givenName,
      lastName: guest.familyName,
      birthDate: guest.birthDate,
      language: guest.language,
      ...personal(guest),
    },
  };
};

const personal = ({
  nationalNumber,
  postcode,
  contact: { email, mobile },
}: Pick<RosterEntry, "nationalNumber" | "postcode" | "contact">) => ({
  ...(nationalNumber && { nationalNumber: plainNumber(nationalNumber) }),
  ...(postcode && { postcode }),
  ...(email && { email }),
  ...(mobile && { mobile }),
});

export const toBooked = ({ id, start }: Appointment): { externalRef: ExternalId; at: Instant } => {
  const at = fromLocal(start);
  if (!at) throw new AdapterError("drifted", "an appointment begins in the hour that spring skips");
  return { externalRef: toExternalId(id), at };
};

/** A hold is no booking, and an appointment without a name of the gateway's is not the gateway's. */
export const toHeld = (held: Appointment, centre: CentreId): HeldBooking | undefined => {
  const booking = BookingId.safeParse(held.reference).data;
  return booking && held.state === "confirmed" ? { ...toBooked(held), centre, booking } : undefined;
};

type Cause = Extract<BookingReceipt, { outcome: "refused" }>["cause"];
const causes: Partial<Record<RefusalCode, Cause>> = {
  slot_gone: "no-slot",
  slot_full: "no-slot",
  already_booked: "already-booked",
  already_vaccinated: "already-vaccinated",
  not_accepted: "not-accepted",
};
/** The refusals that are about the person or the place; nothing for those that are about the request. */
export const toCause = (code: RefusalCode): Cause | undefined => causes[code];

const ownStates = { active: "waiting", paused: "paused", left: "removed" } as const;
const gatewayStates = { waiting: "active", paused: "paused", removed: "left" } as const;

export const toSourced = ({ entry, checkedAt }: Seen): Sourced<RosterEntry> => ({
  checkedAt,
  validAt: entry.changedAt,
  changedAt: entry.changedAt,
  value: {
    externalId: toExternalId(entry.id),
    givenName: entry.firstName,
    familyName: entry.lastName,
    birthDate: `${entry.yearOfBirth}-01-01`,
    birthYearOnly: true,
    ...(entry.nationalNumber && { nationalNumber: entry.nationalNumber }),
    ...(entry.postcode && { postcode: entry.postcode }),
    contact: { ...(entry.email && { email: entry.email }), ...(entry.mobile && { mobile: entry.mobile }) },
    ...(entry.language && { language: entry.language }),
    centres: entry.practices.flatMap((practice) => toCentre(practice) ?? []),
    conditions: [],
    state: gatewayStates[entry.state],
  },
});

type Seen = { entry: WaitingEntry; checkedAt: Instant };

export type PracticeIds = ReadonlyMap<CentreId, number>;

/** Without what the waiting list has no place for: availability, conditions, the day of birth. */
export const toWaiting = (given: {
  entry: RosterEntry;
  practiceIds: PracticeIds;
  referenceKey: string;
}): WaitingPerson => {
  const { entry, practiceIds } = given;
  const yearOfBirth = yearOf(entry);
  return {
    reference: referenceOf({ ...given, yearOfBirth }),
    firstName: entry.givenName,
    lastName: entry.familyName,
    yearOfBirth,
    ...personal(entry),
    ...(entry.language && { language: entry.language }),
    practiceIds: entry.centres.flatMap((centre) => practiceIds.get(centre) ?? []),
    state: ownStates[entry.state],
  };
};

const yearOf = ({ birthDate, nationalNumber }: RosterEntry): number => {
  if (birthDate) return Number(birthDate.slice(0, 4));
  const year = nationalNumber && readNationalNumber(nationalNumber)?.year;
  if (!year) throw new AdapterError("rejected", "Doctena's waiting list needs a year of birth");
  return year;
};

/**
 * The same for the same person, so that a repeat is no second one. Keyed, because a national number can be found
 * again from a bare digest by trying them all.
 */
const referenceOf = (given: { entry: RosterEntry; yearOfBirth: number; referenceKey: string }): string => {
  const { nationalNumber, givenName, familyName, contact } = given.entry;
  const person = nationalNumber
    ? ["number", plainNumber(nationalNumber)]
    : ["contact", givenName, familyName, given.yearOfBirth, contact.email ?? contact.mobile];
  const text = JSON.stringify(person).normalize("NFC").toLowerCase();
  return createHmac("sha256", given.referenceKey).update(text).digest("hex");
};
