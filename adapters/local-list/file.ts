import { setImmediate } from "node:timers/promises";
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

/**
 * No list of a centre comes near these; a file that passes them is a mistake or an attack. A row and a cell are
 * counted in letters.
 */
export const limits = {
  bytes: 16 * 1024 * 1024,
  unpacked: 64 * 1024 * 1024,
  rows: 50_000,
  columns: 256,
  cells: 1_000_000,
  row: 64 * 1024,
  cell: 4_000,
};

export const refused = (what: string, remedy = "send the list as CSV or XLSX") =>
  new AdapterError("rejected", `the file is ${what}: ${remedy}`);
export const noColumns = () =>
  refused(
    "no list that can be read",
    "it needs a row of headings with a name and a telephone number or e-mail",
  );
export const tooManyRows = () => refused(`longer than ${limits.rows} rows`, "send it in parts");
const tooManyCells = () => refused(`longer than ${limits.cells} cells`, "send the list alone");
const tooWide = () => refused(`wider than ${limits.columns} columns`, "send the list alone");

/** Counts the cells of a list, row by row, and refuses the first that is one too many. */
export const bounded = () => {
  let cells = 0;
  return (columns: number): void => {
    cells += columns;
    if (columns > limits.columns) throw tooWide();
    if (cells > limits.cells) throw tooManyCells();
  };
};

/** Called between the pieces of a long file, so that whoever else waits for the gateway gets a turn. */
export const othersTurn = (): Promise<void> => setImmediate();
