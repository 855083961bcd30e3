import { integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { CarryOver, ChangeId, RoleChange } from "../../../schema/binding.ts";
import type { CampaignName } from "../../../schema/campaign.ts";
import type {
  CampaignId,
  CentreId,
  PlatformName,
  RegionId,
  VolunteerId,
} from "../../../schema/primitives.ts";
import type { Centre, PolicyRules, Region, Role } from "../../../schema/region.ts";
import { at, bytes, campaign, centre, region } from "./columns.ts";

/* Who decides, and where. */

export const campaigns = pgTable("campaigns", {
  id: campaign().primaryKey(),
  openedAt: at("opened_at").notNull(),
  /** Whose people are asked; null for a campaign of the operator's files, and so are the columns that follow. */
  origin: text().$type<CampaignId>(),
  name: jsonb().$type<CampaignName>(),
  regions: text().array().$type<RegionId[]>().notNull().default([]),
  startsAt: at("starts_at"),
  orderedBy: text("ordered_by"),
  ended: text().$type<"taken-back" | "undone">(),
  endedBy: text("ended_by"),
  endedAt: at("ended_at"),
  askState: text("ask_state").$type<"waiting" | "running" | "done" | "halted">(),
  askCursor: uuid("ask_cursor").$type<VolunteerId>(),
  total: integer().notNull().default(0),
  seen: integer().notNull().default(0),
});

export const regions = pgTable("regions", {
  id: region().primaryKey(),
  document: jsonb().$type<Region>().notNull(),
  policyFileDigest: bytes("policy_file_digest"),
  bindingFileDigest: bytes("binding_file_digest"),
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
  campaign: campaign(),
});

export const bindings = pgTable("bindings", {
  id: uuid().primaryKey(),
  region: region(),
  centre: text().$type<CentreId>(),
  role: text().$type<Role>().notNull(),
  /** Nobody, where it is null: then the gateway itself. */
  platform: text().$type<PlatformName>(),
  from: at("from_at"),
  until: at("until_at"),
  change: uuid().$type<ChangeId>(),
});

export const bindingChanges = pgTable("binding_changes", {
  id: uuid().$type<ChangeId>().primaryKey(),
  region: region(),
  centre: text().$type<CentreId>(),
  centres: text().array().$type<CentreId[]>().notNull(),
  roles: jsonb().$type<RoleChange[]>().notNull(),
  from: at("from_at").notNull(),
  undoes: uuid().$type<ChangeId>(),
  orderedBy: text("ordered_by").notNull(),
  orderedAt: at("ordered_at").notNull(),
  ended: text().$type<"taken-back" | "undone" | "superseded">(),
  endedBy: text("ended_by"),
  endedAt: at("ended_at"),
  carryState: text("carry_state").$type<CarryOver["state"]>(),
  carryCursor: uuid("carry_cursor").$type<VolunteerId>(),
  total: integer().notNull().default(0),
  done: integer().notNull().default(0),
  carried: integer().notNull().default(0),
  asked: integer().notNull().default(0),
  refused: integer().notNull().default(0),
});
