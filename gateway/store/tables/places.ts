import { integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { CentreId, PlatformName } from "../../../schema/primitives.ts";
import type { Centre, PolicyRules, Region, Role } from "../../../schema/region.ts";
import { at, bytes, campaign, centre, region } from "./columns.ts";

/* Who decides, and where. */

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
