import ExcelJS, { type CellValue, type Workbook, type Worksheet } from "exceljs";
import { AdapterError } from "../../schema/adapter.ts";
import type { Cell } from "./cells.ts";
import { findLayout } from "./columns.ts";
import { type Change, type ListFile, limits, noColumns, refused, tooManyRows } from "./file.ts";
import { sizeOf } from "./workbook-size.ts";
import type { Unpacked } from "./zip.ts";

/** What a cell shows: a formula its result, a link and rich text their letters, an error nothing. */
const shown = (value: CellValue | undefined): Cell => {
  if (value === null || value === undefined) return undefined;
  if (typeof value !== "object" || value instanceof Date) return value;
  if ("richText" in value) return value.richText.map(({ text }) => text).join("");
  if ("hyperlink" in value) return shown(value.text as CellValue);
  return "result" in value ? shown(value.result) : undefined;
};

const lastRow = 1_048_576;

/** A merged cell shows its master's value in each of its places, as exceljs gives it. */
const rowsOf = (sheet: Worksheet): Cell[][] => {
  const rows: Cell[][] = [];
  let held = 0;
  sheet.eachRow((row, number) => {
    const cells: Cell[] = [];
    row.eachCell((cell, column) => {
      cells[column - 1] = shown(cell.value);
    });
    if (number > lastRow) throw refused("a workbook with rows beyond the last that there can be");
    if (cells.some((cell) => cell !== undefined)) held += 1;
    while (rows.length < number - 1) rows.push([]);
    rows.push(cells);
  });
  if (held > limits.rows) throw tooManyRows();
  return rows;
};

/** Drop-downs over whole columns would fill the memory: then they are left out, also of what is saved back. */
const load = async (bytes: Uint8Array, unpacked: Unpacked[]): Promise<Workbook> => {
  const { cells, inDropDowns } = sizeOf(unpacked);
  if (cells > limits.cells)
    throw refused(`a workbook of more than ${limits.cells} cells`, "send the list alone");
  const workbook = new ExcelJS.Workbook();
  const ignoreNodes = inDropDowns > limits.rows ? ["dataValidations"] : [];
  try {
    await workbook.xlsx.load(Uint8Array.from(bytes).buffer, { ignoreNodes });
    return workbook;
  } catch (cause) {
    throw new AdapterError("rejected", "the file is a damaged workbook: save it again and send that", {
      cause,
    });
  }
};

/** The worksheet with the most that can be read; `rejected` where none has headings. */
export const openWorkbook = async (bytes: Uint8Array, unpacked: Unpacked[]): Promise<ListFile> => {
  const workbook = await load(bytes, unpacked);
  const lists = workbook.worksheets
    .map((sheet) => ({ sheet, rows: rowsOf(sheet) }))
    .flatMap(({ sheet, rows }) => {
      const layout = findLayout(rows);
      return layout ? [{ sheet, rows, layout }] : [];
    })
    .sort((one, other) => other.layout.columns.size - one.layout.columns.size);
  const [list, ...others] = lists;
  if (!list) throw noColumns();
  const rewrite = async (changes: Change[]) => {
    for (const { row, column, text } of changes) list.sheet.getCell(row + 1, column + 1).value = text;
    return new Uint8Array(await workbook.xlsx.writeBuffer());
  };
  return { rows: list.rows, layout: list.layout, others: others.map(({ sheet }) => sheet.name), rewrite };
};

/** Rows as a workbook of one worksheet, all of it text, so that no zero and no "+" is lost. */
export const writeWorkbook = async (rows: string[][]): Promise<Uint8Array> => {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet("everydose", { views: [{ state: "frozen", ySplit: 1 }] });
  for (const row of rows) sheet.addRow(row.map((text) => text || null));
  for (const column of sheet.columns) Object.assign(column, { width: 20, numFmt: "@" });
  sheet.getRow(1).font = { bold: true };
  return new Uint8Array(await workbook.xlsx.writeBuffer());
};
