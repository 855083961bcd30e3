import type { Sql } from "postgres";
import { expect } from "vitest";
import type { Deps } from "../../gateway/flows/deps.ts";
import { keptColumns } from "../../gateway/store/kept-columns.ts";
import { sealPurposes } from "../../gateway/store/keyring.ts";

/** What two platforms are to be told of somebody who was forgotten. */
export const sealReceipts = async (sql: Sql, { vault }: Deps) => {
  const [{ id } = { id: "" }] = await sql<{ id: string }[]>`
    insert into erasures (id, region, cause, asked_at) values (gen_random_uuid(), 'wallonia', 'asked', now())
    returning id`;
  for (const number of [1, 2]) {
    const bound = { table: "erasure_receipts", column: "matter_sealed", id: `${id} ${number}` };
    await sql`
      insert into erasure_receipts (region, erasure, number, platform, what, state, at, matter_sealed)
      values ('wallonia', ${id}, ${number}, 'qvax', 'list', 'waiting', now(), ${vault.seal("{}", bound)})`;
  }
};

/** Every value that is sealed in the database, and the record that it belongs to. */
export const sealedValues = async (sql: Sql) => {
  const all: { value: Uint8Array; bound: { table: string; column: string; id: string } }[] = [];
  for (const { table, column } of sealPurposes.flatMap((purpose) => keptColumns[purpose])) {
    const id =
      table === "requests"
        ? "caller || ' ' || key"
        : table === "identity_words"
          ? "digest::text"
          : table === "erasure_receipts"
            ? "erasure || ' ' || number"
            : "id::text";
    const rows = await sql.unsafe(
      `select ${id} as id, ${column} as value from ${table} where ${column} is not null`,
    );
    expect(`${table}.${column} ${rows.length > 1}`).toBe(`${table}.${column} true`);
    all.push(...rows.map((row) => ({ value: row.value, bound: { table, column, id: row.id } })));
  }
  return all;
};
