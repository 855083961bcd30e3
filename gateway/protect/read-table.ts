import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { CsvError, parse } from "csv-parse";
import iconv from "iconv-lite";
import { type Row, Unprotectable } from "../core/disclosure/question.ts";

/* A table as a file: CSV with commas or semicolons, quoted or not, in UTF-8 with or without its mark, or in Windows-1252. */

const isUtf8 = (path: string): Promise<boolean> => {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  return new Promise((resolve, reject) => {
    const stream = createReadStream(path);
    stream.on("error", reject);
    stream.on("end", () => resolve(true));
    stream.on("data", (piece) => {
      try {
        decoder.decode(Buffer.from(piece), { stream: true });
      } catch {
        stream.destroy();
        resolve(false);
      }
    });
  });
};

const firstLine = async (path: string, encoding: string): Promise<string> => {
  let text = "";
  for await (const piece of createReadStream(path).pipe(iconv.decodeStream(encoding))) {
    text += String(piece);
    const end = text.search(/[\r\n]/);
    if (end >= 0) return text.slice(0, end);
    if (text.length > 1e6) break;
  }
  return text;
};

const delimiterOf = (line: string): "," | ";" =>
  line.split(";").length > line.split(",").length ? ";" : ",";

const notReadable = (path: string, error: unknown): Unprotectable => {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const why = { ENOENT: "there is no such file", EACCES: "it may not be read", EISDIR: "it is a folder" }[
    code
  ];
  return new Unprotectable(`--in ${path}: ${why ?? "it cannot be read"}: give the path of a CSV file`);
};

const notTable = (path: string, { code, lines, message }: CsvError & { lines?: number }): Unprotectable => {
  if (code === "CSV_RECORD_INCONSISTENT_COLUMNS" || code === "CSV_RECORD_INCONSISTENT_FIELDS_LENGTH")
    return new Unprotectable(
      `${path}, line ${lines}: it has more or fewer values than there are columns: mend that line`,
    );
  return new Unprotectable(`${path}: it is no CSV: ${message}: close or double the quotation mark there`);
};

const namesIn = (path: string, names: readonly string[]): string[] => {
  const trimmed = names.map((name) => name.trim());
  const twice = trimmed.find((name, nth) => name !== "" && trimmed.indexOf(name) !== nth);
  if (twice !== undefined)
    throw new Unprotectable(`${path}: two columns are called ${twice}: give each column a name of its own`);
  return trimmed;
};

/** The rows of a file as they come, without it ever being in memory as a whole. Throws `Unprotectable`. */
export async function* rowsIn(path: string): AsyncGenerator<Row> {
  try {
    const encoding = (await isUtf8(path)) ? "utf8" : "win1252";
    const parser = parse({
      bom: true,
      delimiter: delimiterOf(await firstLine(path, encoding)),
      columns: (names: string[]) => namesIn(path, names),
      skip_empty_lines: true,
      max_record_size: 1_000_000,
    });
    pipeline(createReadStream(path), iconv.decodeStream(encoding), parser, () => undefined);
    for await (const row of parser) yield row as Row;
  } catch (error) {
    if (error instanceof CsvError) throw notTable(path, error);
    if (error instanceof Error && "syscall" in error) throw notReadable(path, error);
    throw error;
  }
}
