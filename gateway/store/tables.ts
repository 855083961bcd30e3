import {
  bigint,
  boolean,
  customType,
  date,
  doublePrecision,
  integer,
  jsonb,
  pgTable,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import type { NewKey } from "../../schema/key.ts";
import type {
  BookingId,
  CampaignId,
  CentreId,
  ExternalId,
  InvitationId,
  Language,
  PlatformName,
  RegionId,
  SurplusId,
  Vaccine,
  VolunteerId,
} from "../../schema/primitives.ts";
import { type Instant, instant } from "../../schema/primitives.ts";
import type { Centre, PolicyRules, Region, Role } from "../../schema/region.ts";
import type { AgeBand } from "../../schema/report.ts";
import type {
  BookingState,
  DoseState,
  Effect,
  Hour,
  InvitationKind,
  InvitationState,
  Reason,
  SurplusState,
} from "../../schema/surplus.ts";
import type { Availability, Condition } from "../../schema/volunteer.ts";

/* The tables of migrations/ in Drizzle's words. Instants are ISO text in UTC above, timestamptz below. */

const at = customType<{ data: Instant; driverData: string }>({
  dataType: () => "timestamptz",
  fromDriver: (value) => instant(new Date(value)),
});
const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => "bytea" });
/** Drizzle would turn each item into text; an array of bytes is written as PostgreSQL reads it. */
const byteses = customType<{ data: Uint8Array[]; driverData: Uint8Array[] | string }>({
  dataType: () => "bytea[]",
  toDriver: (values) => `{${values.map((each) => `"\\\\x${Buffer.from(each).toString("hex")}"`).join(",")}}`,
});
const region = () => text().$type<RegionId>().notNull();
const campaign = () => text().$type<CampaignId>().notNull();
const centre = () => text().$type<CentreId>().notNull();

export const campaigns = pgTable("campaigns", {
  id: campaign().primaryKey(),
  openedAt: at("opened_at").notNull(),
});

export const regions = pgTable("regions", {
  id: region().primaryKey(),
  document: jsonb().$type<Region>().notNull(),
  policyFileDigest: bytes("policy_file_digest"),
});

export const centres = pgTable("centres", {
  id: centre().primaryKey(),
  region: region(),
  document: jsonb().$type<Centre>().notNull(),
});

export const policies = pgTable("policies", {
  region: region(),
  version: integer().notNull(),
  from: at("from_at").notNull(),
  rules: jsonb().$type<PolicyRules>().notNull(),
});

export const bindings = pgTable("bindings", {
  id: uuid().primaryKey(),
  region: region(),
  centre: text().$type<CentreId>(),
  role: text().$type<Role>().notNull(),
  platform: text().$type<PlatformName>().notNull(),
  from: at("from_at"),
  until: at("until_at"),
});

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
});

export const tokens = pgTable("tokens", {
  digest: bytes().primaryKey(),
  purpose: text().$type<"manage" | "answer">().notNull(),
  volunteer: uuid().$type<VolunteerId>().notNull(),
  invitation: uuid().$type<InvitationId>(),
  issuedAt: at("issued_at").notNull(),
  expiresAt: at("expires_at"),
  revokedAt: at("revoked_at"),
});

export const identities = pgTable("identities", {
  platform: text().$type<PlatformName>().notNull(),
  externalId: text("external_id").$type<ExternalId>().notNull(),
  volunteer: uuid().$type<VolunteerId>().notNull(),
  checkedAt: at("checked_at").notNull(),
  validAt: at("valid_at").notNull(),
  changedAt: at("changed_at"),
});

export const queue = pgTable("queue", {
  centre: centre(),
  birthDate: date("birth_date").notNull(),
  volunteer: uuid().$type<VolunteerId>().notNull(),
  conditions: text().array().$type<Condition[]>().notNull(),
  notBefore: at("not_before"),
});

export const surpluses = pgTable("surpluses", {
  id: uuid().$type<SurplusId>().primaryKey(),
  region: region(),
  campaign: campaign(),
  centre: centre(),
  vaccine: text().$type<Vaccine>().notNull(),
  usableUntil: at("usable_until").notNull(),
  announcedAt: at("announced_at").notNull(),
  state: text().$type<SurplusState>().notNull(),
});

