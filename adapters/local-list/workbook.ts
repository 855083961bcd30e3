import { Worker } from "node:worker_threads";
import { AdapterError } from "../../schema/adapter.ts";
import type { Cell } from "./cells.ts";
import { findLayout } from "./columns.ts";
import { bounded, type Change, type ListFile, limits, noColumns, refused, tooManyRows } from "./file.ts";
import { sizeOf } from "./workbook-size.ts";
import type { Unpacked } from "./zip.ts";

type Source = { bytes: Uint8Array; ignoreNodes: string[] };
type Sheet = { name: string; rows: Cell[][] };

/** A worksheet's rows come in parts, a new workbook as its bytes. */
type Job =
  | ({ kind: "read" } & Source)
  | ({ kind: "change"; sheet: string; changes: Change[] } & Source)
  | { kind: "create"; rows: string[][] };
type Part = Sheet & { sheet: number };

const mebibytes = 768;

/** Everything of exceljs happens in a thread of its own, which ends with its job. */
const inThread = <Answer>(job: Job, take: (answer: Answer) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    const thread = new Worker(new URL("./workbook-thread.js", import.meta.url), {
      workerData: job,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: mebibytes },
    });
    thread.on("message", take);
    thread.once("error", reject);
    thread.once("exit", () => resolve());
  });

const bytesOf = async (job: Exclude<Job, { kind: "read" }>): Promise<Uint8Array> => {
  let bytes: Uint8Array | undefined;
  await inThread<Uint8Array>(job, (answer) => {
    bytes = answer;
  });
  if (bytes) return bytes;
  throw new Error("the thread ended without a workbook");
};

/** Drop-downs over whole columns would fill the memory: then they are left out, also of what is saved back. */
const sourceOf = async (bytes: Uint8Array, unpacked: Unpacked[]): Promise<Source> => {
  const { rows, cells, inDropDowns } = await sizeOf(unpacked).catch((cause: unknown) => {
    // What the search for a tag's end says once it is tens of millions of letters away.
    throw cause instanceof RangeError ? refused("a workbook with a tag that never ends") : cause;
  });
  if (rows > limits.rows) throw tooManyRows();
  if (cells > limits.cells)
    throw refused(`a workbook of more than ${limits.cells} cells`, "send the list alone");
  return { bytes, ignoreNodes: inDropDowns > limits.rows ? ["dataValidations"] : [] };
};

const load = async (source: Source): Promise<Sheet[]> => {
  const sheets: Sheet[] = [];
  await inThread<Part>({ kind: "read", ...source }, ({ sheet, name, rows }) => {
    const there = sheets[sheet] ?? { name, rows: [] };
    for (const row of rows) there.rows.push(row);
    sheets[sheet] = there;
  }).catch((cause: unknown) => {
    if (cause instanceof RangeError) throw refused("a workbook with rows beyond the last that there can be");
    throw new AdapterError("rejected", "the file is a damaged workbook: save it again and send that", {
      cause,
    });
  });
  return sheets;
};

const keepToLimits = ({ rows }: Sheet): void => {
  const within = bounded();
  for (const row of rows) within(row.length);
  if (rows.filter((row) => row.some((cell) => cell !== undefined)).length > limits.rows) throw tooManyRows();
};

/** The worksheet with the most that can be read; `rejected` where none has headings. */
export const openWorkbook = async (bytes: Uint8Array, unpacked: Unpacked[]): Promise<ListFile> => {
  const source = await sourceOf(bytes, unpacked);
  const lists = (await load(source))
    .flatMap((sheet) => {
      keepToLimits(sheet);
      const layout = findLayout(sheet.rows);
      return layout ? [{ ...sheet, layout }] : [];
    })
    .sort((one, other) => other.layout.columns.size - one.layout.columns.size);
  const [list, ...others] = lists;
  if (!list) throw noColumns();
  const rewrite = (changes: Change[]) => bytesOf({ kind: "change", sheet: list.name, changes, ...source });
  return { rows: list.rows, layout: list.layout, others: others.map(({ name }) => name), rewrite };
};

/** Rows as a workbook of one worksheet, all of it text, so that no zero and no "+" is lost. */
export const writeWorkbook = (rows: string[][]): Promise<Uint8Array> => bytesOf({ kind: "create", rows });
