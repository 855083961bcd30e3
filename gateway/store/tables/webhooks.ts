import { bigint, boolean, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { EventFilter } from "../../../schema/cloud-event.ts";
import type { KeyRole } from "../../../schema/key.ts";
import type { RegionId } from "../../../schema/primitives.ts";
import type { Attempt, DeliveryState, WebhookEnd, WebhookId } from "../../../schema/webhook.ts";
import { at, bytes } from "./columns.ts";

/* Where events are sent, and what came of each. */

export const webhooks = pgTable("webhooks", {
  id: uuid().$type<WebhookId>().primaryKey(),
  owner: text().notNull(),
  ofKey: boolean("of_key").notNull(),
  role: text().$type<KeyRole>().notNull(),
  regions: text().array().$type<RegionId[]>(),
  address: text().notNull(),
  types: text().array().$type<EventFilter[]>().notNull(),
  note: text(),
  secretSealed: bytes("secret_sealed").notNull(),
  oldSecretSealed: bytes("old_secret_sealed"),
  oldSecretUntil: at("old_secret_until"),
  createdAt: at("created_at").notNull(),
  state: text().$type<"enabled" | "disabled">().notNull(),
  disabledFor: text("disabled_for").$type<WebhookEnd>(),
  disabledAt: at("disabled_at"),
  reached: text().notNull(),
  failures: integer().notNull().default(0),
  failingSince: at("failing_since"),
  restsUntil: at("rests_until"),
  testedAt: at("tested_at"),
});

export const webhookDeliveries = pgTable(
  "webhook_deliveries",
  {
    webhook: uuid().$type<WebhookId>().notNull(),
    chain: text().$type<RegionId | "">().notNull(),
    number: bigint({ mode: "number" }).notNull(),
    event: text().notNull(),
    state: text().$type<DeliveryState>().notNull(),
    tries: integer().notNull().default(0),
    dueAt: at("due_at").notNull(),
    claimedUntil: at("claimed_until"),
    claimedBy: uuid("claimed_by"),
    attempts: jsonb().$type<Attempt[]>().notNull().default([]),
    touchedAt: at("touched_at").notNull(),
    endedAt: at("ended_at"),
  },
  (table) => [primaryKey({ columns: [table.webhook, table.chain, table.number] })],
);
