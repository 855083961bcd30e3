import { z } from "zod";

/* A table as a file, in the forms that statisticians take. */

export const tableFormats = ["csv", "json", "ndjson", "parquet"] as const;
export const TableFormat = z.enum(tableFormats).meta({ id: "TableFormat" });
export type TableFormat = z.infer<typeof TableFormat>;

/**
 * As registered with IANA: `text/csv` (RFC 4180, RFC 7111), `application/json` and, since 2025,
 * `application/vnd.apache.parquet`. NDJSON has no registration; this is the name in use.
 */
export const mediaTypes = {
  csv: "text/csv",
  json: "application/json",
  ndjson: "application/x-ndjson",
  parquet: "application/vnd.apache.parquet",
} as const satisfies Record<TableFormat, string>;

/** A column, and how it is written where a form knows types. Any but `count` and `day` is text. */
export type TableColumn = {
  name: string;
  type: "day" | "text" | "count";
  /** Whether a row may lack it. */
  nullable: boolean;
};

/** A row by the names of its columns; `null` is what is not known or not told. */
export type TableRow = Readonly<Record<string, string | number | null>>;
