import type { RefusedRow, RosterEntry, RowFault, SpreadsheetRow } from "../../../schema/adapter.ts";
import type { Instant } from "../../../schema/primitives.ts";
import type { RowToMend } from "../../../schema/work.ts";
import type { PartKind, PartRow, WorkRow } from "../../store/work.ts";
import type { Deps } from "../deps.ts";

/* What long work holds of people: each part sealed by itself, to be opened as that part alone. */

/** A row of a list that was not taken, as it stands in its file, and what is wrong with it. */
export type Refused = Pick<RefusedRow, "cells"> & { faults: Omit<RowFault, "row">[] };

/** By the kind of a part, what lies in it. */
type Contents = {
  /** Of an import, rows to be taken; of an export, people to be written. */
  rows: SpreadsheetRow[] | { entry: RosterEntry; since: Instant }[];
  refused: Refused;
  /** In base 64. */
  file: string;
};

type Name = Pick<PartRow, "work" | "kind" | "number">;
const bound = ({ work, kind, number }: Name) => ({
  ...{ table: "work_parts", column: "rows_sealed" },
  id: `${work} ${kind} ${number}`,
});

export const sealPart = <Kind extends PartKind>(
  { vault }: Pick<Deps, "vault">,
  { region, id: work }: Pick<WorkRow, "region" | "id">,
  { kind, number, content }: { kind: Kind; number: number; content: Contents[Kind] },
): PartRow => {
  const name = { work, kind, number };
  return { ...name, region, rowsSealed: vault.seal(JSON.stringify(content), bound(name)) };
};

/** What was sealed there: nobody else can have written it. */
export const openPart = <Content>({ vault }: Pick<Deps, "vault">, part: PartRow): Content =>
  JSON.parse(vault.open(part.rowsSealed, bound(part))) as Content;

/** Why an export holds the national numbers. */
export const reasonIn = (id: string) => ({ table: "work", column: "words_sealed", id });

/** So many refused rows are kept to be mended; a file with more of them is better mended as a file. */
export const mendedAtMost = 1000;

/** Each refused row with its own faults. */
export const refusedOf = (
  refused: readonly RefusedRow[],
  faults: readonly RowFault[],
): (Refused & { row: number })[] => {
  const byRow = new Map<number, Refused["faults"]>();
  for (const { row, ...fault } of faults) byRow.set(row, [...(byRow.get(row) ?? []), fault]);
  return refused.map(({ row, cells }) => ({
    ...{ row, cells },
    faults: byRow.get(row) ?? [],
  }));
};

/** As it is shown: each fault at its cell, and one that belongs to none at the first. */
export const toMend = (row: number, { cells, faults }: Refused): RowToMend => {
  const at = faults.map(({ column }) =>
    Math.max(
      0,
      cells.findIndex((cell) => cell.column === column),
    ),
  );
  return {
    row,
    twiceOf: faults.find(({ twiceOf }) => twiceOf !== undefined)?.twiceOf,
    cells: cells.map((cell, index) => {
      const told = faults.filter((_, nth) => at[nth] === index).map(({ detail }) => detail);
      return { ...cell, fault: told.length > 0 ? told.join("; ") : undefined };
    }),
  };
};
