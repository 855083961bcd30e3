import { type Options, parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { findLayout, type Layout } from "./columns.ts";
import { decode, encode } from "./decode.ts";
import { type Change, type ListFile, limits, noColumns, tooManyRows } from "./file.ts";

const delimiters = [";", ",", "\t"] as const;

const split = (text: string, delimiter: string, atMost: number): string[][] => {
  const options: Options = {
    delimiter,
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    relax_quotes: true,
    to: atMost,
  };
  try {
    return parse(text, options) as string[][];
  } catch {
    // A quotation mark that nobody closed would swallow every row after it; then it is a letter like any other.
    return parse(text, { ...options, quote: null }) as string[][];
  }
};

/** Which delimiter it is shows by the headings it yields: commas also stand in numbers, semicolons in remarks. */
const delimiterOf = (text: string): string => {
  const lines = text.split(/\r\n|\n|\r/, 40).join("\n");
  let best: { delimiter: string; layout: Layout } | undefined;
  for (const delimiter of delimiters) {
    const layout = findLayout(split(lines, delimiter, 40));
    if (layout && layout.columns.size > (best?.layout.columns.size ?? 0)) best = { delimiter, layout };
  }
  if (!best) throw noColumns();
  return best.delimiter;
};

/** A list as text. Throws `rejected` where no delimiter yields headings. */
export const openCsv = (bytes: Uint8Array): ListFile => {
  const { text, encoding } = decode(bytes);
  const delimiter = delimiterOf(text);
  const rows = split(text, delimiter, limits.rows + 1);
  if (rows.length > limits.rows) throw tooManyRows();
  const layout = findLayout(rows);
  if (!layout) throw noColumns();
  const rewrite = async (changes: Change[]) => {
    const next = rows.map((row) => [...row]);
    for (const { row, column, text: cell } of changes) {
      while (next.length <= row) next.push([]);
      const cells = next[row] ?? [];
      while (cells.length <= column) cells.push("");
      cells[column] = cell;
    }
    return encode(stringify(next, { delimiter, record_delimiter: "\r\n" }), encoding);
  };
  return { rows, layout, others: [], rewrite };
};

/** Rows as the CSV that Excel opens with a double click in Belgium: UTF-8 with its mark, semicolons. */
export const writeCsv = (rows: string[][]): Uint8Array =>
  encode(stringify(rows, { delimiter: ";", record_delimiter: "\r\n" }), "utf8-bom");
