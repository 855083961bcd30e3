import { openCsv } from "./csv.ts";
import { type ListFile, limits, refused } from "./file.ts";
import { openWorkbook } from "./workbook.ts";
import { unzip } from "./zip.ts";

/** What files are that get sent in place of a list, by how they begin. */
const impostors: [start: RegExp, what: string][] = [
  [/^\s*%PDF/, "a PDF document"],
  [/^\x89PNG|^\xff\xd8\xff|^GIF8|^BM.{4}\0{4}|^II\*\0|^MM\0\*|^RIFF.{4}WEBP/s, "an image"],
  [/^\s*\{\\rtf/, "a text document (RTF)"],
  [/^\s*(?:\xef\xbb\xbf\s*)?<(?:!doctype|html|\?xml|table)/i, "a web page or XML"],
  [/^\W\x8b|^7z\xbc\xaf|^Rar!/, "a compressed archive"],
];

const latin1 = (bytes: Uint8Array, until: number) => Buffer.from(bytes.subarray(0, until)).toString("latin1");

/** Microsoft's container of before 2007: an old workbook, or the shell round one with a password. */
const refuseContainer = (bytes: Uint8Array): never => {
  const sealed = Buffer.from(bytes).includes(Buffer.from("EncryptedPackage", "utf16le"));
  throw sealed
    ? refused("a workbook protected by a password", "remove the password and send it again")
    : refused("a document of an Office before 2007", "save it as XLSX or CSV");
};

const refuseArchive = (names: string[]): never => {
  if (names.some((name) => name.startsWith("word/"))) throw refused("a text document (DOCX)");
  if (names.includes("mimetype")) throw refused("an OpenDocument file", "save it as XLSX or CSV");
  throw refused("an archive without a workbook in it");
};

/** Opens a list by what it is, whatever its name says. Throws `rejected`, saying what was found instead. */
export const openFile = async (bytes: Uint8Array): Promise<ListFile> => {
  if (bytes.length > limits.bytes) throw refused("longer than 16 MiB", "send the list alone");
  const start = latin1(bytes, 1024);
  if (start.trim() === "" || start === "\xef\xbb\xbf") throw refused("empty");
  const impostor = impostors.find(([pattern]) => pattern.test(start));
  if (impostor) throw refused(impostor[1]);
  if (start.startsWith("\xd0\xcf\x11\xe0")) return refuseContainer(bytes);
  if (!start.startsWith("PK\x03\x04") && !start.startsWith("PK\x05\x06")) return openCsv(bytes);
  const unpacked = await unzip(bytes, limits.unpacked);
  const names = unpacked.map(({ name }) => name);
  return names.includes("xl/workbook.xml") ? openWorkbook(bytes, unpacked) : refuseArchive(names);
};
