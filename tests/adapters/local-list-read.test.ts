import iconv from "iconv-lite";
import { describe, expect, it } from "vitest";
import { centre, nines, read, readText, workbook } from "./local-list-sheets.ts";

const header = "Nom;Prénom;Date de naissance;NISS;GSM;E-mail;Code postal";
const row = (change: Partial<Record<"birth" | "number" | "gsm" | "email" | "postcode", string>> = {}) =>
  [
    "Dupont",
    "Jean",
    change.birth ?? "",
    change.number ?? "",
    change.gsm ?? "0470123456",
    change.email ?? "",
    change.postcode ?? "",
  ].join(";");
const one = async (line: string) => {
  const { rows, faults } = await readText(`${header}\r\n${line}\r\n`);
  return { entry: rows[0]?.entry, faults };
};

describe("a list of a centre", () => {
  it("is read whatever the encoding", async () => {
    const text = `${header}\r\nLefèvre;Zoë;30/07/1956;;0470123456;;6000\r\n`;
    for (const encoding of ["utf8", "utf8-bom", "windows-1252", "utf16le", "utf16be", "utf16le-bare"]) {
      const bytes =
        encoding === "utf16le-bare"
          ? iconv.encode(text, "utf16le")
          : iconv.encode(text, encoding === "utf8-bom" ? "utf8" : encoding, {
              addBOM: !["utf8", "windows-1252"].includes(encoding),
            });
      const { rows, faults } = await read(bytes);
      expect(faults, encoding).toEqual([]);
      expect(rows[0]?.entry, encoding).toMatchObject({
        familyName: "Lefèvre",
        givenName: "Zoë",
        postcode: "6000",
      });
    }
  });

  it.each([
    ["semicolons", ";"],
    ["commas", ","],
    ["tabs", "\t"],
  ])("is read with %s between its cells", async (_, delimiter) => {
    const { rows, faults } = await readText(
      `Naam${delimiter}Voornaam${delimiter}GSM\r\n"Van; den, Broeck"${delimiter}An${delimiter}0470 12 34 56\r\n`,
    );
    expect(faults).toEqual([]);
    expect(rows).toMatchObject([
      { row: 2, entry: { familyName: "Van; den, Broeck", contact: { mobile: "+32470123456" } } },
    ]);
  });

  it.each([
    ["Nom;Prénom;Né(e) le;N° registre national;Tél. portable;Courriel;CP"],
    ["NAAM;VOORNAAM;Geboortedatum (dd/mm/jjjj);Rijksregisternr.;Gsm-nummer;E-mailadres;Postcode"],
    ["Familienname;Vorname;Geburtsdatum;Nationalregisternummer;Handy;E-Mail-Adresse;PLZ"],
    ["Last name;First name;Date of birth;National number;Mobile phone;Email address;Postal code"],
    ["Nom / Naam;Prénom / Voornaam;Geboren op;INSZ;GSM;Mail;Code postal"],
  ])("is understood under the headings %s", async (headings) => {
    const { rows, faults } = await readText(
      `${headings}\r\nDupont;Jean;15/01/1950;${nines.born1950};0470/12.34.56;jean@example.org;6000\r\n`,
    );
    expect(faults).toEqual([]);
    expect(rows[0]?.entry).toEqual({
      familyName: "Dupont",
      givenName: "Jean",
      birthDate: "1950-01-15",
      nationalNumber: nines.born1950,
      contact: { mobile: "+32470123456", email: "jean@example.org" },
      postcode: "6000",
      centres: [centre],
      conditions: [],
      state: "active",
    });
  });

  it("may have titles above, headings in two lines, blank and total rows, and is counted as staff see it", async () => {
    const { rows, faults } = await readText(
      [
        "Liste de réserve – avril 2021;;;;;",
        "",
        "N°;Personne;;Coordonnées;;",
        ";Nom;Prénom;GSM;E-mail;Remarques",
        "1;Dupont;Jean;0470123456;;après 17h",
        "2;;;;;",
        "",
        "3;Peeters;An;;an@example.org;",
        "Total;;;2;;",
      ].join("\n"),
    );
    expect(faults).toEqual([]);
    expect(rows.map(({ row, entry }) => [row, entry.familyName])).toEqual([
      [5, "Dupont"],
      [8, "Peeters"],
    ]);
  });

  it("loses no row to a quotation mark that nobody closed", async () => {
    const { rows, faults } = await readText(
      'Nom;Prénom;GSM\nDupont;"Jean;0470123456\nPeeters;An;0470123457\n',
    );
    expect(new Set([...rows, ...faults].map(({ row }) => row))).toEqual(new Set([2, 3]));
  });

  it("names the first row where somebody stands twice", async () => {
    const { rows, faults } = await readText(
      "Nom;Prénom;GSM;E-mail\nDupont;Jean;0470123456;\nDUPONT;Jean;+32 470 12 34 56;jean@example.org\nDupont;Marie;0470123456;\n",
    );
    expect(rows.map(({ row }) => row)).toEqual([2, 4]);
    expect(faults).toMatchObject([{ row: 3, column: "Nom", detail: expect.stringContaining("row 2") }]);
  });

  it.each([
    ["DUPONT Jean", "DUPONT", "Jean"],
    ["DE SMET Jean-Pierre", "DE SMET", "Jean-Pierre"],
    ["Jean DUPONT", "DUPONT", "Jean"],
    ["van der Linden Marie Anne", "van der Linden", "Marie Anne"],
    ["Dupont, Jean", "Dupont", "Jean"],
    ["Dupont Jean", "Dupont", "Jean"],
  ])("finds both names in %s", async (whole, familyName, givenName) => {
    const { rows } = await readText(`Nom et prénom;GSM\n"${whole}";0470123456\n`);
    expect(rows[0]?.entry).toMatchObject({ familyName, givenName });
  });

  it("wants a name and a contact of everyone", async () => {
    const { faults } = await readText("Nom;Prénom;GSM\nDupont;;0470123456\nDupont;Jean;\n");
    expect(faults).toEqual([
      { row: 2, column: "Prénom", detail: "the name is missing: fill it in" },
      { row: 3, column: "GSM", detail: expect.stringContaining("fill in one of them") },
    ]);
  });

  it("keeps whoever has died or had the dose off the list, and asks about words it does not know", async () => {
    const { rows, faults } = await readText(
      "Nom;Prénom;GSM;Statut\nA;Jean;0470123451;vacciné(e)\nB;Jean;0470123452;Décédé\nC;Jean;0470123453;en pause\nD;Jean;0470123454;\nE;Jean;0470123455;voir Luc\n",
    );
    expect(rows.map(({ entry }) => entry.state)).toEqual(["left", "left", "paused", "active"]);
    expect(faults).toMatchObject([{ row: 6, column: "Statut" }]);
  });
});

