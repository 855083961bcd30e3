import { setImmediate } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import ExcelJS from "exceljs";

/*
 * exceljs reads and writes a workbook without ever letting anybody else have a turn, for seconds where it is long: in
 * a thread of its own it keeps nobody waiting, and what it fills up is that thread's memory.
 * Plain JavaScript, because a worker thread of Node 20 does not load TypeScript through its parent's tsx.
 */

/** What a cell shows: a formula its result, a link and rich text their letters, an error nothing. */
const shown = (value) => {
  if (value === null || value === undefined) return undefined;
  if (typeof value !== "object" || value instanceof Date) return value;
  if ("richText" in value) return value.richText.map(({ text }) => text).join("");
  if ("hyperlink" in value) return shown(value.text);
  return "result" in value ? shown(value.result) : undefined;
};

const lastRow = 1_048_576;

/** A merged cell shows its master's value in each of its places, as exceljs gives it. */
const rowsOf = (sheet) => {
  const rows = [];
  sheet.eachRow((row, number) => {
    if (number > lastRow) throw new RangeError();
    const cells = [];
    row.eachCell((cell, column) => {
      cells[column - 1] = shown(cell.value);
    });
    while (rows.length < number - 1) rows.push([]);
    rows.push(cells);
  });
  return rows;
};

const load = async ({ bytes, ignoreNodes }) => {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(Uint8Array.from(bytes).buffer, { ignoreNodes });
  return workbook;
};

const write = async (workbook) => new Uint8Array(await workbook.xlsx.writeBuffer());

/** Few enough that whoever takes them has time for others in between. */
const atATime = 1000;

/** By what is to be done: each answers with what `inThread` in workbook.ts is told to expect. */
const jobs = {
  read: async function* (job) {
    const { worksheets } = await load(job);
    for (const [sheet, { name }] of worksheets.entries()) {
      const rows = rowsOf(worksheets[sheet]);
      for (let at = 0; at === 0 || at < rows.length; at += atATime)
        yield { sheet, name, rows: rows.slice(at, at + atATime) };
    }
  },
  change: async function* (job) {
    const workbook = await load(job);
    const sheet = workbook.getWorksheet(job.sheet);
    for (const { row, column, text } of job.changes) sheet.getCell(row + 1, column + 1).value = text;
    yield write(workbook);
  },
  create: async function* ({ rows }) {
    const workbook = new ExcelJS.Workbook();
    const sheet = workbook.addWorksheet("everydose", { views: [{ state: "frozen", ySplit: 1 }] });
    for (const row of rows) sheet.addRow(row.map((text) => text || null));
    for (const column of sheet.columns) Object.assign(column, { width: 20, numFmt: "@" });
    sheet.getRow(1).font = { bold: true };
    yield write(workbook);
  },
};

for await (const answer of jobs[workerData.kind](workerData)) {
  parentPort.postMessage(answer);
  await setImmediate();
}
