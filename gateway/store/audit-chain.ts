import { and, asc, eq, getTableColumns, gt, sql } from "drizzle-orm";
import type { Instant } from "../../schema/primitives.ts";
import type { Db } from "./db.ts";
import { columnsOf, insertMany } from "./many.ts";
import { audit, auditCheckpoints, auditLinks } from "./tables/work.ts";

/* The lines of the audit as chains, one for each region and one ("") for what is about none. */

export type AuditRow = typeof audit.$inferSelect;
export type LinkRow = typeof auditLinks.$inferSelect;
export type CheckpointRow = typeof auditCheckpoints.$inferSelect;

/** Whether this transaction is the one that links: any other has nothing to do until it is over. */
export const takeTurn = async (db: Db): Promise<boolean> => {
  const [row] = await db.execute<{ taken: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtext('everydose audit')) as taken`,
  );
  return row?.taken === true;
};

const isUnlinked = sql`not exists (select from ${auditLinks} l where l.line = ${audit.id})`;

const isNew = sql`${audit.id} > (select below from audit_reach) and ${isUnlinked}`;

/** The regions that have lines which no chain holds yet. */
export const unlinkedRegions = async (db: Db): Promise<string[]> =>
  (
    await db.execute<{ region: string }>(
      sql`select distinct coalesce(region, '') as region from ${audit} where ${isNew} order by 1`,
    )
  ).map(({ region }) => region);

/** Lines of a region that no chain holds yet, oldest first. Those that a transaction still writes are not among them. */
export const unlinked = (db: Db, region: string, limit: number): Promise<AuditRow[]> =>
  db
    .select()
    .from(audit)
    .where(and(isNew, sql`coalesce(${audit.region}, '') = ${region}`))
    .orderBy(asc(audit.id))
    .limit(limit);

/**
 * Once all that was there a minute ago is linked, and nobody writes any more who wrote then, whoever looks for lines
 * looks behind those. A database that was restored elsewhere counts its transactions anew.
 */
export const advance = async (db: Db, now: Instant): Promise<void> => {
  await db.execute(sql`
    update audit_reach set below = next, next = (select coalesce(max(id), 0) from ${audit}),
      horizon = pg_snapshot_xmax(pg_current_snapshot()), taken_at = ${now}::timestamptz
    where taken_at <= ${now}::timestamptz - interval '1 minute'
      and (pg_snapshot_xmin(pg_current_snapshot()) >= horizon or pg_snapshot_xmax(pg_current_snapshot()) < horizon)`);
};

const linkColumns = columnsOf(auditLinks, ["region", "number", "line", "hash"]);
export const link = async (db: Db, rows: readonly LinkRow[]): Promise<void> => {
  await db.execute(insertMany(linkColumns, rows));
};

/** The last link of a region; nothing where it has none. */
export const headOf = async (db: Db, region: string): Promise<LinkRow | undefined> =>
  (
    await db
      .select()
      .from(auditLinks)
      .where(eq(auditLinks.region, region))
      .orderBy(sql`${auditLinks.number} desc`)
      .limit(1)
  )[0];

export const linkAt = async (db: Db, region: string, number: number): Promise<LinkRow | undefined> =>
  (
    await db
      .select()
      .from(auditLinks)
      .where(and(eq(auditLinks.region, region), eq(auditLinks.number, number)))
  )[0];

export const putCheckpoint = async (db: Db, row: CheckpointRow): Promise<void> => {
  await db.insert(auditCheckpoints).values(row);
};

export const lastCheckpoint = async (db: Db, region: string): Promise<CheckpointRow | undefined> =>
  (
    await db
      .select()
      .from(auditCheckpoints)
      .where(eq(auditCheckpoints.region, region))
      .orderBy(sql`${auditCheckpoints.number} desc`)
      .limit(1)
  )[0];

/** Every region that has a chain or signatures of one. */
export const regionsOf = async (db: Db): Promise<string[]> =>
  (
    await db.execute<{ region: string }>(sql`
      select region from ${auditLinks} union select region from ${auditCheckpoints} order by region`)
  ).map(({ region }) => region);

type LinkedLine = { link: LinkRow; line: AuditRow | null };

/** The next links of a region with their lines; null where a line is gone. */
export const linksFrom = (
  db: Db,
  { region, after, limit }: { region: string; after: number; limit: number },
): Promise<LinkedLine[]> =>
  db
    .select({ link: getTableColumns(auditLinks), line: getTableColumns(audit) })
    .from(auditLinks)
    .leftJoin(audit, eq(audit.id, auditLinks.line))
    .where(and(eq(auditLinks.region, region), gt(auditLinks.number, after)))
    .orderBy(asc(auditLinks.number))
    .limit(limit);

export const checkpointsOf = (db: Db, region: string): Promise<CheckpointRow[]> =>
  db
    .select()
    .from(auditCheckpoints)
    .where(eq(auditCheckpoints.region, region))
    .orderBy(asc(auditCheckpoints.number));

/** Lines among those that are long linked which no chain holds: somebody has put them there. */
export const strangers = (db: Db, limit: number): Promise<Pick<AuditRow, "id" | "region">[]> =>
  db
    .select({ id: audit.id, region: audit.region })
    .from(audit)
    .where(and(sql`${audit.id} <= (select below from audit_reach)`, isUnlinked))
    .orderBy(asc(audit.id))
    .limit(limit);

/** How many lines wait to be linked. */
export const waiting = async (db: Db): Promise<number> => {
  const [row] = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from ${audit} where ${isNew}`);
  return row?.count ?? 0;
};
