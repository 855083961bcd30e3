import type { Db } from "./db.ts";
import { reveals } from "./tables/reveals.ts";

export type RevealRow = typeof reveals.$inferSelect;

export const note = (db: Db, ...rows: RevealRow[]) =>
  rows.length === 0 ? undefined : db.insert(reveals).values(rows);
