import { and, asc, count, desc, eq, inArray, isNull, lt, sql } from "drizzle-orm";
import type { CentreId, Instant, VolunteerId } from "../../schema/primitives.ts";
import type { ListWorkId } from "../../schema/work.ts";
import type { Db } from "./db.ts";
import { isAnyOf } from "./many.ts";
import { work, workParts } from "./tables/lists.ts";
import { volunteers } from "./tables/people.ts";
import type { Reach } from "./tenancy.ts";

/* Lists in files that come in or go out behind the answer, and the sealed parts that they are made of. */

export type WorkRow = typeof work.$inferSelect;
export type PartRow = typeof workParts.$inferSelect;
export type PartKind = PartRow["kind"];

export const add = async (db: Db, row: typeof work.$inferInsert): Promise<WorkRow> =>
  (await db.insert(work).values(row).returning())[0] as WorkRow;

export const byId = async (db: Db, id: ListWorkId): Promise<WorkRow | undefined> =>
  (await db.select().from(work).where(eq(work.id, id)))[0];

/** Nobody else changes it until this transaction ends. */
export const lock = async (db: Db, id: ListWorkId): Promise<WorkRow | undefined> =>
  (await db.select().from(work).where(eq(work.id, id)).for("no key update"))[0];

export const set = async (db: Db, id: ListWorkId, values: Partial<Omit<WorkRow, "id">>): Promise<WorkRow> =>
  (await db.update(work).set(values).where(eq(work.id, id)).returning())[0] as WorkRow;

/** How many of a centre still go on, or wait to; nobody begins another there until this transaction ends. */
export const openAt = async (db: Db, centre: CentreId): Promise<number> => {
  await db.execute(sql`select pg_advisory_xact_lock(hashtext(${`everydose work ${centre}`}))`);
  const isOpen = and(eq(work.centre, centre), isNull(work.endedAt));
  return (await db.select({ works: count() }).from(work).where(isOpen))[0]?.works ?? 0;
};

/** The newest within reach. */
export const newest = (db: Db, { regions, centres }: Reach, limit: number): Promise<WorkRow[]> =>
  db
    .select()
    .from(work)
    .where(and(regions && inArray(work.region, regions), centres && inArray(work.centre, centres)))
    .orderBy(desc(work.orderedAt), desc(work.id))
    .limit(limit);

/** In several statements where they are many: one has room for so many values. */
export const addParts = async (db: Db, parts: PartRow[]): Promise<void> => {
  for (let from = 0; from < parts.length; from += 100)
    await db.insert(workParts).values(parts.slice(from, from + 100));
};

const partOf = (id: ListWorkId, kind: PartKind) => and(eq(workParts.work, id), eq(workParts.kind, kind));

/** In their order; `limit` of them where it is given. */
export const parts = (db: Db, id: ListWorkId, kind: PartKind, limit = 1_000_000): Promise<PartRow[]> =>
  db.select().from(workParts).where(partOf(id, kind)).orderBy(asc(workParts.number)).limit(limit);

/** Those of these numbers, which nobody else takes until this transaction ends. */
export const lockParts = (db: Db, id: ListWorkId, kind: PartKind, numbers: number[]): Promise<PartRow[]> =>
  db
    .select()
    .from(workParts)
    .where(and(partOf(id, kind), inArray(workParts.number, numbers)))
    .orderBy(asc(workParts.number))
    .for("update");

export const changePart = (db: Db, { work: id, kind, number, rowsSealed }: PartRow) =>
  db
    .update(workParts)
    .set({ rowsSealed })
    .where(and(partOf(id, kind), eq(workParts.number, number)));

/** Takes one out; `false` where somebody else has. */
export const takePart = async (
  db: Db,
  { work: id, kind, number }: Pick<PartRow, "work" | "kind" | "number">,
): Promise<boolean> => {
  const which = and(partOf(id, kind), eq(workParts.number, number));
  return (await db.delete(workParts).where(which).returning({ number: workParts.number })).length > 0;
};

export const dropParts = (db: Db, id: ListWorkId, ...kinds: PartKind[]) =>
  db
    .delete(workParts)
    .where(and(eq(workParts.work, id), kinds.length > 0 ? inArray(workParts.kind, kinds) : undefined));

/** How many parts of that kind each has. */
export const counted = async (
  db: Db,
  ids: ListWorkId[],
  kind: PartKind,
): Promise<ReadonlyMap<string, number>> => {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ work: workParts.work, parts: count() })
    .from(workParts)
    .where(and(inArray(workParts.work, ids), eq(workParts.kind, kind)))
    .groupBy(workParts.work);
  return new Map(rows.map((row) => [row.work, row.parts]));
};

/** Forgets that there was any, of those that ended before. */
export const forget = (db: Db, before: Instant) =>
  db.delete(work).where(and(lt(work.endedAt, before), sql`${work.keptUntil} is null`));

/** The people of these ids, in the order of the ids, as they are now. */
export const people = (db: Db, ids: VolunteerId[]) =>
  db
    .select()
    .from(volunteers)
    .where(isAnyOf(volunteers.id, ids, "uuid"))
    .orderBy(volunteers.id);
