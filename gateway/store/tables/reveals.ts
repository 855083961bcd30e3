import { pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { VolunteerId } from "../../../schema/primitives.ts";
import type { RevealReason } from "../../../schema/reveal.ts";
import { at, bytes, region } from "./columns.ts";

export const reveals = pgTable("reveals", {
  id: uuid().primaryKey(),
  region: region(),
  volunteer: uuid().$type<VolunteerId>().notNull(),
  actor: text().notNull(),
  reason: text().$type<RevealReason>().notNull(),
  wordsSealed: bytes("words_sealed").notNull(),
  at: at().notNull(),
});
