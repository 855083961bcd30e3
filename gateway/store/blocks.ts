import { and, asc, count, eq, inArray, isNull, ne, sql } from "drizzle-orm";
import type { VolunteerId } from "../../schema/primitives.ts";
import type { Db } from "./db.ts";
import { blocks, volunteers } from "./tables/people.ts";
import type { VolunteerRow } from "./volunteers.ts";

/* By which registrations that may be one person's are found: keyed digests, cut short, and nothing in plain. */

/** A key of a block with more registrations than this tells nothing: it is a helper's telephone. */
const atMost = 40;

/** Any number, as long as every replica takes the same one. */
const lock = 20_210_407;

/**
 * The next registrations that no search for pairs has seen as they are, and nobody else searches meanwhile: of two
 * that are compared at the same moment, neither would see the other.
 */
export const toCompare = async (db: Db, limit: number): Promise<VolunteerRow[]> => {
  await db.execute(sql`select pg_advisory_xact_lock(${lock})`);
  return db
    .select()
    .from(volunteers)
    .where(eq(volunteers.compared, false))
    .orderBy(asc(volunteers.id))
    .limit(limit)
    .for("no key update");
};

/** Notes that these were compared. */
export const compared = async (db: Db, ids: VolunteerId[]): Promise<void> => {
  if (ids.length > 0) await db.update(volunteers).set({ compared: true }).where(inArray(volunteers.id, ids));
};

/** Puts a registration into its blocks, and takes it out of those where it was. */
export const put = async (db: Db, volunteer: VolunteerId, keys: readonly Uint8Array[]): Promise<void> => {
  await db.delete(blocks).where(eq(blocks.volunteer, volunteer));
  if (keys.length > 0)
    await db
      .insert(blocks)
      .values(keys.map((key) => ({ key, volunteer })))
      .onConflictDoNothing();
};

/** The others in these blocks that count for their person, and have not left. */
export const others = async (
  db: Db,
  { id, campaign }: Pick<VolunteerRow, "id" | "campaign">,
  keys: readonly Uint8Array[],
): Promise<VolunteerRow[]> => {
  const found = new Set<VolunteerId>();
  for (const key of keys) {
    const block = await db
      .select({ volunteer: blocks.volunteer })
      .from(blocks)
      .where(and(eq(blocks.key, key), ne(blocks.volunteer, id)))
      .limit(atMost + 1);
    if (block.length <= atMost) for (const { volunteer } of block) found.add(volunteer);
  }
  if (found.size === 0) return [];
  return db
    .select()
    .from(volunteers)
    .where(
      and(
        inArray(volunteers.id, [...found]),
        eq(volunteers.campaign, campaign),
        isNull(volunteers.repeatOf),
        ne(volunteers.state, "withdrawn"),
      ),
    );
};

/** How many registrations are in a block, as far as it matters. */
export const sizeOf = async (db: Db, keys: readonly Uint8Array[]): Promise<number> =>
  (
    await db.select({ size: count() }).from(
      db
        .selectDistinct({ volunteer: blocks.volunteer })
        .from(blocks)
        .where(inArray(blocks.key, [...keys]))
        .limit(atMost)
        .as("some"),
    )
  )[0]?.size ?? 0;
