import { and, arrayOverlaps, eq, inArray, lt, ne, type SQL, sql } from "drizzle-orm";
import type { OfficialEvent } from "../../schema/event.ts";
import type { ExternalId, Instant, PlatformName } from "../../schema/primitives.ts";
import type { Db } from "./db.ts";
import { arrayOf } from "./many.ts";
import { officials } from "./tables/people.ts";

/* What is known of official invitations. */

export type OfficialRow = typeof officials.$inferSelect;
type Name = { platform: PlatformName; ref: ExternalId };

export const lock = async (db: Db, { platform, ref }: Name): Promise<OfficialRow | undefined> =>
  (
    await db
      .select()
      .from(officials)
      .where(and(eq(officials.platform, platform), eq(officials.ref, ref)))
      .for("update")
  )[0];

export const put = async (db: Db, row: OfficialRow): Promise<void> => {
  const { platform, ref, ...values } = row;
  await db
    .insert(officials)
    .values(row)
    .onConflictDoUpdate({ target: [officials.platform, officials.ref], set: values });
};

/** The states that end a list life. */
const ending: OfficialEvent["kind"][] = ["booked", "vaccinated", "died"];

/** Those of these people's that end a list life, as they stand; the same statement for one and for many. */
export const endings = (digests: readonly Uint8Array[]): SQL =>
  sql`select ${officials.digests}, ${officials.state}, ${officials.at} from ${officials}
    where ${officials.digests} && ${arrayOf(digests, "bytea")} and ${inArray(officials.state, ending)}`;

export const endingOf = async (
  db: Db,
  digests: Uint8Array[],
): Promise<Pick<OfficialRow, "digests" | "state" | "at">[]> =>
  digests.length === 0
    ? []
    : db
        .select({ digests: officials.digests, state: officials.state, at: officials.at })
        .from(officials)
        .where(and(arrayOverlaps(officials.digests, digests), inArray(officials.state, ending)));

/** Forgets what was last heard before that moment, but for deaths. */
export const forget = (db: Db, before: Instant) =>
  db.delete(officials).where(and(lt(officials.at, before), ne(officials.state, "died")));
