import { getTableColumns, type SQL, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";

/*
 * Statements over many rows at once. The rows are one parameter, a JSON text, so that a statement reads the same for
 * one row and for five hundred: the driver prepares it once, and the server plans it once.
 */

const plain = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString("hex")}`;
  return Array.isArray(value) ? value.map(plain) : value;
};

type Row = Record<string, unknown>;
const columnsOf = (table: PgTable): Record<string, PgColumn | undefined> => getTableColumns(table);

/** These rows as a set with the columns of that table; what a row lacks is null. */
export const rowsOf = (table: PgTable, rows: readonly Row[]): SQL => {
  const columns = columnsOf(table);
  const named = rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([key, value]) => [columns[key]?.name ?? key, plain(value)])),
  );
  return sql`json_populate_recordset(null::${table}, ${JSON.stringify(named)}::text::json)`;
};

/** Inserts these columns of those rows, in the order given: whoever inserts the same ones waits, and cannot cross. */
export const insertMany = (table: PgTable, keys: readonly string[], rows: readonly Row[]): SQL => {
  const columns = columnsOf(table);
  const names = sql.join(
    keys.flatMap((key) => (columns[key] ? [sql.identifier(columns[key].name)] : [])),
    sql`, `,
  );
  return sql`insert into ${table} (${names}) select ${names} from ${rowsOf(table, rows)}`;
};

type Scalar = "text" | "uuid" | "bytea";

/** These values as an array, be they one or a thousand. */
export const arrayOf = (values: readonly (string | Uint8Array)[], type: Scalar): SQL =>
  sql`array(
    select value::${sql.raw(type)} from json_array_elements_text(${JSON.stringify(values.map(plain))}::text::json))`;

/** Whether a column holds one of these values. */
export const isAnyOf = (
  column: PgColumn | SQL,
  values: readonly (string | Uint8Array)[],
  type: Scalar,
): SQL => sql`${column} = any(${arrayOf(values, type)})`;
