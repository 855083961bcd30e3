import { limits, othersTurn } from "./file.ts";
import type { Unpacked } from "./zip.ts";

/*
 * exceljs walks through every cell of a merged range and of a drop-down's range, and fills up columns to the last
 * one that is formatted. A few bytes can name seventeen thousand million cells, so they are counted before it starts.
 *
 * No tag of XML holds a "<", not even in quotation marks. Looked for beyond one, the end of each tag that has none
 * would be looked for through all that follows: hours for a hundred thousand tags, and nobody else's turn meanwhile.
 */
const tags = /<(row|c|v|is|col|mergeCell|dataValidation)(?=[\s/>])((?:[^<>"']|"[^"<]*"|'[^'<]*')*)>/g;

const attribute = (attributes: string, name: string): string =>
  new RegExp(`\\b${name}\\s*=\\s*["']([^"']*)["']`).exec(attributes)?.[1] ?? "";

const columnOf = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);

/** The cells in "B2:D5 F1"; what is written in any other way is as good as endless. */
const cellsIn = (ranges: string): number =>
  ranges
    .trim()
    .split(/\s+/)
    .map((range) => {
      const found = /^\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?$/.exec(range);
      if (!found) return Number.POSITIVE_INFINITY;
      const [, left = "", top = "", right = left, bottom = top] = found;
      const sides = [columnOf(right) - columnOf(left), Number(bottom) - Number(top)];
      return sides.reduce((area, side) => area * (Math.abs(side) + 1), 1);
    })
    .reduce((sum, area) => sum + area, 0);

type WorkbookSize = { rows: number; cells: number; inDropDowns: number };

/** So many tags are looked at in some milliseconds. */
const atATime = 20_000;

/** How many rows hold anything, how many cells there would be in memory, and how many of a drop-down's. */
export const sizeOf = async (unpacked: Unpacked[]): Promise<WorkbookSize> => {
  const size = { rows: 0, cells: 0, inDropDowns: 0 };
  for (const { name, content } of unpacked) {
    if (!/xl\/worksheets\/sheet\d+[.]xml/.test(name)) continue;
    let [looked, empty] = [0, true];
    for (const [, tag, attributes = ""] of new TextDecoder().decode(content).matchAll(tags)) {
      looked += 1;
      if (looked % atATime === 0) await othersTurn();
      if (tag === "row") empty = true;
      if ((tag === "v" || tag === "is") && empty) {
        empty = false;
        size.rows += 1;
      }
      count(size, tag, attributes);
      if (size.cells > limits.cells || size.rows > limits.rows) return size;
    }
  }
  return size;
};

const count = (size: WorkbookSize, tag: string | undefined, attributes: string): void => {
  if (tag === "c") size.cells += 1;
  if (tag === "col" && Number(attribute(attributes, "max")) > 16_384) size.cells = Number.POSITIVE_INFINITY;
  if (tag === "mergeCell") size.cells += cellsIn(attribute(attributes, "ref"));
  if (tag === "dataValidation") size.inDropDowns += cellsIn(attribute(attributes, "sqref"));
};
