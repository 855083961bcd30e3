import { integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { PlatformName } from "../../../schema/primitives.ts";
import type {
  ListFormat,
  ListRead,
  ListWorkId,
  RowCounts,
  WorkFault,
  WorkState,
} from "../../../schema/work.ts";
import { at, bytes, centre, region } from "./columns.ts";

/* Lists in files that are taken in or written behind the answer. */

export const work = pgTable("work", {
  id: uuid().$type<ListWorkId>().primaryKey(),
  region: region(),
  centre: centre(),
  platform: text().$type<PlatformName>().notNull(),
  kind: text().$type<"import" | "export">().notNull(),
  state: text().$type<WorkState>().notNull(),
  orderedBy: text("ordered_by").notNull(),
  orderedAt: at("ordered_at").notNull(),
  startedAt: at("started_at"),
  endedAt: at("ended_at"),
  done: integer().notNull().default(0),
  total: integer().notNull(),
  read: jsonb().$type<ListRead>(),
  counts: jsonb().$type<RowCounts>(),
  format: text().$type<ListFormat>(),
  wordsSealed: bytes("words_sealed"),
  cursor: uuid(),
  fault: text().$type<WorkFault>(),
  keptUntil: at("kept_until"),
});

export const workParts = pgTable("work_parts", {
  region: region(),
  work: uuid().$type<ListWorkId>().notNull(),
  kind: text().$type<"rows" | "refused" | "file">().notNull(),
  number: integer().notNull(),
  rowsSealed: bytes("rows_sealed").notNull(),
});
