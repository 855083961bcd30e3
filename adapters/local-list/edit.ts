import type { RowFault } from "../../schema/adapter.ts";
import type { CentreId, ExternalId } from "../../schema/primitives.ts";
import { neutralise, textOf } from "./cells.ts";
import { type Field, type Layout, title, usual } from "./columns.ts";
import type { Change, ListFile } from "./file.ts";
import { type Named, type Naming, ownPart, People } from "./identity.ts";
import { toCells } from "./mapper.ts";

/*
 * The sheet belongs to the centre, so single cells of it are changed, and its remarks, its order, its faulty rows and
 * everything else stay as they were.
 */
export type Sheet = { file: ListFile; list: NamedList; centre: CentreId; naming: Naming };
/** A list whose every person has a name there, their own or a digest. */
type NamedList = {
  rows: { row: number; entry: Named }[];
  faults: RowFault[];
};

/** The column of this sheet that holds what our own lists hold in that column. */
const kept = ({ columns }: Layout, field: Field): Field | undefined => {
  if (columns.has(field)) return field;
  if (field === "mobile" && columns.has("telephone")) return "telephone";
  if (field === "familyName")
    return (["familyFirst", "givenFirst"] as const).find((whole) => columns.has(whole));
  return undefined;
};

/** Writes cells of one row, adding a column with its heading where there is none. */
const writer = ({ file: { rows, layout } }: Sheet, row: number) => {
  const changes: Change[] = [];
  let width = rows.reduce((widest, each) => Math.max(widest, each.length), 0);
  const write = (field: Field, text: string) => {
    let column = layout.columns.get(field);
    if (column === undefined) {
      column = width;
      width += 1;
      changes.push({ row: layout.body - 1, column, text: title(field) });
    }
    changes.push({ row, column, text: neutralise(text) });
  };
  return { changes, write };
};

/** The cells that must change for this person to stand in the sheet once, as the entry says; none if so already. */
export const putPerson = (sheet: Sheet, entry: Named): { changes: Change[]; externalId: ExternalId } => {
  const { file, list, centre, naming } = sheet;
  const people = new People();
  for (const { row, entry: known } of list.rows) people.add(known, row);
  const found = people.find(entry);
  const before = list.rows.find(({ row }) => row === found);
  const externalId = before?.entry.externalId ?? entry.externalId;
  const { changes, write } = writer(sheet, before ? before.row - 1 : file.rows.length);
  const [old, next] = [before ? toCells(before.entry) : {}, toCells(entry)];
  const wholeName = !file.layout.columns.has("familyName");
  // A sheet that lacks one of these columns is given it; our own conveniences are not pressed on it.
  for (const asked of usual) {
    if (asked === "reference" || (asked === "givenName" && wholeName)) continue;
    const field = kept(file.layout, asked) ?? asked;
    const text = next[field];
    const needless =
      text === undefined || text === old[field] || (asked === "state" && !before && text === "active");
    if (!needless) write(field, text);
  }
  // The id is written where the row would otherwise be read under another one, and where the sheet has a place.
  const contact = { ...before?.entry.contact, ...entry.contact };
  const reference = file.layout.columns.get("reference");
  const stands = before && reference !== undefined && textOf(file.rows[before.row - 1]?.[reference]) !== "";
  const drifts = naming({ ...before?.entry, ...entry, contact }, centre) !== externalId;
  if (!stands && (drifts || (!before && reference !== undefined)))
    write("reference", ownPart(centre, externalId));
  return { changes, externalId };
};

/** Empties the person's row, remarks included: the rows around it keep their places. */
export const erasePerson = (sheet: Sheet, externalId: ExternalId): Change[] => {
  const found = sheet.list.rows.find(({ entry }) => entry.externalId === externalId);
  const cells = found ? (sheet.file.rows[found.row - 1] ?? []) : [];
  return cells.flatMap((cell, column) =>
    found && textOf(cell) !== "" ? [{ row: found.row - 1, column, text: "" }] : [],
  );
};

/** Notes in the sheet why this person is off it. The row stays: it is the centre's record. */
export const closePerson = (
  sheet: Sheet,
  { externalId, reason }: { externalId: ExternalId; reason: "withdrawn" | "vaccinated" },
): Change[] => {
  const found = sheet.list.rows.find(({ entry }) => entry.externalId === externalId);
  if (!found || found.entry.state === "left") return [];
  const { changes, write } = writer(sheet, found.row - 1);
  write("state", reason);
  return changes;
};
