import { AdapterError } from "../../schema/adapter.ts";
import type { Cell } from "./cells.ts";
import type { Layout } from "./columns.ts";

/** A cell to be written, counted from 0; one past the end makes the list longer or wider. */
export type Change = { row: number; column: number; text: string };

/** A file that has been opened and found to be a list. */
export type ListFile = {
  rows: Cell[][];
  layout: Layout;
  /** Further worksheets of the workbook that are lists too. */
  others: string[];
  /** The file with these cells changed and everything else as it was. */
  rewrite(changes: Change[]): Promise<Uint8Array>;
};

/** No list of a centre comes near these; a file that passes them is a mistake or an attack. */
export const limits = { bytes: 16 * 1024 * 1024, unpacked: 64 * 1024 * 1024, rows: 50_000, cells: 1_000_000 };

export const refused = (what: string, remedy = "send the list as CSV or XLSX") =>
  new AdapterError("rejected", `the file is ${what}: ${remedy}`);
export const noColumns = () =>
  refused(
    "no list that can be read",
    "it needs a row of headings with a name and a telephone number or e-mail",
  );
export const tooManyRows = () => refused(`longer than ${limits.rows} rows`, "send it in parts");
