import ExcelJS, { type Workbook, type Worksheet } from "exceljs";
import adapter from "../../adapters/local-list/adapter.ts";
import type { AdapterContext } from "../../schema/adapter.ts";
import { CentreId, Instant } from "../../schema/primitives.ts";

export const centre = CentreId.parse("charleroi");
export const now = Instant.parse("2021-04-06T10:00:00Z");

const refused = () => Promise.reject(new Error("nothing is to be asked"));

/** A context in which a request is a fault of the test. */
export const offline: AdapterContext = {
  http: () => ({ request: refused, stream: refused }),
  now: () => now,
  sleep: async () => {},
  log: { info: () => {}, warn: () => {} },
};
export const uploads = adapter.connect(adapter.options.parse({ digestKey: "a key for tests" }), offline);

export const read = (bytes: Uint8Array) => uploads.spreadsheet.read({ bytes, centre });
export const readText = (text: string) => read(new TextEncoder().encode(text));

export const workbook = async (fill: (sheet: Worksheet, book: Workbook) => void): Promise<Uint8Array> => {
  const book = new ExcelJS.Workbook();
  fill(book.addWorksheet("Avril"), book);
  return new Uint8Array(await book.xlsx.writeBuffer());
};

/** A number with its check digits; serials of 997 belong to no person. */
const numberOf = (six: string, from2000 = false): string => {
  const nine = `${six}997`;
  return nine + String(97 - (Number(from2000 ? `2${nine}` : nine) % 97)).padStart(2, "0");
};
export const nines = {
  born1950: numberOf("500115"),
  born2001: numberOf("010630", true),
  bornJanuary2000: numberOf("000102", true),
};
