import { getTableColumns, type SQL, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";

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
  if (value instanceof Uint8Array) return `"\\\\x${Buffer.from(value).toString("hex")}"`;
  if (type === "jsonb") return quoted(JSON.stringify(value));
  return quoted(Array.isArray(value) ? arrayText(value, "") : String(value));
};
const arrayText = (values: readonly unknown[], type: string): string =>
  `{${values.map((value) => item(value, type)).join(",")}}`;

type Row = Record<string, unknown>;
const columnsOf = (table: PgTable): Record<string, PgColumn | undefined> => getTableColumns(table);
const columnOf = (table: PgTable, key: string): PgColumn => {
  const column = columnsOf(table)[key];
  if (!column) throw new Error(`there is no column ${key}`);
  return column;
};

/** These columns of those rows as a set; what a row lacks is null. To be named by whoever reads from it. */
export const rowsOf = (table: PgTable, keys: readonly string[], rows: readonly Row[]): SQL => {
  const columns = keys.map((key) => {
    const column = columnOf(table, key);
    const type = column.getSQLType();
    // An array of arrays would be one with two dimensions, which is taken apart down to the last item.
    const isArray = type.endsWith("[]");
    const values = arrayText(
      rows.map((row) => row[key]),
      type,
    );
    return {
      values: sql`${values}::text::${sql.raw(isArray ? "text" : type)}[]`,
      name: sql.identifier(column.name),
      read: isArray ? sql`${sql.identifier(column.name)}::${sql.raw(type)}` : sql.identifier(column.name),
    };
  });
  const listed = (part: "values" | "name" | "read") =>
    sql.join(
      columns.map((each) => each[part]),
      sql`, `,
    );
  return sql`(select ${listed("read")} from unnest(${listed("values")}) told (${listed("name")}))`;
};

/** Inserts these columns of those rows, in the order given: whoever inserts the same ones waits, and cannot cross. */
export const insertMany = (table: PgTable, keys: readonly string[], rows: readonly Row[]): SQL => {
  const names = sql.join(
    keys.map((key) => sql.identifier(columnOf(table, key).name)),
    sql`, `,
  );
  return sql`insert into ${table} (${names}) select * from ${rowsOf(table, keys, rows)} told`;
};

type Scalar = "text" | "uuid" | "bytea";

/** These values as an array, be they one or a thousand. */
export const arrayOf = (values: readonly (string | Uint8Array)[], type: Scalar): SQL =>
  sql`${arrayText(values, type)}::text::${sql.raw(type)}[]`;

/** Whether a column holds one of these values. */
export const isAnyOf = (
  column: PgColumn | SQL,
  values: readonly (string | Uint8Array)[],
  type: Scalar,
): SQL => sql`${column} = any(${arrayOf(values, type)})`;