describe("a birth date", () => {
  it.each([
    ["30/07/1956", "1956-07-30"],
    ["1956-07-30", "1956-07-30"],
    ["3.7.1956", "1956-07-03"],
    ["30-07-56", "1956-07-30"],
    ["20666", "1956-07-30"],
    ["20666,0", "1956-07-30"],
    ["30-07-02", "2002-07-30"],
    ["30-07-04", "1904-07-30"],
  ])("%s is %s in April 2021", async (birth, birthDate) => {
    expect(await one(row({ birth }))).toMatchObject({ entry: { birthDate }, faults: [] });
  });

  it("may be a year alone", async () => {
    expect((await one(row({ birth: "1956" }))).entry).toMatchObject({
      birthDate: "1956-01-01",
      birthYearOnly: true,
    });
  });

  it.each(["31/02/1956", "07/30/1956", "soon", "30/07/2056", "30/07/1856"])(
    "%s is a fault",
    async (birth) => {
      expect(await one(row({ birth }))).toMatchObject({
        entry: undefined,
        faults: [{ row: 2, column: "Date de naissance" }],
      });
    },
  );
});

describe("a national number", () => {
  it.each([
    ["as digits", nines.born1950, nines.born1950],
    [
      "with its punctuation",
      nines.born1950.replace(/^(..)(..)(..)(...)(..)$/, "$1.$2.$3-$4.$5"),
      nines.born1950,
    ],
    ["with decimals", `${nines.born1950},0`, nines.born1950],
    ["without its first zero", nines.born2001.slice(1), nines.born2001],
    ["without three zeros", nines.bornJanuary2000.replace(/^0+/, ""), nines.bornJanuary2000],
    [
      "in powers of ten, where no digit was lost",
      `${nines.born1950[0]},${nines.born1950.slice(1)}E+10`,
      nines.born1950,
    ],
  ])("is read %s", async (_, number, nationalNumber) => {
    expect(await one(row({ number }))).toMatchObject({ entry: { nationalNumber }, faults: [] });
  });

  it.each(["", "-", "onbekend", "?"])("may be missing, written as %j", async (number) => {
    const { entry, faults } = await one(row({ number }));
    expect(faults).toEqual([]);
    expect(entry).not.toHaveProperty("nationalNumber");
  });

  it.each(["50011599794", "5001159979", "8,5073E+10", "yes"])(
    "%s is a fault that does not repeat it",
    async (number) => {
      const { entry, faults } = await one(row({ number }));
      expect(entry).toBeUndefined();
      expect(faults).toMatchObject([
        { row: 2, column: "NISS", detail: expect.stringContaining("identity card") },
      ]);
      expect(faults[0]?.detail).not.toContain(number);
    },
  );

  it("and a birth date that differ are a fault", async () => {
    expect((await one(row({ number: nines.born1950, birth: "16/01/1950" }))).faults).toMatchObject([
      { column: "Date de naissance" },
    ]);
  });
});

