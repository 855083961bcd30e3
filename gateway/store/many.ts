import { getTableColumns, type SQL, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { hexOf } from "./digests.ts";

/*
 * Statements over many rows at once. Each column is one parameter, the text of an array, so that a statement reads the
 * same for one row and for five hundred: the driver prepares it once, and the server plans it once. Read from JSON, the
 * same rows take the server four times as long (docs/performance.md).
 */

const quoted = (text: string): string =>
  `"${text.includes("\\") || text.includes('"') ? text.replace(/["\\]/g, "\\$&") : text}"`;

/** A value as PostgreSQL writes it within the text of an array. */
const item = (value: unknown, type: string): string => {
  if (value === null || value === undefined) return "null";
  if (value instanceof Uint8Array) return `"\\\\x${hexOf(value)}"`;
  if (type === "jsonb") return quoted(JSON.stringify(value));
  return quoted(Array.isArray(value) ? arrayText(value, "") : String(value));
};

export const arrayText = (values: readonly unknown[], type: string): string =>
  `{${values.map((value) => item(value, type)).join(",")}}`;

/** Some columns of a table, and what stands around their values in a statement: worked out once, where it is kept. */
type Columns = {
  table: PgTable;
  names: string;
  read: string;
  each: readonly { key: string; type: string; as: string }[];
};

export const columnsOf = (table: PgTable, keys: readonly string[]): Columns => {
  const columns = getTableColumns(table) as Record<string, PgColumn | undefined>;
  const each = keys.map((key) => {
    const column = columns[key];
    if (!column) throw new Error(`there is no column ${key}`);
    const [name, type] = [`"${column.name}"`, column.getSQLType()];
    // An array of arrays would be one with two dimensions, which is taken apart down to the last item.
    const isArray = type.endsWith("[]");
    return { key, name, type, as: isArray ? "text" : type, read: isArray ? `${name}::${type}` : name };
  });
  return {
    ...{ table, each },
    names: each.map(({ name }) => name).join(", "),
    read: each.map(({ read }) => read).join(", "),
  };
};

type Row = Record<string, unknown>;

/** These columns of those rows as a set; what a row lacks is null. To be named by whoever reads from it. */
export const rowsOf = ({ names, read, each }: Columns, rows: readonly Row[]): SQL => {
  const chunks = each.flatMap(({ key, type, as }, nth) => {
    const values = rows.map((row) => row[key]);
    return [sql.raw(nth === 0 ? "" : ", "), sql.param(arrayText(values, type)), sql.raw(`::text::${as}[]`)];
  });
  return sql`(select ${sql.raw(read)} from unnest(${sql.join(chunks)}) told (${sql.raw(names)}))`;
};

/** Inserts those rows, in the order given: whoever inserts the same ones waits, and cannot cross. */
export const insertMany = (columns: Columns, rows: readonly Row[]): SQL =>
  sql`insert into ${columns.table} (${sql.raw(columns.names)}) select * from ${rowsOf(columns, rows)} told`;

type Scalar = "text" | "uuid" | "bytea" | "bigint";

/** These values as an array, be they one or a thousand. */
export const arrayOf = (values: readonly (string | Uint8Array)[], type: Scalar): SQL =>
  sql`${arrayText(values, type)}::text::${sql.raw(type)}[]`;

/** Whether a column holds one of these values. */
export const isAnyOf = (
  column: PgColumn | SQL,
  values: readonly (string | Uint8Array)[],
  type: Scalar,
): SQL => sql`${column} = any(${arrayOf(values, type)})`;
