import { bigint, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { KeyRole } from "../../../schema/key.ts";
import type { CentreId, RegionId } from "../../../schema/primitives.ts";
import type { Purpose } from "../keyring.ts";
import { at, bytes } from "./columns.ts";

/* Who may call, with which keys this database began, and with which it writes. */

export const keys = pgTable("keys", {
  digest: bytes().primaryKey(),
  label: text().notNull(),
  role: text().$type<KeyRole>().notNull(),
  regions: text().array().$type<RegionId[]>().notNull(),
  centres: text().array().$type<CentreId[]>().notNull(),
  issuedAt: at("issued_at").notNull(),
  revokedAt: at("revoked_at"),
});

export const beginnings = pgTable("beginnings", {
  name: text().primaryKey(),
  value: bytes().notNull(),
});

export const dataKeys = pgTable(
  "data_keys",
  {
    purpose: text().$type<Purpose>().notNull(),
    version: integer().notNull(),
    wrapped: bytes(),
    wrappedBy: text("wrapped_by"),
    changed: bigint({ mode: "number" }).notNull(),
    createdAt: at("created_at").notNull(),
    usedAt: at("used_at"),
    retiredAt: at("retired_at"),
    removedAt: at("removed_at"),
    publicKey: text("public_key"),
    step: text(),
    after: text(),
    renewed: bigint({ mode: "number" }).notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.purpose, table.version] })],
);