describe("a telephone number", () => {
  it.each([
    ["0470/12.34.56", "+32470123456"],
    ["+32 (0)470 12 34 56", "+32470123456"],
    ["0032470123456", "+32470123456"],
    ["32470123456", "+32470123456"],
    ["470123456", "+32470123456"],
    ["470123456,0", "+32470123456"],
    ["4,70123456E+8", "+32470123456"],
    ["'+32470123456", "+32470123456"],
    ["0470 12 34 56 (fils)", "+32470123456"],
    ["GSM: 0470 12 34 56", "+32470123456"],
    ["0470 12 34 56 / 071 12 34 56", "+32470123456"],
    ["071/12.34.56", "+3271123456"],
    ["02 512 34 56", "+3225123456"],
    ["+33 6 12 34 56 78", "+33612345678"],
  ])("%s is %s", async (gsm, mobile) => {
    expect(await one(row({ gsm }))).toMatchObject({ entry: { contact: { mobile } }, faults: [] });
  });

  it.each(["0470 12 34 5", "+32 470 12 34", "112", "call her"])("%s is a fault", async (gsm) => {
    expect((await one(row({ gsm }))).faults).toMatchObject([{ row: 2, column: "GSM" }]);
  });
});

it.each([
  ["6000,0", "6000"],
  ["6000.00", "6000"],
  ["B-6000", "6000"],
  ["6000 Charleroi", "6000"],
])("the postcode %s is %s", async (written, postcode) => {
  expect(await one(row({ postcode: written }))).toMatchObject({ entry: { postcode }, faults: [] });
});

describe("a workbook", () => {
  it("gives what its cells show: dates, numbers, formulas, links, rich and merged text", async () => {
    const bytes = await workbook((sheet) => {
      sheet.addRow(["Reservelijst"]);
      sheet.mergeCells("A1:F1");
      sheet.addRow(["Persoon", "", "", "Contact", "", "Adres"]);
      sheet.addRow(["Naam", "Voornaam", "Geboortedatum", "GSM", "E-mail", "Postcode"]);
      sheet.mergeCells("A2:C2");
      sheet.addRow([
        { richText: [{ text: "Pee" }, { text: "ters", font: { bold: true } }] },
        "An",
        new Date("1956-07-30"),
        470123456,
        { text: "an@example.org", hyperlink: "mailto:an@example.org" },
        { formula: "B1", result: 6000 },
      ]);
      sheet.addRow(["Maes", "Bram", 20666, "0470 12 34 57", undefined, { error: "#N/A" }]);
    });
    const { rows, faults } = await read(bytes);
    expect(faults).toEqual([]);
    expect(rows.map(({ row: at }) => at)).toEqual([4, 5]);
    const [first, second] = rows.map(({ entry }) => entry);
    expect(first).toMatchObject({
      familyName: "Peeters",
      birthDate: "1956-07-30",
      contact: { mobile: "+32470123456", email: "an@example.org" },
      postcode: "6000",
    });
    expect(second).toMatchObject({ birthDate: "1956-07-30", contact: { mobile: "+32470123457" } });
  });

  it("says so where a second worksheet is a list too", async () => {
    const bytes = await workbook((sheet, book) => {
      for (const each of [sheet, book.addWorksheet("Mai")]) {
        each.addRow(["Nom", "Prénom", "GSM"]);
        each.addRow(["Dupont", "Jean", "0470123456"]);
      }
    });
    const { rows, faults } = await read(bytes);
    expect(rows).toHaveLength(1);
    expect(faults).toMatchObject([{ column: "Mai" }]);
  });
});
