import { stringify } from "csv-stringify/sync";
import type { TableColumn, TableRow } from "../../../schema/table-file.ts";

/* Tables as text, some rows at a time. The same rows make the same bytes, whenever they are written. */

type Rows = AsyncIterable<readonly TableRow[]>;

const bytes = (text: string): Uint8Array => Buffer.from(text, "utf8");

/** RFC 4180 but for the ends of lines, which are a line feed alone; what is `null` is empty. */
export async function* asCsv(columns: readonly TableColumn[], rows: Rows): AsyncGenerator<Uint8Array> {
  const names = columns.map(({ name }) => name);
  yield bytes(stringify([names]));
  for await (const some of rows)
    if (some.length > 0) yield bytes(stringify(some as TableRow[], { columns: names }));
}

const inOrder = (columns: readonly TableColumn[], row: TableRow): string =>
  JSON.stringify(Object.fromEntries(columns.map(({ name }) => [name, row[name] ?? null])));

/** One array of objects, as Sciensano's files are; each stands on a line of its own. */
export async function* asJson(columns: readonly TableColumn[], rows: Rows): AsyncGenerator<Uint8Array> {
  let before = "[\n";
  for await (const some of rows)
    if (some.length > 0) {
      yield bytes(before + some.map((row) => inOrder(columns, row)).join(",\n"));
      before = ",\n";
    }
  yield bytes(before === "[\n" ? "[]\n" : "\n]\n");
}

/** An object on each line. */
export async function* asNdjson(columns: readonly TableColumn[], rows: Rows): AsyncGenerator<Uint8Array> {
  for await (const some of rows)
    if (some.length > 0) yield bytes(some.map((row) => `${inOrder(columns, row)}\n`).join(""));
}
