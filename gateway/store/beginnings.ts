import { eq } from "drizzle-orm";
import type { Db } from "./db.ts";
import { beginnings } from "./tables/keys.ts";

/** What this database began with, by name. */
export const all = async (db: Db): Promise<Map<string, Uint8Array>> =>
  new Map((await db.select().from(beginnings)).map(({ name, value }) => [name, value]));

export const add = (db: Db, name: string, value: Uint8Array) =>
  db.insert(beginnings).values({ name, value }).onConflictDoNothing();

export const drop = (db: Db, name: string) => db.delete(beginnings).where(eq(beginnings.name, name));
