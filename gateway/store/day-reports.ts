import { and, asc, desc, eq, getTableColumns, gt, gte, lte, sql } from "drizzle-orm";
import type { Day } from "../../schema/primitives.ts";
import type { Db } from "./db.ts";
import { columnsOf, insertMany } from "./many.ts";
import { dayReportCells, dayReports } from "./tables/reports.ts";

/* What each day was counted to be. Rows are added, and read. */

export type DayReportRow = typeof dayReports.$inferSelect;
export type CellRow = typeof dayReportCells.$inferSelect;

/** The last version of a day; nothing where it was not counted yet. */
export const latest = async (db: Db, day: Day): Promise<DayReportRow | undefined> =>
  (
    await db
      .select()
      .from(dayReports)
      .where(eq(dayReports.day, day))
      .orderBy(desc(dayReports.version))
      .limit(1)
  )[0];

export const version = async (db: Db, day: Day, number: number): Promise<DayReportRow | undefined> =>
  (
    await db
      .select()
      .from(dayReports)
      .where(and(eq(dayReports.day, day), eq(dayReports.version, number)))
  )[0];

/** As many rows as whoever asks may see. */
const visible = sql<number>`(select count(*)::int from ${dayReportCells} c
  where c.day = ${dayReports}.day and c.version = ${dayReports}.version)`;

/** All versions of these days, the newest day first. */
export const between = (db: Db, { from, until }: { from: Day; until: Day }): Promise<DayReportRow[]> =>
  db
    .select({ ...getTableColumns(dayReports), rows: visible })
    .from(dayReports)
    .where(and(gte(dayReports.day, from), lte(dayReports.day, until)))
    .orderBy(desc(dayReports.day), desc(dayReports.version));

/** The first of these days that nobody has counted. */
export const firstMissing = async (
  db: Db,
  { from, until }: { from: Day; until: Day },
): Promise<Day | undefined> => {
  const [row] = await db.execute<{ day: Day }>(sql`
    select to_char(d, 'YYYY-MM-DD') as day from generate_series(${from}::date, ${until}::date, interval '1 day') d
    where not exists (select from day_reports r where r.day = d::date) order by d limit 1`);
  return row?.day;
};

const columns = columnsOf(dayReportCells, [
  ...["region", "day", "version", "number", "regionName", "province", "centre", "platform"],
  ...["vaccine", "ageBand", "sex", "indicator", "count"],
]);
const atOnce = 1000;

export const add = async (db: Db, row: DayReportRow, cells: readonly CellRow[]): Promise<void> => {
  await db.insert(dayReports).values(row);
  for (let from = 0; from < cells.length; from += atOnce)
    await db.execute(insertMany(columns, cells.slice(from, from + atOnce)));
};

/** The next rows of a version in their order, as far as whoever asks may see. */
export const cellsAfter = (
  db: Db,
  { day, version, after, limit }: { day: Day; version: number; after: number; limit: number },
): Promise<CellRow[]> =>
  db
    .select()
    .from(dayReportCells)
    .where(
      and(eq(dayReportCells.day, day), eq(dayReportCells.version, version), gt(dayReportCells.number, after)),
    )
    .orderBy(asc(dayReportCells.number))
    .limit(limit);

type UsedOf = { ageBand: string | null; sex: string | null; vaccine: string; used: number };

/** Doses used by age band, sex and vaccine, by the last version of each of these days. */
export const usedOf = async (db: Db, { from, until }: { from: Day; until: Day }): Promise<UsedOf[]> => [
  ...(await db.execute<UsedOf>(sql`
    with latest as (select day, max(version) as version from day_reports
      where day between ${from}::date and ${until}::date group by day)
    select c.age_band as "ageBand", c.sex, c.vaccine, sum(c.count)::int as used
    from latest join day_report_cells c using (day, version) where c.indicator = 'used' group by 1, 2, 3`)),
];
