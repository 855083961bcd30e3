import { deflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { read, readText, workbook } from "./local-list-sheets.ts";

const bytesOf = (text: string) => Uint8Array.from(Buffer.from(text, "latin1"));
const list = () =>
  workbook((sheet) => {
    sheet.addRow(["Nom", "Prénom", "GSM"]);
    sheet.addRow(["Dupont", "Jean", "0470123456"]);
  });

/** An archive of one file, with whatever sizes are claimed for it. */
const archive = (
  name: string,
  content: Uint8Array,
  change: { flags?: number; claimed?: number } = {},
): Uint8Array => {
  const packed = deflateRawSync(content);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(change.flags ?? 0, 2);
  common.writeUInt16LE(8, 4);
  common.writeUInt32LE(packed.length, 14);
  common.writeUInt32LE(change.claimed ?? content.length, 18);
  common.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from("PK\x03\x04"), common, Buffer.from(name), packed]);
  const entry = Buffer.concat([
    Buffer.from("PK\x01\x02\x14\x00", "latin1"),
    common,
    Buffer.alloc(14),
    Buffer.from(name),
  ]);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length, 12);
  end.writeUInt32LE(local.length, 16);
  return new Uint8Array(Buffer.concat([local, entry, end]));
};

const bomb = () => Buffer.alloc(80 * 1024 * 1024, "<c/>");

describe("what is no list is refused, saying what it is", () => {
  it.each<[what: string, bytes: () => Uint8Array | Promise<Uint8Array>, said: string]>([
    ["a PDF, whatever its name", () => bytesOf("%PDF-1.7\nNom;Prénom;GSM\n"), "PDF"],
    ["a picture", () => bytesOf("\x89PNG\r\n\x1a\n"), "image"],
    ["a photograph", () => bytesOf("\xff\xd8\xff\xe0..JFIF"), "image"],
    ["nothing", () => new Uint8Array(), "empty"],
    ["blank lines", () => bytesOf("\r\n \r\n"), "empty"],
    ["a web page", () => bytesOf("<!DOCTYPE html><title>Oops</title>"), "web page"],
    ["an old workbook", () => bytesOf("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "before 2007"],
    [
      "a workbook with a password",
      () =>
        Buffer.concat([
          bytesOf("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
          Buffer.from("EncryptedPackage", "utf16le"),
        ]),
      "password",
    ],
    ["an archive with a password", () => archive("xl/workbook.xml", bytesOf("x"), { flags: 1 }), "password"],
    ["a workbook cut short", async () => (await list()).subarray(0, 2000), "damaged"],
    ["a workbook with nothing behind its name", () => archive("xl/workbook.xml", bytesOf("<x")), "damaged"],
    ["a text document", () => archive("word/document.xml", bytesOf("x")), "DOCX"],
    ["an OpenDocument sheet", () => archive("mimetype", bytesOf("application/vnd.oasis")), "OpenDocument"],
    ["a zip bomb", () => archive("xl/workbook.xml", bomb()), "unpacks to more than 64 MiB"],
    [
      "a zip bomb that lies",
      () => archive("xl/workbook.xml", bomb(), { claimed: 10 }),
      "unpacks to more than 64 MiB",
    ],
    ["binary data", () => new Uint8Array(2000), "binary"],
    ["a letter", () => bytesOf("Dear all,\nplease find the list attached.\n"), "no list that can be read"],
    ["names without a contact", () => bytesOf("Nom;Prénom\nDupont;Jean\n"), "no list that can be read"],
    [
      "a workbook without headings",
      () => workbook((sheet) => sheet.addRow(["Bonjour"])),
      "no list that can be read",
    ],
  ])("%s", async (_, bytes, said) => {
    await expect(read(await bytes())).rejects.toMatchObject({
      name: "AdapterError",
      fault: "rejected",
      message: expect.stringContaining(said),
    });
  });

  it("a list of more than 50,000 rows", async () => {
    const long = `Nom;Prénom;GSM\n${"Dupont;Jean;0470123456\n".repeat(50_000)}`;
    await expect(readText(long)).rejects.toMatchObject({
      fault: "rejected",
      message: expect.stringContaining("50000 rows"),
    });
  });

  it("but not a list of one person", async () => {
    expect(await read(await list())).toMatchObject({ rows: [{ row: 2 }], faults: [] });
  });
});
