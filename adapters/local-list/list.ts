import type {
  ReadRows,
  RefusedRow,
  RosterEntry,
  SpreadsheetCell,
  SpreadsheetColumn,
} from "../../schema/adapter.ts";
import { type Cell, folded, neutralise, textOf } from "./cells.ts";
import { type Field, fields, type Layout, title, usual } from "./columns.ts";
import { writeCsv } from "./csv.ts";
import { type ListFile, othersTurn } from "./file.ts";
import { People } from "./identity.ts";
import { type Fault, headingOf, nameHeading, type Reader, toCells, toEntry } from "./mapper.ts";
import { writeWorkbook } from "./workbook.ts";

/** Nothing in any column that is read, and beside it at most a number: a line left free, or numbered beforehand. */
const blank = (row: Cell[], { columns }: Layout): boolean => {
  const read = new Set(columns.values());
  return Array.from(row, textOf).every(
    (text, at) => text === "" || (!read.has(at) && /^\d{1,6}\.?$/.test(text)),
  );
};

const sum = /^((sous|sub) ?)?(total|totaal|gesamt|summe|aantal|nombre|anzahl)\b/;

/** "Total | 214", or the headings again as they are printed on each page: lines about the list, not in it. */
const aboutTheList = (row: Cell[], { headings }: Layout): boolean => {
  const texts = Array.from(row, textOf);
  const [label = "", ...others] = texts.filter(Boolean);
  const total =
    sum.test(folded(label)) && others.every((text) => text === label || /^\d{1,6}([.,]\d+)?$/.test(text));
  return total || texts.filter((text, at) => text && text !== headings[at]).length === 0;
};

/** So many rows are read at a time, in some milliseconds. */
const atATime = 200;

const columnsOf = (layout: Layout): SpreadsheetColumn[] =>
  [...layout.columns.keys()].map((field) => ({ field, column: headingOf(layout, field) }));

/** Takes rows one after the other, and says of each that is refused what stands in it. */
const reading = (layout: Layout, reader: Reader) => {
  const list: ReadRows = { rows: [], faults: [], refused: [] };
  const people = new People();
  const refuse = (row: number, cells: Cell[], faults: (Fault & { twiceOf?: number })[]) => {
    list.faults.push(...faults.map((each) => ({ row, ...each })));
    const texts = [...layout.columns].map(([field, at]) => ({
      ...{ field, column: headingOf(layout, field), text: textOf(cells[at]) },
    }));
    list.refused.push({ row, cells: texts });
  };
  const take = (row: number, cells: Cell[]): void => {
    const result = toEntry(cells, layout, reader);
    const first = "entry" in result ? people.find(result.entry) : undefined;
    if ("faults" in result) refuse(row, cells, result.faults);
    else if (first !== undefined) {
      const detail = `already in row ${first}, by id, national number, or name and contact: keep one`;
      refuse(row, cells, [{ column: nameHeading(layout), detail, twiceOf: first }]);
    } else {
      people.add(result.entry, row);
      list.rows.push({ row, entry: result.entry });
    }
  };
  return { list, take };
};

/** Every row of a person as an entry or as its faults, numbered as the spreadsheet numbers them. */
export const readList = async (
  { rows, layout, others }: ListFile,
  reader: Reader,
): Promise<ReadRows & { columns: SpreadsheetColumn[] }> => {
  const { list, take } = reading(layout, reader);
  for (const [at, cells] of rows.entries()) {
    const row = at + 1;
    if (row % atATime === 0) await othersTurn();
    if (at < layout.body || blank(cells, layout) || aboutTheList(cells, layout)) continue;
    take(row, cells);
  }
  // Rows of another worksheet have numbers of their own; one fault says that they were not read.
  const detail = "a second list in the workbook is not read: send it as a file of its own";
  for (const name of others) list.faults.push({ row: 1, column: name, detail });
  return { ...list, columns: columnsOf(layout) };
};

const isField = (name: string): name is Field => Object.hasOwn(fields, name);

/** Rows that were refused, with the cells that somebody has mended. Each says itself which columns it has. */
export const readAgain = async (rows: RefusedRow[], reader: Reader): Promise<ReadRows> => {
  const all: ReadRows = { rows: [], faults: [], refused: [] };
  for (const { row, cells } of rows) {
    const known = cells.filter(({ field }) => isField(field));
    const columns = new Map(known.map(({ field }, at) => [field as Field, at]));
    const layout = { body: 0, columns, headings: known.map(({ column }) => column) };
    const { list, take } = reading(layout, reader);
    take(
      row,
      known.map(({ text }) => text),
    );
    all.rows.push(...list.rows);
    all.faults.push(...list.faults);
    all.refused.push(...list.refused);
  }
  return all;
};

/** What a list could say of that person, with an empty cell for each thing that it usually says and did not. */
export const cellsFor = (entry: RosterEntry): SpreadsheetCell[] => {
  const texts = toCells(entry);
  return usual.map((field) => ({ field, column: title(field), text: texts[field] ?? "" }));
};

const written: Field[] = [...usual, "conditions", "centres", "availability"];

/** The list with our headings, which every language reads and `readList` gives back unchanged. */
export const writeList = async (list: {
  entries: RosterEntry[];
  format: "csv" | "xlsx";
}): Promise<Uint8Array> => {
  const rows = list.entries.map((entry) => {
    const cells = toCells(entry);
    return written.map((field) => neutralise(cells[field] ?? ""));
  });
  const all = [written.map(title), ...rows];
  return list.format === "csv" ? writeCsv(all) : writeWorkbook(all);
};
