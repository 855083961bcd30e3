import { expect, test } from "vitest";
import { nationalNumber, newVolunteer } from "../support/gateway.ts";
import { inScene } from "./story.ts";

/* The national number served as a user name at a private company, with an unclear retention term. */

test("F12: the national number is in no answer and lies nowhere in clear: not in a table, an order or the audit", () =>
  inScene([newVolunteer({ born: "1950-01-15" })], async ({ registered, database: { sql } }) => {
    const number = nationalNumber("1950-01-15");
    expect(JSON.stringify(registered)).not.toContain(number);
    const tables = await sql<{ name: string }[]>`
      select table_name as name from information_schema.tables where table_schema = 'public'`;
    expect(tables.length).toBeGreaterThan(10);
    for (const { name } of tables) {
      const rows = await sql`select to_jsonb(t)::text as text from ${sql(name)} t`;
      for (const { text } of rows) expect(text).not.toContain(number);
      const hex = Buffer.from(number).toString("hex");
      for (const { text } of rows) expect(text).not.toContain(hex);
    }
  }));
