import { deflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { read, readText, workbook } from "./local-list-sheets.ts";

const bytesOf = (text: string) => Uint8Array.from(Buffer.from(text, "latin1"));
const list = () =>
  workbook((sheet) => {
    sheet.addRow(["Nom", "Prénom", "GSM"]);
    sheet.addRow(["Dupont", "Jean", "0470123456"]);
  });

type Claims = { flags?: number; claimed?: number };
const headOf = (name: string, packed: Uint8Array, { flags = 0, claimed = packed.length }: Claims): Buffer => {
  const head = Buffer.alloc(26);
  head.writeUInt16LE(20, 0);
  head.writeUInt16LE(flags, 2);
  head.writeUInt16LE(8, 4);
  head.writeUInt32LE(packed.length, 14);
  head.writeUInt32LE(claimed, 18);
  head.writeUInt16LE(name.length, 22);
  return head;
};

/** An archive, with whatever is claimed for its files. */
const archive = (
  name: string,
  content: Uint8Array,
  { beside, ...claims }: Claims & { beside?: [name: string, content: Uint8Array] } = {},
): Uint8Array => {
  const [locals, entries]: [Buffer[], Buffer[]] = [[], []];
  for (const [each, inside] of [[name, content] as const, ...(beside ? [beside] : [])]) {
    const packed = deflateRawSync(inside);
    const head = headOf(each, packed, claims);
    const position = Buffer.alloc(14);
    position.writeUInt32LE(Buffer.concat(locals).length, 10);
    locals.push(Buffer.from("PK\x03\x04"), head, Buffer.from(each), packed);
    entries.push(Buffer.from("PK\x01\x02\x14\x00", "latin1"), head, position, Buffer.from(each));
  }
  const [files, directory] = [Buffer.concat(locals), Buffer.concat(entries)];
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(beside ? 2 : 1, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(files.length, 16);
  return new Uint8Array(Buffer.concat([files, directory, end]));
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

  it("a workbook in which a few bytes name every cell there can be", async () => {
    for (const part of [
      '<mergeCells><mergeCell x=">" ref="A1:XFD1048576"/></mergeCells>',
      '<cols><col min="1" max="999999999"/></cols>',
      `<sheetData>${"<c/>".repeat(1_000_001)}</sheetData>`,
    ]) {
      const bytes = archive("xl/workbook.xml", bytesOf(""), {
        beside: ["xl/worksheets/sheet1.xml", bytesOf(`<worksheet>${part}</worksheet>`)],
      });
      await expect(read(bytes), part.slice(0, 50)).rejects.toMatchObject({
        message: expect.stringContaining("1000000 cells"),
      });
    }
  });

  const saying = (words: string) => ({ fault: "rejected", message: expect.stringContaining(words) });

  it("a list of hundreds of thousands of columns", async () => {
    const wide = (columns: number) =>
      readText(`Nom;Prénom;GSM${";Remarque".repeat(columns)}\nDupont;Jean;0470123456\n`);
    await expect(wide(300_000)).rejects.toMatchObject(saying("row 1"));
    await expect(wide(300)).rejects.toMatchObject(saying("wider than 256 columns"));
    const sheet = workbook((fill) => fill.addRow(["Nom", "Prénom", "GSM", ...Array(300).fill("x")]));
    await expect(read(await sheet)).rejects.toMatchObject(saying("wider than 256 columns"));
  });

  it("a list whose one row never ends, with a quotation mark that nobody closed or without", async () => {
    for (const mark of ['"', ""]) {
      const endless = `Nom;Prénom;GSM\nDupont;Jean;0470123456\n${mark}${"a".repeat(8_000_000)}`;
      await expect(readText(endless)).rejects.toMatchObject(saying("row 3"));
    }
  });

  it("a workbook of more than 50,000 rows, before any of them is built", async () => {
    const rows = "<row><c><v>1</v></c></row>".repeat(50_001);
    const sheet = bytesOf(`<worksheet><sheetData>${rows}`);
    const bytes = archive("xl/workbook.xml", bytesOf(""), { beside: ["xl/worksheets/sheet1.xml", sheet] });
    await expect(read(bytes)).rejects.toMatchObject(saying("50000 rows"));
  });

  it("a workbook of tags without an end, each of which was looked for through all the others", async () => {
    for (const [tags, said] of [
      ["<c ".repeat(200_000), "damaged"],
      [`<c ${"a".repeat(60_000_000)}>`, "never ends"],
    ] as const) {
      const beside = ["xl/worksheets/sheet1.xml", bytesOf(tags)] as [string, Uint8Array];
      const bytes = archive("xl/workbook.xml", bytesOf("<x"), { beside });
      await expect(read(bytes), said).rejects.toMatchObject(saying(said));
    }
  });

  it("an archive of tens of thousands of files, before any of them is unpacked", async () => {
    const bytes = archive("xl/workbook.xml", bytesOf("x"));
    new DataView(bytes.buffer, bytes.byteOffset).setUint16(bytes.length - 12, 60_000, true);
    await expect(read(bytes)).rejects.toMatchObject(saying("more than 1000 files"));
  });

  it("but of a cell that is too long only its row", async () => {
    const long = `Nom;Prénom;GSM\nDupont;${"Jean".repeat(1001)};0470123456\nPeeters;An;0470123457\n`;
    expect(await readText(long)).toMatchObject({
      rows: [{ row: 3 }],
      faults: [{ row: 2, column: "Prénom", detail: "longer than 4000 letters: shorten it" }],
    });
  });

  it("but not a list with a drop-down over a whole column", async () => {
    const bytes = await workbook((sheet) => {
      sheet.addRow(["Nom", "Prénom", "GSM", "Statut"]);
      sheet.addRow(["Dupont", "Jean", "0470123456", "actif"]);
      for (let row = 1; row <= 60_000; row += 1)
        sheet.getCell(row, 4).dataValidation = { type: "list", formulae: ['"actif,vacciné"'] };
    });
    expect(await read(bytes)).toMatchObject({ rows: [{ row: 2 }], faults: [] });
  });

  it("but not a list of one person", async () => {
    expect(await read(await list())).toMatchObject({ rows: [{ row: 2 }], faults: [] });
  });
});

describe("the reading of a long list stood in everybody's way", () => {
  const people = Array.from({ length: 6000 }, (_, each) => [
    `Dupont${each}`,
    "Jean",
    `04${70_000_000 + each}`,
  ]);
  const all = [["Nom", "Prénom", "GSM"], ...people];

  /** How long it took, and how long at the most nobody else had a turn. */
  const timed = async (bytes: Uint8Array) => {
    const began = performance.now();
    let [last, stood] = [began, 0];
    const beat = setInterval(() => {
      stood = Math.max(stood, performance.now() - last);
      last = performance.now();
    }, 1);
    const { rows } = await read(bytes);
    clearInterval(beat);
    stood = Math.max(stood, performance.now() - last);
    return { rows: rows.length, stood: stood / (performance.now() - began) };
  };

  it.each<[string, () => Uint8Array | Promise<Uint8Array>]>([
    ["as text", () => new TextEncoder().encode(all.map((row) => row.join(";")).join("\n"))],
    ["as a workbook", () => workbook((sheet) => sheet.addRows(all))],
  ])("%s", async (_, bytes) => {
    const { rows, stood } = await timed(await bytes());
    expect(rows).toBe(6000);
    expect(stood).toBeLessThan(0.5);
  });
});
