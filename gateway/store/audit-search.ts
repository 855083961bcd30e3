import {
  and,
  desc,
  eq,
  getTableColumns,
  gte,
  inArray,
  like,
  lt,
  notInArray,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import type { ActorKind } from "../../schema/audit.ts";
import { type Day, type Instant, zone } from "../../schema/primitives.ts";
import type { Db } from "./db.ts";
import { audit, auditLinks } from "./tables/work.ts";

/* Lines of one region's chain by what they say. Numbers in a chain have no holes, so a search goes from window to window. */

/** `platforms`: the names that count as platforms', since a line has the actor's name alone. */
export type Wanted = {
  from?: Day | undefined;
  until?: Day | undefined;
  event?: string | undefined;
  actor?: ActorKind | undefined;
  platforms: readonly string[];
};

const ours = ["volunteer", "gateway"];

const isBy = (actor: ActorKind, platforms: readonly string[]): SQL => {
  if (actor === "volunteer" || actor === "gateway") return eq(audit.actor, actor);
  const named = [...platforms];
  return actor === "platform"
    ? named.length > 0
      ? inArray(audit.actor, named)
      : sql`false`
    : notInArray(audit.actor, [...ours, ...named]);
};

/** When a day begins in Belgium. */
const begins = (day: Day) => sql`(${day}::date::timestamp at time zone ${sql.raw(`'${zone}'`)})`;
const ends = (day: Day) => sql`((${day}::date + 1)::timestamp at time zone ${sql.raw(`'${zone}'`)})`;
const inTime = ({ from, until }: Wanted) =>
  and(from ? gte(audit.at, begins(from)) : undefined, until ? lt(audit.at, ends(until)) : undefined);

const isEvent = (event: string) =>
  or(eq(audit.event, event), like(audit.event, `${event.replaceAll("_", "\\_")}.%`));

/** Between which numbers the lines of that time lie; nothing where it has none. */
export const spanOf = async (
  db: Db,
  region: string,
  wanted: Wanted,
): Promise<{ first: number; last: number } | undefined> => {
  if (!wanted.from && !wanted.until) {
    const [head] = await db
      .select({ last: auditLinks.number })
      .from(auditLinks)
      .where(eq(auditLinks.region, region))
      .orderBy(desc(auditLinks.number))
      .limit(1);
    return head && { first: 1, last: head.last };
  }
  const [row] = await db
    .select({
      first: sql<number | null>`min(${auditLinks.number})::float8`,
      last: sql<number | null>`max(${auditLinks.number})::float8`,
    })
    .from(audit)
    .innerJoin(auditLinks, eq(auditLinks.line, audit.id))
    .where(and(eq(auditLinks.region, region), inTime(wanted)));
  return row && row.first !== null && row.last !== null ? { first: row.first, last: row.last } : undefined;
};

/** What fits of the links from `above` (without it) up to `below`, the newest first. */
export const inWindow = (
  db: Db,
  region: string,
  { above, below, limit, ...wanted }: Wanted & { above: number; below: number; limit: number },
) =>
  db
    .select({ link: getTableColumns(auditLinks), line: getTableColumns(audit) })
    .from(auditLinks)
    .innerJoin(audit, eq(audit.id, auditLinks.line))
    .where(
      and(
        eq(auditLinks.region, region),
        sql`${auditLinks.number} > ${above}`,
        sql`${auditLinks.number} <= ${below}`,
        inTime(wanted),
        wanted.event ? isEvent(wanted.event) : undefined,
        wanted.actor && isBy(wanted.actor, wanted.platforms),
      ),
    )
    .orderBy(desc(auditLinks.number))
    .limit(limit);

/** When the line at that place was written. */
export const timeAt = async (db: Db, region: string, number: number): Promise<Instant | undefined> =>
  (
    await db
      .select({ at: audit.at })
      .from(auditLinks)
      .innerJoin(audit, eq(audit.id, auditLinks.line))
      .where(and(eq(auditLinks.region, region), eq(auditLinks.number, number)))
  )[0]?.at;
