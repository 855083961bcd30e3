import { pipeline } from "node:stream/promises";
import { CsvError, type Options, parse as parser } from "csv-parse";
import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { findLayout, type Layout } from "./columns.ts";
import { decode, encode } from "./decode.ts";
import {
  bounded,
  type Change,
  type ListFile,
  limits,
  noColumns,
  othersTurn,
  refused,
  tooManyRows,
} from "./file.ts";

const delimiters = [";", ",", "\t"] as const;

const optionsFor = (delimiter: string): Options => ({
  delimiter,
  record_delimiter: ["\r\n", "\n", "\r"],
  relax_column_count: true,
  relax_quotes: true,
  max_record_size: limits.row,
});

/** A quotation mark that nobody closed would swallow every row after it; then it is a letter like any other. */
const unquoted: Options = { quote: null };

const isMalformed = (error: unknown) => error instanceof CsvError;

/** So much of a file shows its delimiter and headings. */
const sample = { rows: 40, letters: 64 * 1024 };

const sampleBy = (lines: string, delimiter: string): string[][] => {
  const options = { ...optionsFor(delimiter), max_record_size: 0 };
  const narrow = (rows: string[][]) => rows.map((row) => row.slice(0, limits.columns));
  try {
    return narrow(parse(lines, options));
  } catch {
    return narrow(parse(lines, { ...options, ...unquoted }));
  }
};

/** Which delimiter it is shows by the headings it yields: commas also stand in numbers, semicolons in remarks. */
const delimiterOf = (text: string): string => {
  const lines = text
    .slice(0, sample.letters)
    .split(/\r\n|\n|\r/, sample.rows)
    .join("\n");
  let best: { delimiter: string; layout: Layout } | undefined;
  for (const delimiter of delimiters) {
    const layout = findLayout(sampleBy(lines, delimiter));
    if (layout && layout.columns.size > (best?.layout.columns.size ?? 0)) best = { delimiter, layout };
  }
  if (!best) throw noColumns();
  return best.delimiter;
};

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const length = 64 * 1024;
  for (let at = 0; at < bytes.length; at += length) {
    await othersTurn();
    yield bytes.subarray(at, at + length);
  }
}

/** Row by row, so that what is too long, too wide or too much is refused where it begins. */
const readRows = async (text: string, options: Options): Promise<string[][]> => {
  const rows: string[][] = [];
  const within = bounded();
  await pipeline(piecesOf(Buffer.from(text)), parser(options), async (found: AsyncIterable<string[]>) => {
    for await (const row of found) {
      within(row.length);
      rows.push(row);
      if (rows.length > limits.rows) throw tooManyRows();
    }
  }).catch((error: unknown) => {
    if (!isMalformed(error) || options.quote !== null) throw error;
    throw refused(`too long in row ${rows.length + 1}, of over ${limits.row} letters`, "shorten that row");
  });
  return rows;
};

const rowsOf = async (text: string, delimiter: string): Promise<string[][]> => {
  const options = optionsFor(delimiter);
  try {
    return await readRows(text, options);
  } catch (error) {
    if (!isMalformed(error)) throw error;
    return readRows(text, { ...options, ...unquoted });
  }
};

/** A list as text. Throws `rejected` where no delimiter yields headings. */
export const openCsv = async (bytes: Uint8Array): Promise<ListFile> => {
  const { text, encoding } = decode(bytes);
  const delimiter = delimiterOf(text);
  const rows = await rowsOf(text, delimiter);
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