export const invitations = pgTable("invitations", {
  id: uuid().$type<InvitationId>().primaryKey(),
  region: region(),
  campaign: campaign(),
  centre: centre(),
  surplus: uuid().$type<SurplusId>().notNull(),
  volunteer: uuid().$type<VolunteerId>().notNull(),
  state: text().$type<InvitationState>().notNull(),
  kind: text().$type<InvitationKind>().notNull(),
  rank: text().notNull(),
  chance: doublePrecision().notNull(),
  reason: jsonb().$type<Reason>().notNull(),
  windowMinutes: integer("window_minutes").notNull(),
  decidedAt: at("decided_at").notNull(),
  leaveBy: at("leave_by").notNull(),
  knownBy: at("known_by").notNull(),
  platform: text().$type<PlatformName>(),
  channel: text(),
  calls: integer().notNull().default(0),
  takenAt: at("taken_at"),
  windowEndsAt: at("window_ends_at"),
  yesAt: at("yes_at"),
  endedAt: at("ended_at"),
});

export const bookings = pgTable("bookings", {
  id: uuid().$type<BookingId>().primaryKey(),
  region: region(),
  campaign: campaign(),
  centre: centre(),
  surplus: uuid().$type<SurplusId>().notNull(),
  invitation: uuid().$type<InvitationId>(),
  volunteer: uuid().$type<VolunteerId>(),
  walkIn: boolean("walk_in").notNull().default(false),
  state: text().$type<BookingState>().notNull(),
  at: at().notNull(),
  platform: text().$type<PlatformName>(),
  externalRef: text("external_ref").$type<ExternalId>(),
  askedFor: at("asked_for"),
  promisedAt: at("promised_at").notNull(),
  settledAt: at("settled_at"),
});

export const doses = pgTable("doses", {
  surplus: uuid().$type<SurplusId>().notNull(),
  number: integer().notNull(),
  state: text().$type<DoseState>().notNull(),
  invitation: uuid().$type<InvitationId>(),
  booking: uuid().$type<BookingId>(),
});

export const outbox = pgTable("outbox", {
  id: bigint({ mode: "number" }).generatedAlwaysAsIdentity().primaryKey(),
  effect: jsonb().$type<Effect>().notNull(),
  timer: text(),
  lane: text(),
  platform: text().$type<PlatformName>(),
  dueAt: at("due_at").notNull(),
  attempts: integer().notNull().default(0),
  claimedUntil: at("claimed_until"),
  lastFault: text("last_fault"),
  dead: boolean().notNull().default(false),
  createdAt: at("created_at").notNull(),
});

export const tallies = pgTable("tallies", {
  centre: centre(),
  band: text().$type<AgeBand>().notNull(),
  hour: text().$type<Hour>().notNull(),
  channel: text().notNull(),
  asked: doublePrecision().notNull(),
  yes: doublePrecision().notNull(),
});

export const audit = pgTable("audit", {
  id: bigint({ mode: "number" }).generatedAlwaysAsIdentity().primaryKey(),
  at: at().notNull(),
  region: text().$type<RegionId>(),
  actor: text().notNull(),
  event: text().notNull(),
  subject: uuid(),
  facts: jsonb().$type<Record<string, unknown>>().notNull(),
});

export const requests = pgTable("requests", {
  caller: text().notNull(),
  key: text().notNull(),
  fingerprint: bytes().notNull(),
  status: integer(),
  replySealed: bytes("reply_sealed"),
  startedAt: at("started_at").notNull(),
});

export const keys = pgTable("keys", {
  digest: bytes().primaryKey(),
  label: text().notNull(),
  role: text().$type<NewKey["role"]>().notNull(),
  regions: text().array().$type<RegionId[]>().notNull(),
  centres: text().array().$type<CentreId[]>().notNull(),
  issuedAt: at("issued_at").notNull(),
  revokedAt: at("revoked_at"),
});

export const beginnings = pgTable("beginnings", {
  name: text().primaryKey(),
  value: bytes().notNull(),
});

export const told = pgTable("told", {
  person: uuid().$type<VolunteerId>().notNull(),
  about: text().$type<"registration" | "recovery">().notNull(),
  address: bytes().notNull(),
  at: at().notNull(),
});

export const deliveries = pgTable("deliveries", {
  platform: text().$type<PlatformName>().notNull(),
  delivery: text().notNull(),
  receivedAt: at("received_at").notNull(),
});

export const feeds = pgTable("feeds", {
  platform: text().$type<PlatformName>().notNull(),
  feed: text().notNull(),
  cursor: text(),
});

export const platformHealth = pgTable("platform_health", {
  platform: text().$type<PlatformName>().primaryKey(),
  lastSuccessAt: at("last_success_at"),
  lastFailureAt: at("last_failure_at"),
  lastFault: text("last_fault"),
});
