import { boolean, date, integer, jsonb, pgTable, smallint, text, uuid } from "drizzle-orm/pg-core";
import type { RenewalId, RenewalState } from "../../../schema/campaign.ts";
import type { OfficialEvent } from "../../../schema/event.ts";
import type { PairState } from "../../../schema/pair.ts";
import type {
  CentreId,
  ErasureId,
  ExternalId,
  InvitationId,
  Language,
  PairId,
  PersonId,
  PlatformName,
  RegionId,
  Vaccine,
  VolunteerId,
} from "../../../schema/primitives.ts";
import type { Availability, Condition } from "../../../schema/volunteer.ts";
import { at, bytes, byteses, campaign, centre, region } from "./columns.ts";

/* The people, what opens their registrations, and who may be called. */

export const volunteers = pgTable("volunteers", {
  id: uuid().$type<VolunteerId>().primaryKey(),
  region: region(),
  campaign: campaign(),
  state: text().$type<"active" | "paused" | "withdrawn" | "closed">().notNull(),
  identityDigest: bytes("identity_digest").notNull(),
  repeatOf: uuid("repeat_of").$type<VolunteerId>(),
  personSealed: bytes("person_sealed").notNull(),
  contactSealed: bytes("contact_sealed").notNull(),
  contactDigests: byteses("contact_digests").notNull(),
  nationalSealed: bytes("national_sealed"),
  birthDate: date("birth_date").notNull(),
  birthYearOnly: boolean("birth_year_only").notNull().default(false),
  postcode: text(),
  centres: text().array().$type<CentreId[]>().notNull(),
  availability: jsonb().$type<Availability>().notNull(),
  vaccines: text().array().$type<Vaccine[]>().notNull(),
  conditions: text().array().$type<Condition[]>().notNull(),
  language: text().$type<Language>().notNull(),
  consentText: text("consent_text").notNull(),
  consentAt: at("consent_at").notNull(),
  registeredAt: at("registered_at").notNull(),
  updatedAt: at("updated_at").notNull(),
  lastDoseOn: date("last_dose_on"),
  closedFor: text("closed_for").$type<"vaccinated" | "official" | "died">(),
  closedFrom: text("closed_from").$type<"active" | "paused">(),
  compared: boolean().notNull().default(false),
  /** Set once nothing personal is left of it. */
  erasure: uuid().$type<ErasureId>(),
  /** The same in each campaign; the database fills it in. */
  person: uuid().$type<PersonId>(),
});

export const officials = pgTable("officials", {
  platform: text().$type<PlatformName>().notNull(),
  ref: text().$type<ExternalId>().notNull(),
  digests: byteses().notNull(),
  state: text().$type<OfficialEvent["kind"]>().notNull(),
  at: at().notNull(),
});

export const formerIdentities = pgTable("former_identities", {
  campaign: campaign(),
  digest: bytes().notNull(),
  volunteer: uuid().$type<VolunteerId>().notNull(),
  since: at().notNull(),
  until: at().notNull(),
});

/** Of what a digest was made, where the registration does not tell it any more. */
export const identityWords = pgTable("identity_words", {
  digest: bytes().primaryKey(),
  wordsSealed: bytes("words_sealed").notNull(),
});

/** A view: by which digests a registration is found. */
export const knownIdentities = pgTable("known_identities", {
  campaign: campaign(),
  identityDigest: bytes("identity_digest").notNull(),
  volunteer: uuid().$type<VolunteerId>().notNull(),
});

export const blocks = pgTable("blocks", {
  key: bytes().notNull(),
  volunteer: uuid().$type<VolunteerId>().notNull(),
});

export const pairs = pgTable("pairs", {
  id: uuid().$type<PairId>().primaryKey(),
  campaign: campaign(),
  one: uuid().$type<VolunteerId>().notNull(),
  other: uuid().$type<VolunteerId>().notNull(),
  regions: text().array().$type<RegionId[]>().notNull(),
  state: text().$type<PairState>().notNull(),
  score: integer().notNull(),
  reasons: text().array().$type<string[]>().notNull(),
  foundAt: at("found_at").notNull(),
  decidedAt: at("decided_at"),
  decidedBy: text("decided_by"),
  stays: uuid().$type<VolunteerId>(),
  merge: jsonb().$type<Record<string, unknown>>(),
});

export const tokens = pgTable("tokens", {
  digest: bytes().primaryKey(),
  purpose: text().$type<"manage" | "letter" | "answer" | "personal">().notNull(),
  volunteer: uuid().$type<VolunteerId>().notNull(),
  invitation: uuid().$type<InvitationId>(),
  issuedAt: at("issued_at").notNull(),
  expiresAt: at("expires_at"),
  revokedAt: at("revoked_at"),
  /** Whether it was sent, and not shown to whoever registered. */
  sent: boolean().notNull().default(false),
});

export const wrongTries = pgTable("wrong_tries", {
  key: bytes().primaryKey(),
  count: integer().notNull(),
  until: at().notNull(),
});

/** All but `notBefore` is derived by the view `places`. */
export const queue = pgTable("queue", {
  region: region(),
  campaign: campaign(),
  centre: centre(),
  birthDate: date("birth_date").notNull(),
  volunteer: uuid().$type<VolunteerId>().notNull(),
  always: smallint(),
  monday: smallint(),
  tuesday: smallint(),
  wednesday: smallint(),
  thursday: smallint(),
  friday: smallint(),
  saturday: smallint(),
  sunday: smallint(),
  lastDay: date("last_day"),
  lastDoseOn: date("last_dose_on"),
  notBefore: at("not_before"),
});

export const renewals = pgTable("renewals", {
  id: uuid().$type<RenewalId>().primaryKey(),
  campaign: campaign(),
  person: uuid().$type<PersonId>().notNull(),
  volunteer: uuid().$type<VolunteerId>().notNull(),
  state: text().$type<RenewalState>().notNull(),
  tokenDigest: bytes("token_digest").notNull(),
  tryAt: at("try_at").notNull(),
  tries: integer().notNull().default(0),
  sentAt: at("sent_at"),
  answeredAt: at("answered_at"),
  registration: uuid().$type<VolunteerId>(),
});

export const told = pgTable("told", {
  person: uuid().$type<VolunteerId>().notNull(),
  about: text().$type<"registration" | "recovery">().notNull(),
  address: bytes().notNull(),
  at: at().notNull(),
});
