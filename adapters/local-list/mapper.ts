import type { RosterEntry } from "../../schema/adapter.ts";
import { agrees, type NationalNumberFacts, readNationalNumber } from "../../schema/national-number.ts";
import { type CentreId, type Day, ExternalId } from "../../schema/primitives.ts";
import type { Contact } from "../../schema/volunteer.ts";
import { readAvailability, writeAvailability } from "./availability.ts";
import { readBirth } from "./birth.ts";
import { type Cell, digitsOf, type Reading } from "./cells.ts";
import { type Field, type Layout, title } from "./columns.ts";
import { limits } from "./file.ts";
import { prefixed } from "./identity.ts";
import { type Names, readFullName, readName } from "./names.ts";
import { readNumber } from "./number.ts";
import { readTelephone } from "./telephone.ts";
import {
  readAtRisk,
  readCentres,
  readConditions,
  readEmail,
  readLanguage,
  readPostcode,
  readState,
} from "./words.ts";

export type Reader = { centre: CentreId; today: Day };
export type Fault = { column: string; detail: string };

/** The heading as it stands in the file, so that staff find the cell. */
export const headingOf = (layout: Layout, field: Field): string => {
  const column = layout.columns.get(field);
  return (column === undefined ? "" : layout.headings[column]) || title(field);
};

export const nameHeading = (layout: Layout): string =>
  headingOf(
    layout,
    (["familyName", "familyFirst"] as const).find((field) => layout.columns.has(field)) ?? "givenFirst",
  );

/** One row, cell by cell, and what was found wrong with it so far. */
const cellsOf = (row: Cell[], layout: Layout) => {
  const faults: Fault[] = [];
  const complain = (field: Field, detail: string) =>
    faults.push({ column: headingOf(layout, field), detail });
  const take = <Value>(field: Field, read: (cell: Cell) => Reading<Value>): Value | undefined => {
    const cell = row[layout.columns.get(field) ?? -1];
    const tooLong = typeof cell === "string" && cell.length > limits.cell;
    const { value, fault } = tooLong
      ? { fault: `longer than ${limits.cell} letters: shorten it` }
      : read(cell);
    if (fault) complain(field, fault);
    return value;
  };
  return { faults, complain, take, has: (field: Field) => layout.columns.has(field) };
};
type Cells = ReturnType<typeof cellsOf>;

const namesOf = ({ take, has }: Cells): Partial<Names> => {
  if (has("familyName"))
    return { familyName: take("familyName", readName), givenName: take("givenName", readName) };
  const order = has("familyFirst") ? "familyFirst" : "givenFirst";
  return take(order, (cell) => readFullName(cell, order)) ?? {};
};

/** A line counts where there is no mobile: it is staff who will phone. */
const contactOf = ({ take }: Cells): Contact => {
  const mobile = take("mobile", readTelephone);
  return present({
    email: take("email", readEmail),
    mobile: mobile ?? take("telephone", readTelephone),
  });
};

/** What no cell shows alone. */
const checkTogether = ({ complain, faults }: Cells, layout: Layout, entry: RosterEntry): void => {
  const number = entry.nationalNumber ? readNationalNumber(entry.nationalNumber) : undefined;
  if (number && !agreesWith(number, entry))
    complain("birthDate", "differs from the national number: compare both with the identity card");
  if (faults.length === 0 && !entry.contact.email && !entry.contact.mobile)
    complain(contactField(layout), "neither a telephone number nor an e-mail address: fill in one of them");
};

/** A row as a person, or everything that is wrong with it. */
export const toEntry = (
  row: Cell[],
  layout: Layout,
  { centre, today }: Reader,
): { entry: RosterEntry } | { faults: Fault[] } => {
  const cells = cellsOf(row, layout);
  const { take, faults } = cells;
  const { familyName = "", givenName = "" } = namesOf(cells);
  const conditions = [...(take("conditions", readConditions) ?? []), ...(take("atRisk", readAtRisk) ?? [])];
  const entry: RosterEntry = present({
    externalId: take("reference", (cell) => readReference(cell, centre)),
    nationalNumber: take("nationalNumber", (cell) => readNumber(cell, today)),
    givenName,
    familyName,
    ...take("birthDate", (cell) => readBirth(cell, today)),
    postcode: take("postcode", readPostcode),
    contact: contactOf(cells),
    language: take("language", readLanguage),
    centres: take("centres", (cell) => readCentres(cell, centre)) ?? [centre],
    availability: take("availability", readAvailability),
    conditions: [...new Set(conditions)],
    state: take("state", readState) ?? "active",
  });
  checkTogether(cells, layout, entry);
  return faults.length > 0 ? { faults } : { entry };
};

/** Without the keys that hold nothing. */
const present = <Shape extends object>(shape: Shape): Shape =>
  Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)) as Shape;

const agreesWith = (
  number: NationalNumberFacts,
  { birthDate, birthYearOnly }: Pick<RosterEntry, "birthDate" | "birthYearOnly">,
): boolean => {
  if (!birthDate) return true;
  if (!birthYearOnly) return agrees(number, birthDate);
  return number.year === undefined || String(number.year) === birthDate.slice(0, 4);
};

const contactField = ({ columns }: Layout): Field =>
  (["mobile", "telephone", "email"] as const).find((field) => columns.has(field)) ?? "mobile";

const readReference = (cell: Cell, centre: CentreId): Reading<ExternalId> => {
  const text = digitsOf(cell);
  if (text === "") return {};
  const id = ExternalId.safeParse(prefixed(centre, text));
  return id.success
    ? { value: id.data }
    : { fault: "longer than an id can be: shorten it, or leave it empty" };
};

/** What a list can say of a person, in the cells of a list that has every column. */
export const toCells = (entry: RosterEntry): Partial<Record<Field, string>> => ({
  reference: entry.externalId,
  familyName: entry.familyName,
  givenName: entry.givenName,
  familyFirst: `${entry.familyName}, ${entry.givenName}`,
  givenFirst: `${entry.familyName}, ${entry.givenName}`,
  birthDate: entry.birthYearOnly ? entry.birthDate?.slice(0, 4) : entry.birthDate,
  nationalNumber: entry.nationalNumber,
  mobile: entry.contact.mobile,
  telephone: entry.contact.mobile,
  email: entry.contact.email,
  postcode: entry.postcode,
  language: entry.language,
  state: entry.state,
  atRisk: entry.conditions.includes("at-risk") ? "x" : undefined,
  conditions: entry.conditions.join(" ") || undefined,
  centres: entry.centres.join(" ") || undefined,
  availability: entry.availability && writeAvailability(entry.availability),
});
