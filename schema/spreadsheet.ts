import type { RosterEntry } from "./roster.ts";

/* A list in a file, row by row. */

export type SpreadsheetRow = { row: number; entry: RosterEntry };
/** `twiceOf`: the row that already names that person. */
export type RowFault = { row: number; column: string; detail: string; twiceOf?: number };
/** A column that a list has: what is read from it, as the adapter calls that, and the heading above it. */
export type SpreadsheetColumn = { field: string; column: string };
export type SpreadsheetCell = SpreadsheetColumn & { text: string };
/** A row that was not taken, as it stands in the file, so that somebody can mend it. */
export type RefusedRow = { row: number; cells: SpreadsheetCell[] };
export type ReadRows = { rows: SpreadsheetRow[]; faults: RowFault[]; refused: RefusedRow[] };
