import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import ExcelJS from "exceljs";
import iconv from "iconv-lite";
import type { RosterEntry } from "../../schema/adapter.ts";

/*
 * What centres' sheets look like: a title, headings in two lines with merged groups, and cells in whatever style
 * whoever typed them had. A French-speaking centre keeps a CSV, a Dutch-speaking one a workbook.
 */
export type SheetCell = string | number | null | { date: string };
export type SheetFormat = "csv" | "xlsx";

export const contentTypes = {
  csv: "text/csv",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

const merges = ["A1:K1", "A3:A4", "B3:E3", "F3:H3", "I3:J3"];
const headings: Record<SheetFormat, string[][]> = {
  csv: [
    ["Liste de réserve – doses restantes", "", "", "", "", "", "", "", "", "", ""],
    [],
    ["Dossier", "Personne", "", "", "", "Coordonnées", "", "", "Suivi", "", ""],
    [
      "",
      "Nom",
      "Prénom",
      "Né(e) le",
      "N° registre national",
      "GSM",
      "E-mail",
      "Code postal",
      "Langue",
      "Statut",
      "Remarques",
    ],
  ],
  xlsx: [
    ["Reservelijst – overschotten", "", "", "", "", "", "", "", "", "", ""],
    [],
    ["Dossiernr.", "Persoon", "", "", "", "Contact", "", "", "Opvolging", "", ""],
    [
      "",
      "Naam",
      "Voornaam",
      "Geboortedatum",
      "Rijksregisternr.",
      "GSM-nummer",
      "E-mailadres",
      "Postcode",
      "Taal",
      "Status",
      "Opmerkingen",
    ],
  ],
};
export const emptySheet = (format: SheetFormat): SheetCell[][] => headings[format].map((row) => [...row]);
export const columns = { reference: 0, state: 9 };

const states = {
  csv: { active: "", paused: "en pause", left: "désisté" },
  xlsx: { active: "", paused: "gepauzeerd", left: "uitgeschreven" },
};
/** What staff make of the word in the state column. */
export const stateOf = (word: string): RosterEntry["state"] => {
  if (word === "" || word === "active") return "active";
  return ["paused", "en pause", "gepauzeerd"].includes(word) ? "paused" : "left";
};

const birthIn = (
  format: SheetFormat,
  { birthDate, birthYearOnly }: RosterEntry,
  style: number,
): SheetCell => {
  if (!birthDate) return "";
  const [year = "", month = "", day = ""] = birthDate.split("-");
  if (birthYearOnly) return format === "csv" ? year : Number(year);
  if (format === "xlsx" && style % 2 === 0) return { date: birthDate };
  const shortened = year > "1930" && year < "2000" && style % 3 === 1;
  return shortened ? `${day}-${month}-${year.slice(2)}` : `${day}/${month}/${year}`;
};

const numberIn = (format: SheetFormat, digits: string | undefined, style: number): SheetCell => {
  if (!digits) return style % 2 === 0 ? "" : "-";
  if (format === "xlsx" && style % 2 === 1) return Number(digits);
  return style % 2 === 0 ? digits.replace(/^(..)(..)(..)(...)(..)$/, "$1.$2.$3-$4.$5") : digits;
};

const mobileIn = (format: SheetFormat, mobile: string | undefined, style: number): SheetCell => {
  const rest = mobile?.startsWith("+32") ? mobile.slice(3) : undefined;
  if (!rest || style % 3 === 0) return mobile?.replace(/^\+/, "00") ?? "";
  if (style % 3 === 1) return `0${rest.slice(0, 3)}/${rest.slice(3)}`;
  return format === "csv" ? `${rest},0` : Number(rest);
};

const postcodeIn = (format: SheetFormat, postcode: string | undefined, style: number): SheetCell => {
  if (!postcode) return "";
  if (format === "xlsx") return Number(postcode);
  return style % 3 === 0 ? `${postcode},0` : postcode;
};

/** The row that staff would type for this person; `style` tells whose habits they are. */
export const typed = (
  format: SheetFormat,
  { reference, entry, style }: { reference: string; entry: RosterEntry; style: number },
): SheetCell[] => [
  reference,
  entry.familyName,
  entry.givenName,
  birthIn(format, entry, style),
  numberIn(format, entry.nationalNumber, style),
  mobileIn(format, entry.contact.mobile, style),
  entry.contact.email ?? "",
  postcodeIn(format, entry.postcode, style),
  entry.language?.toUpperCase() ?? "",
  states[format][entry.state],
  "",
];

const plain = (cell: SheetCell): string =>
  cell === null ? "" : typeof cell === "object" ? cell.date : String(cell);

/** Windows-1252 unless a name has letters that it lacks. */
const renderCsv = (rows: SheetCell[][]): Uint8Array => {
  const text = stringify(
    rows.map((row) => row.map(plain)),
    { delimiter: ";", record_delimiter: "\r\n" },
  );
  const bytes = iconv.encode(text, "windows-1252");
  return iconv.decode(bytes, "windows-1252") === text ? bytes : iconv.encode(text, "utf8", { addBOM: true });
};

const renderWorkbook = async (rows: SheetCell[][]): Promise<Uint8Array> => {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet("Reserve");
  for (const row of rows)
    sheet.addRow(
      row.map((cell) => (cell !== null && typeof cell === "object" ? new Date(cell.date) : cell || null)),
    );
  for (const range of merges) sheet.mergeCells(range);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
};

export const render = async (format: SheetFormat, rows: SheetCell[][]): Promise<Uint8Array> =>
  format === "csv" ? renderCsv(rows) : renderWorkbook(rows);

const readCsv = (bytes: Uint8Array): SheetCell[][] => {
  const buffer = Buffer.from(bytes);
  const marked = buffer.subarray(0, 3).toString("hex") === "efbbbf";
  const text = iconv.decode(buffer, marked ? "utf8" : "windows-1252");
  return parse(text, { delimiter: ";", relax_column_count: true }) as string[][];
};

const readWorkbook = async (bytes: Uint8Array): Promise<SheetCell[][]> => {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(Uint8Array.from(bytes).buffer);
  const rows: SheetCell[][] = [];
  workbook.worksheets[0]?.eachRow({ includeEmpty: true }, (row) => {
    const cells = Array.from({ length: row.cellCount }, (_, at): SheetCell => {
      const { value } = row.getCell(at + 1);
      if (value instanceof Date) return { date: value.toISOString().slice(0, 10) };
      return typeof value === "number" ? value : (value?.toString() ?? null);
    });
    rows.push(cells);
  });
  return rows;
};

/** What the share's program makes of a file that was saved to it; throws where it is no file of that kind. */
export const understand = async (format: SheetFormat, bytes: Uint8Array): Promise<SheetCell[][]> =>
  format === "csv" ? readCsv(bytes) : readWorkbook(bytes);
