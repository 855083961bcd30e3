import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { CampaignId, Instant, RegionId, VolunteerId } from "../../schema/primitives.ts";
import { acrossRegions, type Db } from "./db.ts";
import { isAnyOf } from "./many.ts";
import { volunteers } from "./tables/people.ts";
import { campaigns, policies } from "./tables/places.ts";
import { consents } from "./tables/rights.ts";

/* The campaigns: those of the operator's files, and those that begin with the people of another. */

export type CampaignRow = typeof campaigns.$inferSelect;

/** Adds a campaign; nothing where there is one of that id. */
export const add = async (db: Db, row: typeof campaigns.$inferInsert): Promise<CampaignRow | undefined> =>
  (await db.insert(campaigns).values(row).onConflictDoNothing().returning())[0];

export const byId = async (db: Db, id: CampaignId): Promise<CampaignRow | undefined> =>
  (await db.select().from(campaigns).where(eq(campaigns.id, id)))[0];

/** The same, and nobody else moves it on until this transaction ends. */
export const lock = async (db: Db, id: CampaignId): Promise<CampaignRow | undefined> =>
  (await db.select().from(campaigns).where(eq(campaigns.id, id)).for("no key update"))[0];

/** The newest first. */
export const all = (db: Db): Promise<CampaignRow[]> =>
  db.select().from(campaigns).orderBy(sql`${campaigns.openedAt} desc`, asc(campaigns.id));

/** The campaign that the operator's files speak of: the first, where they have spoken of several. */
export const ofFiles = async (db: Db): Promise<CampaignRow | undefined> =>
  (
    await db
      .select()
      .from(campaigns)
      .where(isNull(campaigns.origin))
      .orderBy(asc(campaigns.openedAt), asc(campaigns.id))
      .limit(1)
  )[0];

export const set = async (
  db: Db,
  id: CampaignId,
  values: Partial<Omit<CampaignRow, "id">>,
): Promise<CampaignRow> =>
  (await db.update(campaigns).set(values).where(eq(campaigns.id, id)).returning())[0] as CampaignRow;

/** Takes back the policies of a campaign that has not begun. */
export const dropPolicies = (db: Db, id: CampaignId) => db.delete(policies).where(eq(policies.campaign, id));

/** The people of a campaign in those regions; registrations that were merged count as the one that stays. */
const isOf = (campaign: CampaignId, regions: RegionId[]) =>
  and(eq(volunteers.campaign, campaign), inArray(volunteers.region, regions), isNull(volunteers.repeatOf));

/** How many there are. */
export const countIn = async (db: Db, campaign: CampaignId, regions: RegionId[]): Promise<number> =>
  (await db.select({ count: sql<number>`count(*)::int` }).from(volunteers).where(isOf(campaign, regions)))[0]
    ?.count ?? 0;

/** All that tells whether somebody is asked; nothing that names them. */
type Member = {
  id: VolunteerId;
  state: "active" | "paused" | "withdrawn" | "closed";
  closedFor: (typeof volunteers.$inferSelect)["closedFor"];
  region: RegionId;
  birthDate: string;
  conditions: (typeof volunteers.$inferSelect)["conditions"];
  lastDoseOn: string | null;
  isReachable: boolean;
  isIn: boolean;
};

/** The table by its name: a column by itself would be taken for one of the table that is asked within. */
const own = sql.raw("volunteers");

/**
 * The next of them by id, which nothing changes. `isIn`: whether they are in the later campaign already.
 */
export const members = async (
  db: Db,
  {
    origin,
    campaign,
    regions,
    after,
    limit,
  }: { origin: CampaignId; campaign: CampaignId; regions: RegionId[]; after?: VolunteerId; limit: number },
): Promise<Member[]> => {
  const page = await db
    .select({
      ...{ id: volunteers.id, state: volunteers.state, region: volunteers.region },
      ...{ birthDate: volunteers.birthDate, conditions: volunteers.conditions },
      ...{ lastDoseOn: volunteers.lastDoseOn, closedFor: volunteers.closedFor },
      isReachable: sql<boolean>`cardinality(${volunteers.contactDigests}) > 0 and not exists (
        select from ${consents} c where c.volunteer = ${own}.id and c.purpose = 'next-campaign'
          and c.withdrawn_at is not null)`,
    })
    .from(volunteers)
    .where(and(isOf(origin, regions), after && sql`${volunteers.id} > ${after}::uuid`))
    .orderBy(asc(volunteers.id))
    .limit(limit);
  const ids = page.map(({ id }) => id);
  const there = new Set(await acrossRegions(db, (all) => alreadyIn(all, campaign, ids)));
  return page.map((member) => ({ ...member, isIn: there.has(member.id) }));
};

/** Who of these is in a campaign with another registration, which may be of another region. */
const alreadyIn = async (db: Db, campaign: CampaignId, ids: VolunteerId[]): Promise<VolunteerId[]> => {
  const rows = await db
    .select({ id: volunteers.id })
    .from(volunteers)
    .where(
      and(
        isAnyOf(volunteers.id, ids, "uuid"),
        sql`exists (select from volunteers v
          where v.person = ${volunteers.person} and v.campaign = ${campaign} and v.state <> 'withdrawn')`,
      ),
    );
  return rows.map(({ id }) => id);
};

export const opened = (row: CampaignRow): Instant => row.startsAt ?? row.openedAt;
