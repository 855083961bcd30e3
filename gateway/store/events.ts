import { and, eq, gt, gte, inArray, type SQL, sql } from "drizzle-orm";
import type { CentreId, Instant, RegionId, SurplusId } from "../../schema/primitives.ts";
import type { Db } from "./db.ts";
import { arrayOf, isAnyOf } from "./many.ts";
import { surpluses } from "./tables/doses.ts";
import { audit, auditLinks } from "./tables/work.ts";

/*
 * Lines of the audit in the order of their chains. A chain's numbers have no holes and are given by one transaction at a
 * time to lines that are there: whoever has read up to one has missed nothing before it, however long the transaction
 * took that wrote a line.
 */

type Chain = RegionId | "";

/** The number of the last link of each of these chains; 0 where there is none. */
export const headsOf = async (db: Db, chains: readonly Chain[]): Promise<Map<Chain, number>> => {
  const rows = await db.execute<{ region: Chain; number: string }>(sql`
    select asked.region, coalesce((
      select max(l.number) from ${auditLinks} l where l.region = asked.region), 0) as number
    from unnest(${arrayOf(chains, "text")}) asked (region)`);
  return new Map(rows.map(({ region, number }) => [region, Number(number)]));
};

/** `line`: its id in the audit, by which lines of several chains are told in about the order in which they were begun. */
export type Link = {
  region: Chain;
  number: number;
  line: number;
  /** Absent where the line says something that is not asked for. */
  said?: Pick<typeof audit.$inferSelect, "at" | "event" | "subject" | "facts">;
};

/** The next links of a chain, with the lines that say one of these events. */
export const linksAfter = async (
  db: Db,
  {
    region,
    after,
    events,
    limit,
  }: { region: Chain; after: number; events: readonly string[]; limit: number },
): Promise<Link[]> => {
  const { at, event, subject, facts } = audit;
  const rows = await db
    .select({
      link: { region: auditLinks.region, number: auditLinks.number, line: auditLinks.line },
      said: { at, event, subject, facts },
    })
    .from(auditLinks)
    .leftJoin(audit, and(eq(audit.id, auditLinks.line), isAnyOf(event, events, "text")))
    .where(and(eq(auditLinks.region, region), gt(auditLinks.number, after)))
    .orderBy(auditLinks.number)
    .limit(limit);
  return rows.map(({ link, said }) => ({
    ...{ region: link.region as Chain, number: link.number, line: link.line },
    ...(said?.event ? { said } : {}),
  }));
};

/** Those of a chain at these numbers. */
export const linksAt = async (db: Db, region: Chain, numbers: readonly number[]): Promise<Link[]> => {
  const { at, event, subject, facts } = audit;
  const rows = await db
    .select({ number: auditLinks.number, line: auditLinks.line, said: { at, event, subject, facts } })
    .from(auditLinks)
    .innerJoin(audit, eq(audit.id, auditLinks.line))
    .where(and(eq(auditLinks.region, region), isAnyOf(auditLinks.number, numbers.map(String), "bigint")));
  return rows.map((row) => ({ region, ...row }));
};

/** The number before the first line of a chain that was written from then on; its last one where there is none. */
export const beforeTime = async (db: Db, region: Chain, from: Instant): Promise<number> => {
  const [row] = await db
    .select({ first: sql<string | null>`min(${auditLinks.number})` })
    .from(audit)
    .innerJoin(auditLinks, eq(auditLinks.line, audit.id))
    .where(and(eq(auditLinks.region, region), gte(audit.at, from)));
  if (row?.first) return Number(row.first) - 1;
  return (await headsOf(db, [region])).get(region) ?? 0;
};

/** Where the doses are, as far as one reaches. */
export const centresOfSurpluses = async (
  db: Db,
  ids: readonly SurplusId[],
): Promise<Map<string, CentreId>> => {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: surpluses.id, centre: surpluses.centre })
    .from(surpluses)
    .where(inArray(surpluses.id, [...new Set(ids)]));
  return new Map(rows.map(({ id, centre }) => [id, centre]));
};

/** The highest number that a line of the audit has got. */
export const newestLine = async (db: Db): Promise<number> => {
  const newest: SQL = sql`select coalesce(max(id), 0) as id from ${audit}`;
  const [row] = await db.execute<{ id: string }>(newest);
  return Number(row?.id ?? 0);
};
