import type { TableColumn, TableFormat, TableRow } from "../../../schema/table-file.ts";
import { asParquet } from "./parquet.ts";
import { asCsv, asJson, asNdjson } from "./text.ts";

/** A table, some rows at a time, however long it is. */
export type Table = { columns: readonly TableColumn[]; rows: AsyncIterable<readonly TableRow[]> };

const writers = { csv: asCsv, json: asJson, ndjson: asNdjson, parquet: asParquet };

/** The bytes of a table in one of its forms; no more of it is in memory than some rows. */
export const written = ({ columns, rows }: Table, format: TableFormat): AsyncGenerator<Uint8Array> =>
  writers[format](columns, rows);
