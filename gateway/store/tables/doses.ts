import { boolean, doublePrecision, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type {
  BookingId,
  ExternalId,
  InvitationId,
  PlatformName,
  SurplusId,
  Vaccine,
  VolunteerId,
} from "../../../schema/primitives.ts";
import type { AgeBand } from "../../../schema/report.ts";
import type {
  BookingState,
  DoseState,
  Hour,
  InvitationKind,
  InvitationState,
  Reason,
  SurplusState,
} from "../../../schema/surplus.ts";
import { at, campaign, centre, region } from "./columns.ts";

/* The doses, and whom they were offered. */

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
  askedAt: at("asked_at"),
  toldAt: at("told_at"),
  heldAt: at("held_at"),
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

export const tallies = pgTable("tallies", {
  centre: centre(),
  band: text().$type<AgeBand>().notNull(),
  hour: text().$type<Hour>().notNull(),
  channel: text().notNull(),
  asked: doublePrecision().notNull(),
  yes: doublePrecision().notNull(),
});
