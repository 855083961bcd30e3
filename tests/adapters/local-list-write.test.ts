import fc from "fast-check";
import { expect, it } from "vitest";
import type { RosterEntry } from "../../schema/adapter.ts";
import { CentreId, ExternalId } from "../../schema/primitives.ts";
import { Condition, DayPart, weekdays } from "../../schema/volunteer.ts";
import { centre, nines, read, uploads } from "./local-list-sheets.ts";

/** Whatever the schema lets a name be, with what spreadsheets trip over more often than by chance. */
const name = fc
  .oneof(
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }),
    fc
      .tuple(
        fc.constantFrom("=", "+", "-", "@", "'", "'=", "''-", ";", '"', "\t=", "1E5", "007"),
        fc.string(),
      )
      .map((each) => each.join("")),
  )
  .filter(
    (text) =>
      /^[^\p{C}<>]+$/u.test(text.trim()) && text.trimEnd() === text && !/^ /.test(text) && text.length < 100,
  )
  .map((text) => text.replace(/^[\s\uFEFF]+/u, ""));
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const day = fc
  .date({ min: new Date("1910-01-01"), max: new Date("2003-04-05"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const parts = fc.uniqueArray(fc.constantFrom(...DayPart.options));
const week = fc.record(Object.fromEntries(weekdays.map((each) => [each, parts])), {
  noNullPrototype: true,
}) as fc.Arbitrary<NonNullable<RosterEntry["availability"]>["week"]>;
const availability = fc.record(
  {
    week,
    repeats: fc.boolean(),
    exceptions: fc.array(fc.record({ day, parts }, { noNullPrototype: true }), { maxLength: 3 }),
    from: day,
  },
  { requiredKeys: ["week", "repeats", "exceptions"], noNullPrototype: true },
);
const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
const mobile = fc.oneof(
  digits(8).map((each) => `+324${each}`),
  digits(8).map((each) => `+336${each}`),
);

const entry: fc.Arbitrary<RosterEntry> = fc
  .record({
    person: fc.record({ givenName: name, familyName: name }),
    born: fc.oneof(
      day.map((birthDate) => ({ birthDate })),
      fc
        .integer({ min: 1910, max: 2003 })
        .map((year) => ({ birthDate: `${year}-01-01`, birthYearOnly: true })),
      fc.constant({ nationalNumber: nines.born1950 }),
      fc.constant({}),
    ),
    contact: fc.oneof(
      fc.record({ mobile }, { noNullPrototype: true }),
      fc.record(
        { mobile, email: fc.constantFrom("+jean@example.org", "o'neil@example.org") },
        { noNullPrototype: true },
      ),
    ),
    more: fc.record({
      postcode: optional(fc.integer({ min: 1000, max: 9999 }).map(String)),
      language: optional(fc.constantFrom<NonNullable<RosterEntry["language"]>>("fr", "nl", "de", "en")),
      availability: optional(availability),
    }),
    centres: fc.constantFrom<CentreId[]>([centre], [CentreId.parse("mons"), centre]),
    conditions: fc.uniqueArray(fc.constantFrom(...Condition.options)),
    state: fc.constantFrom<RosterEntry["state"]>("active", "paused", "left"),
    externalId: optional(
      fc.stringMatching(/^[A-Za-z0-9_-]{1,30}$/).map((own) => ExternalId.parse(`${centre}.${own}`)),
    ),
  })
  .map(
    ({ person, born, contact, more, ...rest }) =>
      ({ ...person, ...born, contact, ...more, ...rest }) as RosterEntry,
  )
  .map(
    (each) =>
      Object.fromEntries(Object.entries(each).filter(([, value]) => value !== undefined)) as RosterEntry,
  );

const distinct = (entries: RosterEntry[]): RosterEntry[] => {
  const seen = new Set<string>();
  return entries.filter((each) => {
    const keys = [each.contact.mobile, each.externalId, each.nationalNumber].flatMap((key) => key ?? []);
    const fresh = !keys.some((key) => seen.has(key));
    for (const key of keys) seen.add(key);
    return fresh && !seen.has(each.contact.email ?? "none");
  });
};

it.each([
  ["csv", 300],
  ["xlsx", 20],
] as const)("what is written as %s is read back unchanged", async (format, numRuns) => {
  await fc.assert(
    fc.asyncProperty(fc.array(entry, { maxLength: 8 }).map(distinct), async (entries) => {
      const { rows, faults } = await read(await uploads.spreadsheet.write({ entries, format }));
      expect(faults).toEqual([]);
      expect(rows.map((row) => row.entry)).toStrictEqual(entries);
    }),
    { numRuns },
  );
});

it("no cell begins as a formula would, telephone numbers included", async () => {
  const entries: RosterEntry[] = ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "'=1"].map(
    (familyName, at) => ({
      familyName,
      givenName: "Jean",
      contact: { mobile: `+3247012345${at}` },
      centres: [centre],
      conditions: [],
      state: "active",
    }),
  );
  const text = new TextDecoder().decode(await uploads.spreadsheet.write({ entries, format: "csv" }));
  const cells = text.split(/\r\n|;/).map((cell) => cell.replace(/^"/, ""));
  expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
  expect(cells).toContain("'+32470123450");
});

it("a CSV opens with a double click: its mark, semicolons, headings that every language reads", async () => {
  const bytes = await uploads.spreadsheet.write({ entries: [], format: "csv" });
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(new TextDecoder().decode(bytes)).toContain(";Nom / Naam / Name;Prénom / Voornaam / Vorname;");
});
