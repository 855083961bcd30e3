import type { CentreId, ExternalId, Instant, Language } from "./primitives.ts";
import type { Availability, Condition, Contact } from "./volunteer.ts";

/* A person of a platform's list, as adapters and the gateway exchange them. */

/**
 * One person on a list, as the gateway and every platform exchange them. What a platform does not keep is left out.
 */
export type RosterEntry = {
  externalId?: ExternalId;
  nationalNumber?: string;
  givenName: string;
  familyName: string;
  /** Where a platform knows only the year, "1956-01-01" with `birthYearOnly`. */
  birthDate?: string;
  birthYearOnly?: boolean;
  postcode?: string;
  contact: Contact;
  language?: Language;
  centres: CentreId[];
  availability?: Availability;
  conditions: Condition[];
  state: "active" | "paused" | "left";
};

/** What a list may keep of a person beside their names, their state and the platform's own name for them. */
export const rosterFields = [
  "nationalNumber",
  "birthDate",
  "postcode",
  "email",
  "mobile",
  "language",
  "centres",
  "availability",
  "conditions",
] as const;
export type RosterField = (typeof rosterFields)[number];

/**
 * What a platform's list does with people. `keeps`: the fields that `pull` gives back as `put` was given them; the
 * gateway says what would be lost before a centre moves there. `demands`: those without which `put` throws `rejected`.
 */
export type RosterTerms = { keeps: readonly RosterField[]; demands: readonly RosterField[] };

/**
 * A record as a source gives it. `checkedAt`: when the adapter read it. `validAt`: the moment for which the source
 * vouches. `changedAt`: when it last changed there, where the source tells.
 */
export type Sourced<Value> = { value: Value; checkedAt: Instant; validAt: Instant; changedAt?: Instant };
