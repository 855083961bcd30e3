import { boolean, doublePrecision, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { ReadingKind, ReadingVerdict } from "../../../schema/platform.ts";
import type { PlatformTurn } from "../../../schema/platform-history.ts";
import type { ExternalId, PlatformName, VolunteerId } from "../../../schema/primitives.ts";
import type { Reconciliation } from "../../../schema/reconciliation.ts";
import { at } from "./columns.ts";

/* What is known of each platform, and by which names platforms know people. */

export const identities = pgTable("identities", {
  platform: text().$type<PlatformName>().notNull(),
  externalId: text("external_id").$type<ExternalId>().notNull(),
  volunteer: uuid().$type<VolunteerId>().notNull(),
  checkedAt: at("checked_at").notNull(),
  validAt: at("valid_at").notNull(),
  changedAt: at("changed_at"),
  endedAt: at("ended_at"),
  begunAt: at("begun_at"),
  reading: integer(),
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

export const readings = pgTable("readings", {
  platform: text().$type<PlatformName>().notNull(),
  number: integer().notNull(),
  kind: text().$type<ReadingKind>().notNull(),
  begunAt: at("begun_at").notNull(),
  cursor: text(),
  done: integer().notNull().default(0),
  total: integer(),
  paceAt: at("pace_at").notNull(),
  paceDone: integer("pace_done").notNull().default(0),
  perSecond: doublePrecision("per_second"),
  partial: boolean().notNull().default(false),
  readAt: at("read_at"),
  listed: integer(),
  missing: integer(),
  verdict: text().$type<ReadingVerdict>(),
  haltedAt: at("halted_at"),
  endedAt: at("ended_at"),
});

export const platformHealth = pgTable("platform_health", {
  platform: text().$type<PlatformName>().primaryKey(),
  lastSuccessAt: at("last_success_at"),
  lastFailureAt: at("last_failure_at"),
  lastFault: text("last_fault"),
});

export const platformHours = pgTable("platform_hours", {
  platform: text().$type<PlatformName>().notNull(),
  hour: at().notNull(),
  calls: integer().notNull().default(0),
  failures: integer().notNull().default(0),
  backlog: integer().notNull().default(0),
  lastFault: text("last_fault"),
});

export const platformTurns = pgTable("platform_turns", {
  platform: text().$type<PlatformName>().notNull(),
  at: at().notNull(),
  state: text().$type<PlatformTurn["state"]>().notNull(),
  fault: text(),
});

export const drifts = pgTable("drifts", {
  platform: text().$type<PlatformName>().notNull(),
  operation: text().notNull(),
  pointer: text().notNull(),
  keyword: text().notNull(),
  documented: text().notNull(),
  came: text().notNull(),
  firstSeenAt: at("first_seen_at").notNull(),
  lastSeenAt: at("last_seen_at").notNull(),
  count: integer().notNull().default(1),
  endedAt: at("ended_at"),
});

export const reconciliations = pgTable("reconciliations", {
  platform: text().$type<PlatformName>().primaryKey(),
  account: jsonb().$type<Reconciliation>().notNull(),
});
