import { asc, desc, eq, type SQL, sql } from "drizzle-orm";
import type { Instant, RegionId, SurplusId } from "../../schema/primitives.ts";
import { acrossRegions, type Db } from "./db.ts";
import { columnsOf, insertMany, isAnyOf } from "./many.ts";
import { audit } from "./tables/work.ts";

export type Line = {
  at: Instant;
  region?: RegionId;
  /** "volunteer", "gateway", the name of a platform, or the label of a key. */
  actor: string;
  event: string;
  subject?: string;
  /** Ids, counts and codes; never a name, number or contact. */
  facts?: Record<string, unknown>;
};

const columns = columnsOf(audit, ["at", "region", "actor", "event", "subject", "facts"]);

export const noting = (lines: readonly Line[]): SQL =>
  insertMany(
    columns,
    lines.map((line) => ({ ...line, facts: line.facts ?? {} })),
  );

/** Adds lines, in the transaction of what they tell. Nothing here changes or removes one. */
export const note = async (db: Db, ...lines: Line[]): Promise<void> => {
  if (lines.length > 0) await db.execute(noting(lines));
};

/** All that was decided about a surplus, its invitations and its bookings. */
export const ofSurplus = async (db: Db, surplus: SurplusId) => {
  // Its index is on what a line says, and no policy lets a caller use that one.
  const lines = await acrossRegions(db, (all) =>
    all
      .select({ id: audit.id })
      .from(audit)
      .where(eq(sql`(${audit.facts}->>'surplus')`, surplus)),
  );
  const ids = lines.map(({ id }) => String(id));
  return db
    .select()
    .from(audit)
    .where(isAnyOf(audit.id, ids, "bigint"))
    .orderBy(asc(audit.id));
};

/** What was written about somebody or something, the newest first. */
export const ofSubject = (db: Db, subject: string, limit: number) =>
  db.select().from(audit).where(eq(audit.subject, subject)).orderBy(desc(audit.id)).limit(limit);
