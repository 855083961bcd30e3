import { bigint, boolean, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { PlatformName, RegionId } from "../../../schema/primitives.ts";
import type { Effect } from "../../../schema/surplus.ts";
import { at, bytes } from "./columns.ts";

/* What must still follow, what was asked before, and what has happened. */

export const outbox = pgTable("outbox", {
  id: bigint({ mode: "number" }).generatedAlwaysAsIdentity().primaryKey(),
  effect: jsonb().$type<Effect>().notNull(),
  timer: text(),
  lane: text(),
  platform: text().$type<PlatformName>(),
  dueAt: at("due_at").notNull(),
  attempts: integer().notNull().default(0),
  claimedUntil: at("claimed_until"),
  claimedBy: uuid("claimed_by"),
  lastFault: text("last_fault"),
  dead: boolean().notNull().default(false),
  createdAt: at("created_at").notNull(),
});

export const requests = pgTable("requests", {
  caller: text().notNull(),
  key: text().notNull(),
  fingerprint: bytes().notNull(),
  status: integer(),
  replySealed: bytes("reply_sealed"),
  startedAt: at("started_at").notNull(),
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

export const auditLinks = pgTable("audit_links", {
  region: text().notNull(),
  number: bigint({ mode: "number" }).notNull(),
  line: bigint({ mode: "number" }).notNull(),
  hash: bytes().notNull(),
});

export const auditCheckpoints = pgTable("audit_checkpoints", {
  region: text().notNull(),
  number: bigint({ mode: "number" }).notNull(),
  hash: bytes().notNull(),
  at: at().notNull(),
  key: integer().notNull(),
  signature: bytes().notNull(),
});
