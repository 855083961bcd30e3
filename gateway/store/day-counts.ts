import { sql } from "drizzle-orm";
import {
  type CentreId,
  type Day,
  type Instant,
  instant,
  type PlatformName,
  type RegionId,
  type SurplusId,
  type Vaccine,
  type VolunteerId,
  zone,
} from "../../schema/primitives.ts";
import type { DoseState } from "../../schema/surplus.ts";
import type { Db } from "./db.ts";

/* What a day's report is counted from, one announcement after the other: none has more than some thousand people. */

const wall = sql.raw(`'${zone}'`);
const onDay = (day: Day) => sql`
  s.announced_at >= ${day}::date::timestamp at time zone ${wall}
  and s.announced_at < (${day}::date + 1)::timestamp at time zone ${wall}`;

export type Announced = {
  id: SurplusId;
  region: RegionId;
  centre: CentreId;
  vaccine: Vaccine;
  announcedAt: Instant;
};

const moment = (value: string | Date): Instant => instant(new Date(value));
const orNever = (value: string | Date | null): Instant | null => (value === null ? null : moment(value));

/** What was announced on a day, by the clocks of Belgium. */
export const announcedOn = async (db: Db, day: Day): Promise<Announced[]> => {
  const rows = await db.execute<Omit<Announced, "announcedAt"> & { at: string | Date }>(sql`
    select s.id, s.region, s.centre, s.vaccine, s.announced_at as at from surpluses s where ${onDay(day)}
    order by s.announced_at, s.id`);
  return rows.map(({ at, ...row }) => ({ ...row, announcedAt: moment(at) }));
};

/** Counts by which a later look sees at once whether anything of a day has changed. */
export const sumsOf = async (db: Db, day: Day): Promise<Record<string, number>> => {
  const rows = await db.execute<{ what: string; count: number }>(sql`
    with s as materialized (select s.id from surpluses s where ${onDay(day)})
    select 'doses ' || d.state as what, count(*)::int as count
    from s cross join lateral (select state from doses where surplus = s.id offset 0) d group by 1
    union all select w.what, w.count from (
      select count(i.taken_at)::int as taken, count(i.yes_at)::int as yes
      from s cross join lateral (select taken_at, yes_at from invitations where surplus = s.id offset 0) i) i
    cross join lateral (values ('offered', i.taken), ('accepted', i.yes)) w (what, count)
    union all select 'booked on ' || coalesce(b.platform, '-'), count(*)::int
    from s cross join lateral (select platform from bookings where surplus = s.id offset 0) b group by 1
    order by 1`);
  return Object.fromEntries(rows.map(({ what, count }) => [what, count]));
};

export const dosesByState = async (
  db: Db,
  surplus: SurplusId,
): Promise<Partial<Record<DoseState, number>>> => {
  const rows = await db.execute<{ state: DoseState; count: number }>(
    sql`select state, count(*)::int as count from doses where surplus = ${surplus}::uuid group by 1`,
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
};

/** Doses that were lost, by the event that tells it. */
export const lostBy = async (db: Db, surplus: SurplusId): Promise<{ event: string; count: number }[]> => [
  ...(await db.execute<{ event: string; count: number }>(sql`
    select a.event, sum((m.move->>2)::int)::int as count
    from audit a cross join lateral jsonb_array_elements(
      case jsonb_typeof(a.facts->'doses') when 'array' then a.facts->'doses' else '[]' end) m (move)
    where (a.facts->>'surplus') = ${surplus}::uuid::text and m.move->>1 = 'lost'
    group by 1 order by 1`)),
];

/** Of whom a report needs to know the age and the sex, and nothing else. */
export type Counted = {
  volunteer: VolunteerId | null;
  birthDate: Day | null;
  nationalSealed: Uint8Array | null;
  /** Nothing of them is told any more. */
  isForgotten: boolean | null;
};
const counted = sql`
  v.id as volunteer, to_char(v.birth_date, 'YYYY-MM-DD') as "birthDate", v.national_sealed as "nationalSealed",
  v.erasure is not null and v.national_sealed is null and v.birth_year_only as "isForgotten"`;

/** Doses given, with whoever got them; nobody for those at the door. */
export const givenOf = async (
  db: Db,
  surplus: SurplusId,
): Promise<(Counted & { platform: PlatformName | null })[]> => [
  ...(await db.execute<Counted & { platform: PlatformName | null }>(sql`
    select b.platform, ${counted} from doses d
    left join bookings b on b.id = d.booking left join volunteers v on v.id = b.volunteer
    where d.surplus = ${surplus}::uuid and d.state = 'used'`)),
];

type AskedRow = Counted & {
  platform: PlatformName | null;
  kind: string;
  rank: string;
  takenAt: Instant | null;
  windowEndsAt: Instant | null;
  yesAt: Instant | null;
  endedAt: Instant | null;
  promisedAt: Instant | null;
  bookedOn: PlatformName | null;
};

/** Everybody who was asked, and what was promised to them. */
export const askedOf = async (db: Db, surplus: SurplusId): Promise<AskedRow[]> => {
  const rows = await db.execute<AskedRow>(sql`
    select i.platform, i.kind, i.rank, i.taken_at as "takenAt", i.window_ends_at as "windowEndsAt",
      i.yes_at as "yesAt", i.ended_at as "endedAt", b.promised_at as "promisedAt", b.platform as "bookedOn", ${counted}
    from invitations i left join bookings b on b.invitation = i.id left join volunteers v on v.id = i.volunteer
    where i.surplus = ${surplus}::uuid`);
  return rows.map((row) => ({
    ...row,
    takenAt: orNever(row.takenAt),
    windowEndsAt: orNever(row.windowEndsAt),
    yesAt: orNever(row.yesAt),
    endedAt: orNever(row.endedAt),
    promisedAt: orNever(row.promisedAt),
  }));
};
