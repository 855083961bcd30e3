import { type SQL, sql } from "drizzle-orm";
import {
  type CampaignId,
  type CentreId,
  type Day,
  type Instant,
  Vaccine,
  type VolunteerId,
} from "../../schema/primitives.ts";
import { Condition, DayPart, type weekdays } from "../../schema/volunteer.ts";
import type { Db } from "./db.ts";
import { queue, volunteers } from "./tables/people.ts";
import type { VolunteerRow } from "./volunteers.ts";

/*
 * Who is next. A centre's queue stands in one index for each day of the week and one for those who can always come, in
 * each by kind (parts of the day, vaccines, conditions) and within a kind by birth. The kinds that are there are found by
 * stepping from one to the next; of each that fits, the first few are read, and of these the first. So it costs as much
 * with a hundred people as with ten million, also where everybody at the head can only come at other times.
 */

export type Place = { birthDate: Day; volunteer: VolunteerId };

export type Span = {
  campaign: CampaignId;
  centre: CentreId;
  bornAfter: Day;
  bornUntil: Day;
  condition?: Condition;
  vaccine: Vaccine;
  /** When they have to be able to come: on one of these days, in one of its parts. */
  when: ReadonlyMap<(typeof weekdays)[number], readonly DayPart[]>;
  /** The day on the wall; nobody is there whose last day is over. */
  day: Day;
  /** Whose earlier dose was later than that has to wait; whoever never told of one does not. */
  dosedUntil?: Day;
  now: Instant;
  after?: Place;
  limit: number;
};

/* As migration 0017 packs a kind. */
const partBits = (parts: readonly DayPart[]) =>
  parts.reduce((bits, part) => bits | (1 << (7 + DayPart.options.indexOf(part))), 0);
const vaccineBit = (vaccine: Vaccine) => 1 << (3 + Vaccine.options.indexOf(vaccine));
const conditionBit = (condition: Condition) => 1 << Condition.options.indexOf(condition);

/** The first places of one index, of each kind that fits so many. */
const headOf = (
  column: "always" | (typeof weekdays)[number],
  parts: readonly DayPart[],
  { condition, vaccine, ...span }: Span,
): SQL => {
  const kind = queue[column];
  const list = sql`${queue.region} = (select region from centres where id = ${span.centre})
    and ${queue.campaign} = ${span.campaign} and ${queue.centre} = ${span.centre}`;
  const must = vaccineBit(vaccine) | (condition ? conditionBit(condition) : 0);
  const dosed =
    span.dosedUntil &&
    sql`and (${queue.lastDoseOn} is null or ${queue.lastDoseOn} <= ${span.dosedUntil}::date)`;
  const start = span.after
    ? sql`(${queue.birthDate}, ${queue.volunteer}) > (${span.after.birthDate}::date, ${span.after.volunteer}::uuid)`
    : sql`${queue.birthDate} > ${span.bornAfter}::date`;
  return sql`
    (with recursive kinds(kind) as (
      (select ${kind} from ${queue} where ${list} and ${kind} is not null order by ${kind} limit 1)
      union all
      select (select ${kind} from ${queue} where ${list} and ${kind} > kinds.kind order by ${kind} limit 1)
      from kinds where kinds.kind is not null)
    select first.birth_date, first.volunteer from kinds cross join lateral (
      select ${queue.birthDate}, ${queue.volunteer} from ${queue}
      where ${list} and ${kind} = kinds.kind and ${start} and ${queue.birthDate} <= ${span.bornUntil}::date
        and (${queue.notBefore} is null or ${queue.notBefore} <= ${span.now}::timestamptz)
        and (${queue.lastDay} is null or ${queue.lastDay} >= ${span.day}::date) ${dosed}
      order by ${queue.birthDate}, ${queue.volunteer} limit ${span.limit}) first
    where kinds.kind & ${must}::int = ${must}::int and kinds.kind & ${partBits(parts)}::int > 0)`;
};

type Waiting = Pick<
  VolunteerRow,
  "id" | "birthDate" | "conditions" | "vaccines" | "availability" | "lastDoseOn"
>;

/** The question that `next` asks: what tests hold against `explain`. */
export const queryOf = (span: Span): SQL => {
  const heads = [
    headOf("always", DayPart.options, span),
    ...[...span.when].map(([day, parts]) => headOf(day, parts, span)),
  ];
  // People are looked up one by one (`limit 1`), whatever the planner thinks of how many there are.
  return sql`
    select v.id, v.birth_date as "birthDate", v.conditions, v.vaccines, v.availability, v.last_dose_on as "lastDoseOn"
    from (
      select * from (${sql.join(heads, sql` union `)}) heads order by birth_date, volunteer limit ${span.limit}) first
    cross join lateral (select * from ${volunteers} where id = first.volunteer limit 1) v
    order by first.birth_date, first.volunteer`;
};

/**
 * The next people of a centre's queue within those births, the oldest first, equal births by id: those who take the
 * vaccine and may be able to come. Whether they can on that very day is told by their days alone, which come along.
 */
export const next = async (db: Db, span: Span): Promise<Waiting[]> => [
  ...(await db.execute<Waiting>(queryOf(span))),
];
