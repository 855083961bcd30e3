import type { Vault } from "../../gateway/store/vault.ts";
import type { TestDatabase } from "./postgres.ts";

/** Every row of every table, as PostgreSQL writes it: what a dump of the database holds. */
export const dumpOf = async ({ sql }: Pick<TestDatabase, "sql">): Promise<Record<string, string[]>> => {
  const tables = await sql<{ name: string }[]>`
    select c.relname as name from pg_class c
    where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace order by 1`;
  const dump: Record<string, string[]> = {};
  for (const { name } of tables) {
    const rows = await sql.unsafe<{ row: string }[]>(`select to_jsonb(t)::text as row from "${name}" t`);
    dump[name] = rows.map(({ row }) => row);
  }
  return dump;
};

/** Where in a dump one of these texts stands, letters of either case alike. */
export const findIn = (dump: Record<string, string[]>, texts: readonly string[]): string[] =>
  Object.entries(dump).flatMap(([table, rows]) =>
    texts.flatMap((text) =>
      rows.some((row) => row.toLowerCase().includes(text.toLowerCase())) ? [`${table}: ${text}`] : [],
    ),
  );

/** What is sealed in a database, opened with its keys, table by table. */
export const openedIn = async (
  { sql }: Pick<TestDatabase, "sql">,
  vault: Pick<Vault, "open">,
): Promise<Record<string, string[]>> => {
  type Sealed = { id: string; value: Uint8Array };
  const columns: [table: string, column: string, id: string][] = [
    ["volunteers", "person_sealed", "id::text"],
    ["volunteers", "contact_sealed", "id::text"],
    ["volunteers", "national_sealed", "id::text"],
    ["requests", "reply_sealed", "caller || ' ' || key"],
    ["erasure_receipts", "matter_sealed", "erasure::text || ' ' || number"],
  ];
  const opened: Record<string, string[]> = {};
  for (const [table, column, id] of columns) {
    const rows = await sql.unsafe<Sealed[]>(
      `select ${id} as id, ${column} as value from ${table} where ${column} is not null`,
    );
    opened[`${table}.${column}`] = rows.map((row) => vault.open(row.value, { table, column, id: row.id }));
  }
  return opened;
};
