import type { Sql } from "postgres";
import { expect } from "vitest";
import type { Deps } from "../../gateway/flows/deps.ts";
import { reasonIn, sealPart } from "../../gateway/flows/work/parts.ts";
import { keptColumns } from "../../gateway/store/kept-columns.ts";
import { sealPurposes } from "../../gateway/store/keyring.ts";
import * as works from "../../gateway/store/work.ts";
import { RegionId } from "../../schema/primitives.ts";
import type { ListWorkId } from "../../schema/work.ts";

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

/** Two exports that hold numbers, and two rows that wait to be mended. */
export const sealLists = async (sql: Sql, deps: Deps) => {
  for (const _ of [1, 2]) {
    const id = deps.uuid() as ListWorkId;
    const words = deps.vault.seal("{}", reasonIn(id));
    await sql`
      insert into work (id, region, centre, platform, kind, state, ordered_by, ordered_at, total, words_sealed)
      values (${id}, 'wallonia', 'binche', 'local-list', 'export', 'running', 'lead', now(), 1, ${words})`;
    const place = { id, region: RegionId.parse("wallonia") };
    const content = { cells: [], faults: [] };
    await works.addParts(deps.db, [sealPart(deps, place, { kind: "refused", number: 2, content })]);
  }
};

/** Two webhooks, each with a secret and the one before. */
export const sealWebhooks = async (sql: Sql, { vault, uuid }: Deps) => {
  for (const _ of [1, 2]) {
    const id = uuid();
    const [secret, old] = ["secret_sealed", "old_secret_sealed"].map((column) =>
      vault.seal("whsec_AAAA", { table: "webhooks", column, id }),
    );
    await sql`
      insert into webhooks (id, owner, of_key, role, address, types, secret_sealed, old_secret_sealed, old_secret_until,
        created_at, state, reached)
      values (${id}, 'door', true, 'operator', 'https://example.org', '{}', ${secret ?? ""}, ${old ?? ""}, now(), now(),
        'enabled', '.0')`;
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
            : table === "work_parts"
              ? "work || ' ' || kind || ' ' || number"
              : "id::text";
    const rows = await sql.unsafe(
      `select ${id} as id, ${column} as value from ${table} where ${column} is not null`,
    );
    expect(`${table}.${column} ${rows.length > 1}`).toBe(`${table}.${column} true`);
    all.push(...rows.map((row) => ({ value: row.value, bound: { table, column, id: row.id } })));
  }
  return all;
};
