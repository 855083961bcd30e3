import { brands, type DayReport, dayReportColumns } from "../../../schema/day-report.ts";
import { refuse } from "../../../schema/errors.ts";
import type { Day } from "../../../schema/primitives.ts";
import type { TableRow } from "../../../schema/table-file.ts";
import * as dayReports from "../../store/day-reports.ts";
import type { Deps } from "../deps.ts";
import type { Table } from "../tables/table.ts";

/* A day's report as it was counted, as far as whoever asks may see. */

const daysAtMost = 366;

const shown = ({ day, version, countedAt, rows }: dayReports.DayReportRow, isLatest: boolean): DayReport => ({
  day,
  version,
  countedAt,
  rows,
  isLatest,
});

/** Which days were counted, and each version of them, the newest first. */
export const listDays = async (deps: Deps, asked: { from: Day; until: Day }): Promise<DayReport[]> => {
  if ((Date.parse(asked.until) - Date.parse(asked.from)) / 86_400_000 >= daysAtMost)
    refuse("invalid_input", undefined, [{ in: "query", at: "from", detail: `at most ${daysAtMost} days` }]);
  const rows = await dayReports.between(deps.db, asked);
  return rows.map((row, nth) => shown(row, rows[nth - 1]?.day !== row.day));
};

/** That version, or the last; refuses where there is none. */
export const findDay = async (deps: Deps, { day, version }: { day: Day; version?: number }) => {
  const last = (await dayReports.latest(deps.db, day)) ?? refuse("not_found", "that day was not counted yet");
  const found = version === undefined ? last : await dayReports.version(deps.db, day, version);
  if (!found) return refuse("not_found", `there are versions 1 to ${last.version}`);
  return shown(found, found.version === last.version);
};

const rowOf = (cell: dayReports.CellRow): TableRow => ({
  ...{ DATE: cell.day, REGION: cell.regionName, PROVINCE: cell.province, CENTRE: cell.centre },
  ...{ PLATFORM: cell.platform, AGEGROUP: cell.ageBand, SEX: cell.sex, BRAND: brands[cell.vaccine] },
  ...{ INDICATOR: cell.indicator, COUNT: cell.count },
});

const rowsAtOnce = 2000;

async function* rowsOf(deps: Deps, { day, version }: { day: Day; version: number }) {
  let after = 0;
  for (;;) {
    const cells = await dayReports.cellsAfter(deps.db, { day, version, after, limit: rowsAtOnce });
    const last = cells.at(-1);
    if (last) yield cells.map(rowOf);
    if (!last || cells.length < rowsAtOnce) return;
    after = last.number;
  }
}

/** The rows of a version that whoever asks may see. */
export const tableOf = (deps: Deps, named: { day: Day; version: number }): Table => ({
  columns: dayReportColumns,
  rows: rowsOf(deps, named),
});
