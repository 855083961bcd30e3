import { createHash } from "node:crypto";
import { Temporal } from "temporal-polyfill";
import type {
  BookingReceipt,
  BookingRequest,
  Guest,
  HeldBooking,
  OfficialEvent,
  OfficialPerson,
  Slot,
} from "../../schema/adapter.ts";
import { plainNumber } from "../../schema/national-number.ts";
import {
  type Day,
  type ExternalId,
  type Instant,
  instant,
  localDay,
  millis,
  plusMinutes,
  type Vaccine,
  zone,
} from "../../schema/primitives.ts";
import type {
  Change,
  Ended,
  NewInvitation,
  NewReservation,
  Slot as OwnSlot,
  Person,
  Reservation,
} from "./client.ts";

const letters = {
  pfizer: "P",
  moderna: "M",
  astrazeneca: "A",
  janssen: "J",
} as const satisfies Record<Vaccine, string>;

/** "18/05/2021", of "2021-05-18". */
const dayMonthYear = (day: Day | string): string => day.split("-").reverse().join("/");

export const toDate = (at: Instant): string => dayMonthYear(localDay(at));

export const toInstant = ({ date, time }: { date: string; time: string }): Instant => {
  const wall = Temporal.PlainDateTime.from(`${date.split("/").reverse().join("-")}T${time}`);
  return instant(wall.toZonedDateTime(zone).epochMilliseconds);
};

/** The days in Belgium that a span of time touches. */
export const datesWithin = ({ from, until }: { from: Instant; until: Instant }): string[] => {
  const first = Temporal.PlainDate.from(localDay(from));
  const last = Temporal.PlainDate.from(localDay(instant(millis(until) - 1)));
  const days = Math.max(-1, first.until(last).days) + 1;
  return Array.from({ length: days }, (_, nth) => dayMonthYear(first.add({ days: nth }).toString()));
};

export const toPerson = ({
  nationalNumber,
  givenName,
  familyName,
  birthDate,
}: Omit<OfficialPerson, "contact">): Person => ({
  ...(nationalNumber && { nationalNumber: plainNumber(nationalNumber) }),
  givenName,
  familyName,
  birthDate: dayMonthYear(birthDate),
});

export const toInvitation = (guest: Guest): NewInvitation => ({
  person: toPerson(guest),
  language: guest.language,
  ...(guest.contact.email && { email: guest.contact.email }),
  ...(guest.contact.mobile && { mobile: guest.contact.mobile }),
  ...(guest.postcode && { postcode: guest.postcode }),
});

export const toSlot = (own: OwnSlot): Slot => {
  const startsAt = toInstant(own);
  const endsAt = plusMinutes(startsAt, own.minutes);
  return { externalId: own.id, centre: own.centre, startsAt, endsAt, capacity: own.free };
};

/** How far from the asked time a place may be: the person has been told that time. */
export const nearMinutes = 45;

/** Those near the asked time, the nearest first. */
export const nearest = (slots: Slot[], at: Instant): Slot[] => {
  const distance = ({ startsAt }: Slot) => Math.abs(millis(startsAt) - millis(at));
  return slots
    .filter((slot) => distance(slot) <= nearMinutes * 60_000)
    .sort((one, other) => distance(one) - distance(other));
};

type Choice = { code: string; slot: ExternalId; vaccine: BookingRequest["vaccine"] };
export const toReservation = ({ code, slot, vaccine }: Choice): NewReservation => ({
  code,
  slot,
  vaccine: letters[vaccine],
});

export const toReceipt = (held: Reservation): Extract<BookingReceipt, { outcome: "booked" }> => ({
  outcome: "booked",
  externalRef: held.id,
  at: toInstant(held),
});

/** The code is the person's way to their reservation: only its digest says that two are of one guest. */
export const toHeld = (held: Reservation): HeldBooking => ({
  ...{ externalRef: held.id, centre: held.centre, at: toInstant(held) },
  holder: createHash("sha256").update(held.code).digest("base64url"),
});

type Cause = Extract<BookingReceipt, { outcome: "refused" }>["cause"];

const kinds = {
  INVITED: "offered",
  RESERVED: "booked",
  RELEASED: "offered",
  DECLINED: "declined",
  WITHDRAWN: "withdrawn",
  VACCINATED: "vaccinated",
  DECEASED: "died",
} as const satisfies Record<Change["kind"], OfficialEvent["kind"]>;

export const toOfficialEvent = ({ invitation, kind, at, person, email, mobile }: Change): OfficialEvent => ({
  ...{ kind: kinds[kind], ref: invitation, at },
  person: {
    ...person,
    birthDate: person.birthDate.split("/").reverse().join("-"),
    contact: { ...(email && { email }), ...(mobile && { mobile }) },
  },
});

/** Why Doclr did not reserve. "no-slot" is only of that slot: another may have room. */
export const toCause = ({ reason }: Extract<Ended, { state: "failed" }>): Cause => {
  switch (reason) {
    case "SLOT_FULL":
    case "SLOT_UNKNOWN":
      return "no-slot";
    case "CODE_RESERVED":
      return "already-booked";
    case "ALREADY_VACCINATED":
      return "already-vaccinated";
    case "CODE_UNKNOWN":
    case "CODE_ENDED":
    case "RESERVATION_CANCELLED":
      return "not-accepted";
  }
};
