import { AdapterError, type Ports, type RowFault, type SpreadsheetRow } from "../../schema/adapter.ts";
import { Refusal } from "../../schema/errors.ts";
import type { ImportResult } from "../../schema/import.ts";
import type { CentreId, PlatformName, RegionId } from "../../schema/primitives.ts";
import * as audit from "../store/audit.ts";
import * as places from "../store/places.ts";
import { type Actor, type Deps, transact } from "./deps.ts";
import { takePage } from "./sync/take.ts";

export type Upload = {
  actor: Actor;
  region: RegionId;
  centre: CentreId;
  platform: PlatformName;
  port: Ports["spreadsheet"];
  bytes: Uint8Array;
};

/** The platform on which a centre keeps its list now. */
export const listOf = (deps: Deps, centre: CentreId): Promise<PlatformName | undefined> =>
  places.platformFor(deps.db, { centre, role: "roster", at: deps.now() });

/** The rows of a file, those that cannot be taken, and why. */
export const rowsOf = async ({ port, bytes, centre }: Upload) => {
  try {
    return await port.read({ bytes, centre });
  } catch (error) {
    if (error instanceof AdapterError && error.fault === "rejected")
      throw new Refusal("spreadsheet_unreadable", error.message, [], { cause: error });
    throw error;
  }
};

/** Whatever a row says, its person comes to the centre whose staff sent it. */
export const recordOf =
  (deps: Pick<Deps, "now">, centre: CentreId) =>
  ({ entry }: SpreadsheetRow) => {
    const at = deps.now();
    return { value: { ...entry, centres: [centre] }, checkedAt: at, validAt: at };
  };

export const noBirthDate = "a birth date is needed: the order of the calls follows from it";

/**
 * Takes a centre's list in: a row that fails leaves the others taken, and the whole file can be sent
 * again. Whatever a row says, its person comes to the centre whose staff sent it. A row may take off the list whoever
 * it names, wherever they are registered (F14), so the audit has who sent it before the first is taken.
 */
export const importList = async (deps: Deps, upload: Upload): Promise<ImportResult> => {
  const { actor, region, centre, platform } = upload;
  const { rows, faults } = await rowsOf(upload);
  const counts = { added: 0, changed: 0, unchanged: 0, left: 0, "not-usable": 0 };
  const unusable: RowFault[] = [];
  const at = deps.now();
  await transact(deps, (tx) => {
    const facts = { centre, platform, rows: rows.length };
    return audit.note(tx, { at, region, actor, event: "list.sent", facts });
  });
  const taken = await takePage(deps, { platform, records: rows.map(recordOf(deps, centre)) });
  for (const [index, { row }] of rows.entries()) {
    const outcome = taken[index]?.outcome ?? "not-usable";
    counts[outcome] += 1;
    if (outcome === "not-usable") unusable.push({ row, column: "birthDate", detail: noBirthDate });
  }
  const { "not-usable": notUsable, ...rest } = counts;
  const all = [...faults, ...unusable]
    .toSorted((one, other) => one.row - other.row)
    .map(({ row, column, detail }) => ({ row, column, detail }));
  return { ...rest, notUsable: notUsable + new Set(faults.map(({ row }) => row)).size, faults: all };
};
