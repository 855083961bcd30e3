import { pgTable, text } from "drizzle-orm/pg-core";
import type { NewKey } from "../../../schema/key.ts";
import type { CentreId, RegionId } from "../../../schema/primitives.ts";
import { at, bytes } from "./columns.ts";

/* Who may call, and with which keys this database began. */

export const keys = pgTable("keys", {
  digest: bytes().primaryKey(),
  label: text().notNull(),
  role: text().$type<NewKey["role"]>().notNull(),
  regions: text().array().$type<RegionId[]>().notNull(),
  centres: text().array().$type<CentreId[]>().notNull(),
  issuedAt: at("issued_at").notNull(),
  revokedAt: at("revoked_at"),
});

export const beginnings = pgTable("beginnings", {
  name: text().primaryKey(),
  value: bytes().notNull(),
});
