/** What one cell of a list holds: CSV knows text alone, a workbook also numbers, dates and ticks. */
export type Cell = string | number | boolean | Date | undefined;

/** A cell's value, or why it is wrong and what to do about it; neither for an empty cell. */
export type Reading<Value> = { value?: Value; fault?: string };

/**
 * Spreadsheets run text that begins with one of these characters as a formula. A program that takes another
 * character for the delimiter would see such a beginning in the middle of a text, too. An apostrophe in front
 * prevents both. Where the text has apostrophes of its own there, one more is added, so that taking one away always
 * restores it.
 */
const beginning = /(?<=^|[\t\r\n;,])(?='*[=+\-@\t\r])/g;
const added = /(?<=^|[\t\r\n;,])'(?='*[=+\-@\t\r])/g;
export const neutralise = (text: string): string => text.replace(beginning, "'");

/** The text that a person sees in the cell, without the blanks around it. */
export const textOf = (cell: Cell): string => {
  if (cell === undefined) return "";
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? "" : cell.toISOString().slice(0, 10);
  return String(cell).trim().replace(added, "");
};

/** What people type where they have nothing to say. Never asked of a name: there are people called None. */
const nothing =
  /^(?:[-–—/?.*]+|n\/?a|nvt|n\.v\.t\.?|n[ée]ant|aucun|geen|onbekend|inconnu|unbekannt|keine?)$/i;
export const filled = (cell: Cell): string => {
  const text = textOf(cell);
  return nothing.test(text) ? "" : text;
};

/**
 * The same, where digits are meant: a spreadsheet that took them for a number wrote "6000,0" or "8,5073E+10".
 * What it rounded away is gone, and shows as a wrong check digit or as zeros.
 */
export const digitsOf = (cell: Cell): string => {
  const text = filled(cell);
  if (/^\d{2,}[.,]0{1,2}$/.test(text)) return text.replace(/[.,]0+$/, "");
  if (!/^\d(?:[.,]\d+)?E\+?\d{1,2}$/i.test(text)) return text;
  const value = Number(text.replace(",", "."));
  return Number.isSafeInteger(value) ? String(value) : text;
};

/** For comparing words that people wrote: without case, accents and punctuation. */
export const folded = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
