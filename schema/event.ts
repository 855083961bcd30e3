import type { BookingId, ExternalId, Instant, InvitationId } from "./primitives.ts";
import type { RosterEntry, Sourced } from "./roster.ts";
import type { Contact } from "./volunteer.ts";

/* What happens on platforms, as adapters tell it. */

/** What happened on a platform: it sends it of its own accord (`inbound`), or is asked for it (`answers`). */
export type PlatformEvent =
  | { kind: "answered"; invitation: InvitationId; answer: "yes" | "no"; at: Instant }
  | { kind: "booking-cancelled"; booking: BookingId; at: Instant }
  | { kind: "roster-changed"; entry: Sourced<RosterEntry> }
  | { kind: "vaccinated"; externalId: ExternalId; at: Instant };

/** Whom an official invitation is for: what says who somebody is, no more. */
export type OfficialPerson = {
  nationalNumber?: string;
  givenName: string;
  familyName: string;
  birthDate: string;
  contact: Contact;
};

/**
 * What became of an official invitation, or of whom it is for. `offered`: its code can be used, also again after a
 * reservation was given back. `booked`: the person accepted it. `declined`, `withdrawn`: it is over, by the person or by
 * the authority. `vaccinated`: a dose was given. `died`: nobody is to be asked any more.
 */
export type OfficialEvent = {
  kind: "offered" | "booked" | "declined" | "withdrawn" | "vaccinated" | "died";
  /** The platform's own name for the invitation; never the code, which opens it. */
  ref: ExternalId;
  person: OfficialPerson;
  at: Instant;
};
