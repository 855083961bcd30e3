import { sql } from "drizzle-orm";
import { type WeekCounts, withinMinutes } from "../../schema/figures.ts";
import { type Day, type Instant, instant, localDay, type RegionId, zone } from "../../schema/primitives.ts";
import type { Db } from "./db.ts";

/* Weeks from Monday to Sunday, as the wall in Belgium has them. */

const wall = sql.raw(`'${zone}'`);
const inWeek = (week: Day) => sql`
  s.announced_at >= ${week}::date::timestamp at time zone ${wall}
  and s.announced_at < (${week}::date + 7)::timestamp at time zone ${wall}`;

/** Of one surplus after the other, whatever the planner thinks: else it reads all doses that there ever were. */
const dosesOfOne = sql`(select state, booking from doses where surplus = s.id offset 0)`;

/** Those of these weeks that were counted. */
export const kept = async (db: Db, { from, until }: { from: Day; until: Day }): Promise<WeekCounts[]> => {
  const rows = await db.execute<{ counts: WeekCounts }>(sql`
    select counts from week_figures where week between ${from}::date and ${until}::date order by week`);
  return rows.map(({ counts }) => counts);
};

/** Keeps what a week was counted to be; the first to do so is right. */
export const keep = async (db: Db, counts: WeekCounts, at: Instant): Promise<void> => {
  await db.execute(sql`
    insert into week_figures (week, counts, counted_at)
    values (${counts.week}::date, ${JSON.stringify(counts)}::text::jsonb, ${at}) on conflict do nothing`);
};

/** On which day the first doses were announced. */
export const firstDay = async (db: Db): Promise<Day | undefined> => {
  const [row] = await db.execute<{ first: string | Date | null }>(
    sql`select announced_at as first from surpluses order by announced_at, id desc limit 1`,
  );
  return row?.first ? localDay(instant(new Date(row.first))) : undefined;
};

type DayRow = WeekCounts["days"][number];

/** Doses by the day of their announcement and region. Those that a centre took back were never announced. */
export const dosesOf = async (db: Db, week: Day): Promise<DayRow[]> => [
  ...(await db.execute<DayRow>(sql`
    select to_char(s.announced_at at time zone ${wall}, 'YYYY-MM-DD') as day, s.region,
      count(*)::int as announced, count(*) filter (where d.state = 'used')::int as used,
      count(*) filter (where d.state = 'lost')::int as lost
    from surpluses s cross join lateral ${dosesOfOne} d
    where ${inWeek(week)} and d.state <> 'removed'
    group by 1, 2 order by 1, 2`)),
];

/** Doses used, by the age of whoever got them in whole years on the day of the announcement; null: of no known age. */
export const usedByAge = async (db: Db, week: Day): Promise<{ age: number | null; used: number }[]> => [
  ...(await db.execute<{ age: number | null; used: number }>(sql`
    select extract(year from age((s.announced_at at time zone ${wall})::date::timestamp, v.birth_date::timestamp))::int as age,
      count(*)::int as used
    from surpluses s cross join lateral ${dosesOfOne} d
    left join lateral (select volunteer from bookings where id = d.booking limit 1) b on true
    left join lateral (select birth_date from volunteers where id = b.volunteer limit 1) v on true
    where ${inWeek(week)} and d.state = 'used' group by 1`)),
];

/** How many said yes, by region and by the step of `withinMinutes` that they came in; the last step: later. */
export const yesByStep = async (
  db: Db,
  week: Day,
): Promise<{ region: RegionId; step: number; people: number }[]> => {
  const steps = sql.raw(`array[${withinMinutes.map((minutes) => minutes * 60 + 0.001).join(",")}]::float8[]`);
  return [
    ...(await db.execute<{ region: RegionId; step: number; people: number }>(sql`
      select s.region, width_bucket(extract(epoch from i.yes_at - s.announced_at)::float8, ${steps}) as step,
        count(*)::int as people
      from surpluses s
      cross join lateral (select yes_at from invitations where surplus = s.id offset 0) i
      where ${inWeek(week)} and i.yes_at is not null group by 1, 2`)),
  ];
};
