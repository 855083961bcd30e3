import { and, arrayContained, asc, eq, gt, isNull, ne, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { PairState } from "../../schema/pair.ts";
import type { CampaignId, Instant, PairId, RegionId, VolunteerId } from "../../schema/primitives.ts";
import type { Db } from "./db.ts";
import { pairs, volunteers } from "./tables/people.ts";

export type PairRow = typeof pairs.$inferSelect;

type Found = {
  id: PairId;
  campaign: CampaignId;
  between: [{ id: VolunteerId; region: RegionId }, { id: VolunteerId; region: RegionId }];
  score: number;
  reasons: string[];
  foundAt: Instant;
};

/**
 * Keeps a pair for somebody to look at. One that was decided stays decided, unless its evidence is another by now;
 * one that was merged stays merged. Returns the pair where it is to be looked at anew.
 */
export const note = async (db: Db, found: Found): Promise<PairRow | undefined> => {
  const { id, campaign, between, score, reasons, foundAt } = found;
  const [one, other] = between.toSorted((first, second) =>
    first.id < second.id ? -1 : 1,
  ) as Found["between"];
  const regions = [...new Set([one.region, other.region])];
  const noted = {
    regions,
    state: "open" as const,
    score,
    reasons,
    foundAt,
    decidedAt: null,
    decidedBy: null,
  };
  return (
    await db
      .insert(pairs)
      .values({ id, campaign, one: one.id, other: other.id, ...noted })
      .onConflictDoUpdate({
        target: [pairs.one, pairs.other],
        set: noted,
        setWhere: and(ne(pairs.state, "merged"), sql`${pairs.reasons} is distinct from excluded.reasons`),
      })
      .returning()
  )[0];
};

export const byId = async (db: Db, id: PairId): Promise<PairRow | undefined> =>
  (await db.select().from(pairs).where(eq(pairs.id, id)))[0];

/** The same, and nobody else decides it until this transaction ends. */
export const lock = async (db: Db, id: PairId): Promise<PairRow | undefined> =>
  (await db.select().from(pairs).where(eq(pairs.id, id)).for("update"))[0];

export const decide = (db: Db, id: PairId, values: Partial<PairRow>) =>
  db.update(pairs).set(values).where(eq(pairs.id, id));

type Listing = {
  state: PairState;
  regions?: RegionId[];
  after?: { at: Instant; id: PairId };
  limit: number;
};

const [one, other] = [alias(volunteers, "one"), alias(volunteers, "other")];

/** The longest waiting first. An open pair is left out once one of the two has left, or is another's repeat. */
export const list = async (db: Db, { state, regions, after, limit }: Listing): Promise<PairRow[]> => {
  const rows = await db
    .select({ pair: pairs })
    .from(pairs)
    .innerJoin(one, eq(one.id, pairs.one))
    .innerJoin(other, eq(other.id, pairs.other))
    .where(
      and(
        eq(pairs.state, state),
        regions && arrayContained(pairs.regions, regions),
        after && or(gt(pairs.foundAt, after.at), and(eq(pairs.foundAt, after.at), gt(pairs.id, after.id))),
        state === "open"
          ? and(
              isNull(one.repeatOf),
              isNull(other.repeatOf),
              ne(one.state, "withdrawn"),
              ne(other.state, "withdrawn"),
            )
          : undefined,
      ),
    )
    .orderBy(asc(pairs.foundAt), asc(pairs.id))
    .limit(limit);
  return rows.map(({ pair }) => pair);
};

/** Whether somebody, or the search, found that these two are one person's. */
export const isMerged = async (db: Db, stays: VolunteerId, goes: VolunteerId): Promise<boolean> =>
  (
    await db
      .select({ id: pairs.id })
      .from(pairs)
      .where(
        and(
          eq(pairs.state, "merged"),
          eq(pairs.stays, stays),
          or(eq(pairs.one, goes), eq(pairs.other, goes)),
        ),
      )
  ).length > 0;
