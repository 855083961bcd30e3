import { bigint, date, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import type { Sex } from "../../../schema/day-report.ts";
import type { PlatformName, Vaccine } from "../../../schema/primitives.ts";
import type { AgeBand } from "../../../schema/report.ts";
import type { TableFormat } from "../../../schema/table-file.ts";
import { at, bytes, centre, region } from "./columns.ts";

/* What was counted and told: the database lets nobody change a row of it. */

export const dayReports = pgTable("day_reports", {
  day: date().notNull(),
  version: integer().notNull(),
  countedAt: at("counted_at").notNull(),
  rows: integer().notNull(),
  sums: jsonb().$type<Record<string, number>>().notNull(),
});

export const dayReportCells = pgTable("day_report_cells", {
  region: region(),
  day: date().notNull(),
  version: integer().notNull(),
  number: integer().notNull(),
  regionName: text("region_name").notNull(),
  province: text(),
  centre: centre(),
  platform: text().$type<PlatformName>(),
  vaccine: text().$type<Vaccine>().notNull(),
  ageBand: text("age_band").$type<AgeBand>(),
  sex: text().$type<Sex>(),
  indicator: text().notNull(),
  count: integer().notNull(),
});

const named = () => ({ dataset: text().notNull(), day: date().notNull(), version: integer().notNull() });

export const releases = pgTable("releases", {
  ...named(),
  until: date().notNull(),
  publishedAt: at("published_at").notNull(),
  rows: integer().notNull(),
});

export const releaseFiles = pgTable("release_files", {
  ...named(),
  format: text().$type<TableFormat>().notNull(),
  bytes: bigint({ mode: "number" }).notNull(),
  sha256: bytes().notNull(),
});

export const releaseParts = pgTable("release_parts", {
  ...named(),
  format: text().$type<TableFormat>().notNull(),
  number: integer().notNull(),
  content: bytes().notNull(),
});
