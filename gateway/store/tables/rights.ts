import { date, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { Purpose } from "../../../schema/consent.ts";
import type { ErasedThing, ErasureCause, ReceiptState } from "../../../schema/erasure.ts";
import type { ErasureId, Language, PlatformName, VolunteerId } from "../../../schema/primitives.ts";
import { at, bytes, region } from "./columns.ts";

/* Who was forgotten, and who was told of it: nothing here names a person. */

export const erasures = pgTable("erasures", {
  id: uuid().$type<ErasureId>().primaryKey(),
  region: region(),
  tokenDigest: bytes("token_digest"),
  cause: text().$type<ErasureCause>().notNull(),
  askedAt: at("asked_at").notNull(),
  keptUntil: date("kept_until"),
  barredUntil: date("barred_until"),
  doneAt: at("done_at"),
});

export const erasureReceipts = pgTable("erasure_receipts", {
  region: region(),
  erasure: uuid().$type<ErasureId>().notNull(),
  number: integer().notNull(),
  platform: text().$type<PlatformName>().notNull(),
  what: text().$type<ErasedThing>().notNull(),
  matterSealed: bytes("matter_sealed"),
  state: text().$type<ReceiptState>().notNull(),
  at: at().notNull(),
  tries: integer().notNull().default(0),
  fault: text(),
});

export const tombstones = pgTable("tombstones", {
  digest: bytes().notNull(),
  region: region(),
  erasure: uuid().$type<ErasureId>().notNull(),
  untilAt: at("until_at").notNull(),
});

export const messageCounts = pgTable("message_counts", {
  region: region(),
  scope: text().$type<"person" | "contact" | "unconfirmed" | "region" | "deferred" | "refused">().notNull(),
  key: text().notNull(),
  fromAt: at("from_at").notNull(),
  count: integer().notNull(),
});

export const contactConfirmations = pgTable("contact_confirmations", {
  region: region(),
  volunteer: uuid().$type<VolunteerId>().notNull(),
  since: at().notNull(),
  confirmedAt: at("confirmed_at"),
});

export const consents = pgTable("consents", {
  region: region(),
  volunteer: uuid().$type<VolunteerId>().notNull(),
  purpose: text().$type<Purpose>().notNull(),
  textVersion: text("text_version").notNull(),
  language: text().$type<Language>().notNull(),
  givenAt: at("given_at").notNull(),
  withdrawnAt: at("withdrawn_at"),
});

export const consentTexts = pgTable("consent_texts", {
  version: text().notNull(),
  language: text().$type<Language>().notNull(),
  text: text().notNull(),
});
