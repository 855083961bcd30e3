import { pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { BookingId, VolunteerId } from "../../../schema/primitives.ts";
import type { CardChecked, Deciding, Known, Objection } from "../../../schema/proof.ts";
import { at, region } from "./columns.ts";

export const proofs = pgTable("proofs", {
  region: region(),
  volunteer: uuid().$type<VolunteerId>().notNull(),
  what: text().$type<Deciding>().notNull(),
  known: text().$type<Exclude<Known, "declared">>().notNull(),
  by: text().notNull(),
  at: at().notNull(),
});

export const cardChecks = pgTable("card_checks", {
  region: region(),
  booking: uuid().$type<BookingId>().primaryKey(),
  outcome: text().$type<CardChecked["outcome"]>().notNull(),
  objections: text().array().$type<Objection[]>().notNull(),
  by: text().notNull(),
  at: at().notNull(),
});
