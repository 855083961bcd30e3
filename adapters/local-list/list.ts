import type { RosterEntry, RowFault, SpreadsheetRow } from "../../schema/adapter.ts";
import { type Cell, folded, neutralise, textOf } from "./cells.ts";
import { type Field, type Layout, title, usual } from "./columns.ts";
import { writeCsv } from "./csv.ts";
import { type ListFile, othersTurn } from "./file.ts";
import { People } from "./identity.ts";
import { type Fault, nameHeading, type Reader, toCells, toEntry } from "./mapper.ts";
import { writeWorkbook } from "./workbook.ts";

type List = { rows: SpreadsheetRow[]; faults: RowFault[] };

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

/** Every row of a person as an entry or as its faults, numbered as the spreadsheet numbers them. */
export const readList = async ({ rows, layout, others }: ListFile, reader: Reader): Promise<List> => {
  const list: List = { rows: [], faults: [] };
  const people = new People();
  const fault = (row: number, faults: Fault[]) =>
    list.faults.push(...faults.map((each) => ({ row, ...each })));
  for (const [at, cells] of rows.entries()) {
    const row = at + 1;
    if (row % atATime === 0) await othersTurn();
    if (at < layout.body || blank(cells, layout) || aboutTheList(cells, layout)) continue;
    const result = toEntry(cells, layout, reader);
    if ("faults" in result) {
      fault(row, result.faults);
      continue;
    }
    const first = people.find(result.entry);
    if (first === undefined) {
      people.add(result.entry, row);
      list.rows.push({ row, entry: result.entry });
    } else
      fault(row, [
        {
          column: nameHeading(layout),
          detail: `already in row ${first}, by id, national number, or name and contact: keep one`,
        },
      ]);
  }
  // Rows of another worksheet have numbers of their own; one fault says that they were not read.
  for (const name of others)
    fault(1, [
      { column: name, detail: "a second list in the workbook is not read: send it as a file of its own" },
    ]);
  return list;
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
