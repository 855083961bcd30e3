import assert from "node:assert/strict";
import ExcelJS from "exceljs";
import type { Ports, RosterEntry } from "../../../schema/adapter.ts";
import { people, person } from "../people.ts";
import { promises } from "../promises.ts";
import type { Scene } from "../scene.ts";

type SpreadsheetPort = Ports["spreadsheet"];
type Written = { entries: RosterEntry[]; format: "csv" | "xlsx" };

const formats = ["csv", "xlsx"] as const;
const inEachFormat = <Trial>(
  promise: string,
  trial: (format: "csv" | "xlsx") => Trial,
): Record<string, Trial> =>
  Object.fromEntries(formats.map((format) => [`${promise} (${format})`, trial(format)]));

const backAndForth = async (port: SpreadsheetPort, scene: Scene, list: Written) => {
  const bytes = await port.write(list);
  const { rows, faults } = await port.read({ bytes, centre: scene.centres[0] });
  assert.deepEqual(faults, []);
  assert.deepEqual(
    rows.map(({ entry }) => entry),
    list.entries,
  );
};

const formulas = ['=HYPERLINK("http://evil.example","An")', "+1+1", "-2", "@SUM(1)", "\t=1+1", "'=1", "=1"];
const withFormulas = ({ centres: [centre] }: Scene): RosterEntry[] =>
  formulas.map((familyName, index) => ({ ...person(index, centre), familyName }));

/** One character for each byte, whatever the encoding, so that a file can be altered and nothing else of it. */
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");

export const spreadsheet = promises("spreadsheet", {
  ...inEachFormat("read gives back what write wrote, in its order", (format) => async (port, scene) => {
    const known = people(40, scene.centres[0]);
    const {
      nationalNumber: _number,
      postcode: _postcode,
      language: _language,
      ...sparse
    } = person(50, scene.centres[0]);
    await backAndForth(port, scene, { entries: [...known, sparse], format });
    await backAndForth(port, scene, { entries: [], format });
  }),

  ...inEachFormat(
    "whoever paused or left is still so after reading back",
    (format) => async (port, scene) => {
      const states = ["active", "paused", "left"] as const;
      const entries = states.map((state, index) => ({ ...person(index, scene.centres[0]), state }));
      await backAndForth(port, scene, { entries, format });
    },
  ),

  ...inEachFormat(
    "text that looks like a formula is read back unchanged",
    (format) => async (port, scene) => {
      await backAndForth(port, scene, { entries: withFormulas(scene), format });
    },
  ),

  "no cell of a CSV begins like a formula": async (port, scene) => {
    const csv = text(await port.write({ entries: withFormulas(scene), format: "csv" }));
    assert.doesNotMatch(csv, /(^|[\n;,\t])"?[=+\-@]/);
  },

  "no cell of a workbook is a formula": async (port, scene) => {
    const bytes = await port.write({ entries: withFormulas(scene), format: "xlsx" });
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(Uint8Array.from(bytes).buffer);
    workbook.eachSheet((sheet) => {
      sheet.eachRow((row) => {
        row.eachCell((cell) => {
          assert.notEqual(cell.type, ExcelJS.ValueType.Formula);
          assert.notEqual(cell.type, ExcelJS.ValueType.Hyperlink);
        });
      });
    });
  },

  "every row becomes an entry or a fault that says why; none is dropped": async (port, scene) => {
    const entries = people(12, scene.centres[0]);
    const whole = text(await port.write({ entries, format: "csv" }));
    const spoilt = whole.replace(/person-(4|9)@example\.org/g, "no address at all");
    assert.notEqual(spoilt, whole, "the addresses are in the file");
    const bytes = Buffer.from(spoilt, "latin1");
    const { rows, faults } = await port.read({ bytes, centre: scene.centres[0] });
    const accounted = new Set([...rows, ...faults].map(({ row }) => row));
    assert.equal(accounted.size, entries.length);
    assert.ok(faults.length >= 2, "two addresses are none");
    for (const { column, detail } of faults) assert.ok(column !== "" && detail !== "");
  },

  "a row that was refused is read once its cell is mended, and is refused again while it is not": async (
    port,
    { centres: [centre] },
  ) => {
    const whole = text(await port.write({ entries: people(6, centre), format: "csv" }));
    const bytes = Buffer.from(whole.replace("person-4@example.org", "no address at all"), "latin1");
    const { refused, faults } = await port.read({ bytes, centre });
    assert.deepEqual(
      refused.map(({ row }) => row),
      [...new Set(faults.map(({ row }) => row))],
    );
    const again = await port.readAgain({ rows: refused, centre });
    assert.deepEqual([again.rows, again.refused], [[], refused]);
    const mended = refused.map(({ row, cells }) => ({
      row,
      cells: cells.map((cell) =>
        cell.text === "no address at all" ? { ...cell, text: "person-4@example.org" } : cell,
      ),
    }));
    const { rows } = await port.readAgain({ rows: mended, centre });
    assert.deepEqual(
      rows.map(({ row, entry }) => [row, entry.contact.email]),
      refused.map(({ row }) => [row, "person-4@example.org"]),
    );
  },

  "the cells of an entry are read as that entry": async (port, { centres: [centre] }) => {
    const entry = person(3, centre);
    const { rows } = await port.readAgain({ rows: [{ row: 7, cells: port.cells(entry) }], centre });
    assert.equal(rows[0]?.entry.familyName, entry.familyName);
    assert.equal(rows[0]?.entry.contact.email, entry.contact.email);
  },

  "the same file says the same twice": async (port, scene) => {
    const bytes = await port.write({ entries: people(5, scene.centres[0]), format: "csv" });
    const file = { bytes, centre: scene.centres[0] };
    assert.deepEqual(await port.read(file), await port.read(file));
  },

  "throws rejected for what is no list": async (port, { centres: [centre] }) => {
    const encode = (content: string) => new TextEncoder().encode(content);
    const noLists = {
      "a PDF": encode("%PDF-1.7\n%âãÏÓ\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"),
      "nothing at all": new Uint8Array(),
      "an archive cut short": Uint8Array.from([0x50, 0x4b, 0x03, 0x04, 0x14, 0x00]),
      "an HTML page": encode("<!doctype html><title>Oops</title><p>Please try again later."),
      zeros: new Uint8Array(4096),
      "a letter": encode("Dear all,\nplease find the list attached.\n"),
    };
    for (const [what, bytes] of Object.entries(noLists))
      await assert.rejects(port.read({ bytes, centre }), { fault: "rejected" }, what);
  },

  "makes no request": async (port, scene) => {
    await scene.platform.pause();
    await backAndForth(port, scene, { entries: people(3, scene.centres[0]), format: "csv" });
  },
});
