import { type SQL, sql } from "drizzle-orm";
import type { Db } from "./db.ts";
import { type KeptColumn, keptColumns } from "./kept-columns.ts";
import type { Purpose } from "./keyring.ts";
import { arrayText } from "./many.ts";

/* Rows that an older key wrote, some at a time in the order of their keys, and how many there are. */

const id = sql.identifier;

/** The version of the key that wrote a value. */
const versionOf = (value: SQL): SQL => sql`(get_byte(${value}, 0) * 256 + get_byte(${value}, 1))`;

/** Whether a column of a row holds something that another version wrote. */
const isOld = ({ column, form }: KeptColumn, version: number): SQL => {
  if (form === "number") return sql`${id(column)} <> ${version}`;
  if (form === "one") return sql`${versionOf(sql`${id(column)}`)} <> ${version}`;
  return sql`exists (select from unnest(${id(column)}) u (value) where ${versionOf(sql`u.value`)} <> ${version})`;
};

export type Count = { table: string; column: string; version: number; rows: number };

/** How many rows each version wrote that still matter, by column. Reads each table through, and locks nothing. */
export const counts = async (db: Db, purpose: Purpose): Promise<Count[]> => {
  const all: Count[] = [];
  for (const { table, column, form, where } of keptColumns[purpose]) {
    const from =
      form === "many"
        ? sql`${id(table)}, unnest(${id(column)}) u (value)`
        : sql`(select ${id(column)} as value, * from ${id(table)}) t`;
    const version = form === "number" ? sql`value` : versionOf(sql`value`);
    const matters = sql.raw(where ?? "true");
    const rows = await db.execute<{ version: number; rows: number }>(sql`
      select ${version}::int as version, count(*)::int as rows from ${from}
      where value is not null and ${matters} group by 1 order by 1`);
    all.push(...rows.map((each) => ({ table, column, ...each })));
  }
  return all;
};

/** A table whose rows are renewed in the order of these keys, which name a row as it was sealed: "caller key". */
export type Walk = {
  table: string;
  keys: readonly { name: string; type: "uuid" | "text" | "bytea" | "integer" }[];
};
export type Span = { after: readonly string[] | null; limit: number; isPatient: boolean };

/** Of which columns what another version wrote is looked for; `also` where that holds, and `only` where that does. */
export type Wanted = { columns: readonly string[]; version: number; also?: SQL; only?: SQL };

/** Whether a registration is in a block under another key. */
export const hasOldBlock = (version: number): SQL =>
  sql`exists (select from blocks b where b.volunteer = volunteers.id and ${versionOf(sql`b.key`)} <> ${version})`;

/** A token that follows from an invitation, so that it can be made again. */
export const isAnswerToken = sql`purpose = 'answer' and invitation is not null`;

/** Keys as text, in their order, and the columns asked for. */
export type Old = { keys: string[] } & Record<string, unknown>;

/**
 * The next rows of which one of these columns was written by another version, locked. Rows that somebody else holds are
 * passed over, unless it is patient.
 */
export const old = async (
  db: Db,
  { table, keys }: Walk,
  { columns, version, also, only = sql`true` }: Wanted,
  { after, limit, isPatient }: Span,
): Promise<Old[]> => {
  const names = sql.join(
    keys.map(({ name }) => id(name)),
    sql`, `,
  );
  const from = after
    ? sql`(${names}) > (${sql.join(
        keys.map(({ type }, nth) => sql`${after[nth] ?? ""}::text::${sql.raw(type)}`),
        sql`, `,
      )})`
    : sql`true`;
  const kept = Object.values(keptColumns)
    .flat()
    .filter((each) => each.table === table && columns.includes(each.column));
  const stale = [...kept.map((each) => isOld(each, version)), ...(also ? [also] : [])];
  const asText = sql.join(
    keys.map(({ name }) => sql`${id(name)}::text`),
    sql`, `,
  );
  return db.execute<Old>(sql`
    select array[${asText}] as keys, * from ${id(table)}
    where ${from} and ${only} and (${sql.join(stale, sql` or `)})
    order by ${names} limit ${limit} for no key update ${isPatient ? sql`` : sql`skip locked`}`);
};

/** Writes values of one column anew, for rows that are locked. */
export const put = async (
  db: Db,
  { table, keys }: Walk,
  column: string,
  rows: readonly { keys: readonly string[]; value: Uint8Array | readonly Uint8Array[] }[],
): Promise<void> => {
  if (rows.length === 0) return;
  const isMany = Array.isArray(rows[0]?.value);
  const names = keys.map((_, nth) => `k${nth}`);
  const columns = keys.map(
    ({ type }, nth) =>
      sql`${arrayText(
        rows.map((row) => row.keys[nth]),
        "text",
      )}::text::${sql.raw(type)}[]`,
  );
  const values = isMany
    ? sql`${arrayText(
        rows.map(({ value }) => arrayText(value as readonly Uint8Array[], "bytea")),
        "text",
      )}::text::text[]`
    : sql`${arrayText(
        rows.map(({ value }) => value),
        "bytea",
      )}::text::bytea[]`;
  const match = sql.join(
    keys.map(({ name }, nth) => sql`t.${id(name)} = told.${sql.raw(names[nth] ?? "")}`),
    sql` and `,
  );
  await db.execute(sql`
    update ${id(table)} t set ${id(column)} = told.value${isMany ? sql`::bytea[]` : sql``}
    from unnest(${sql.join([...columns, values], sql`, `)}) told (${sql.raw([...names, "value"].join(", "))})
    where ${match}`);
};
