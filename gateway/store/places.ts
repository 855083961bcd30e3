import { and, desc, eq, gt, inArray, isNull, lte, or, sql } from "drizzle-orm";
import type { CampaignId, CentreId, Instant, PlatformName, RegionId } from "../../schema/primitives.ts";
import { type Centre, type Policy, PolicyRules, type Region, type Role } from "../../schema/region.ts";
import type { Db } from "./db.ts";
import { isAnyOf } from "./many.ts";
import { bindings, campaigns, centres, policies, regions } from "./tables/places.ts";

/* Who decides, and where: campaign, regions, centres, policies and bindings. */

export const openCampaign = (db: Db, id: CampaignId, at: Instant) =>
  db.insert(campaigns).values({ id, openedAt: at }).onConflictDoNothing();

export const putRegion = (db: Db, region: Region) =>
  db
    .insert(regions)
    .values({ id: region.id, document: region })
    .onConflictDoUpdate({ target: regions.id, set: { document: region } });

export const putCentre = (db: Db, centre: Centre) =>
  db
    .insert(centres)
    .values({ id: centre.id, region: centre.region, document: centre })
    .onConflictDoUpdate({ target: centres.id, set: { region: centre.region, document: centre } });

export const allRegions = async (db: Db): Promise<Region[]> =>
  (await db.select().from(regions).orderBy(regions.id)).map((row) => row.document);

export const centresOf = async (db: Db, region?: RegionId): Promise<Centre[]> =>
  (
    await db
      .select()
      .from(centres)
      .where(region && eq(centres.region, region))
      .orderBy(centres.id)
  ).map((row) => row.document);

/** The other centres of a centre's region within so many kilometres, the nearest first. */
export const neighboursOf = async (db: Db, of: Centre, withinKm: number): Promise<CentreId[]> => {
  const flat = Math.cos((of.latitude * Math.PI) / 180);
  const kmTo = ({ latitude, longitude }: Centre) =>
    111.2 * Math.hypot(latitude - of.latitude, (longitude - of.longitude) * flat);
  return (await centresOf(db, of.region))
    .map((each) => ({ id: each.id, km: kmTo(each) }))
    .filter(({ id, km }) => id !== of.id && km <= withinKm)
    .toSorted((one, other) => one.km - other.km)
    .map(({ id }) => id);
};

export const centre = async (db: Db, id: CentreId): Promise<Centre | undefined> =>
  (await db.select().from(centres).where(eq(centres.id, id)))[0]?.document;

/** Those of these centres that are known. */
export const centresNamed = async (db: Db, ids: readonly CentreId[]): Promise<Centre[]> =>
  (
    await db
      .select()
      .from(centres)
      .where(isAnyOf(centres.id, ids, "text"))
  ).map((row) => row.document);

/** What was written before there was a rule has that rule's default. */
const whole = (policy: Policy): Policy => ({ ...policy, rules: PolicyRules.parse(policy.rules) });

const written = {
  ...{ region: policies.region, version: policies.version },
  ...{ from: policies.from, rules: policies.rules },
};

/**
 * The version in force at that moment, the newest of those that have begun: of that campaign, or else of those of the
 * operator's files.
 */
export const policyInForce = async (
  db: Db,
  region: RegionId,
  { at, campaign }: { at: Instant; campaign?: CampaignId },
): Promise<Policy | undefined> =>
  (
    await db
      .select(written)
      .from(policies)
      .innerJoin(campaigns, eq(campaigns.id, policies.campaign))
      .where(
        and(
          eq(policies.region, region),
          lte(policies.from, at),
          campaign ? eq(policies.campaign, campaign) : isNull(campaigns.origin),
        ),
      )
      .orderBy(desc(policies.version))
      .limit(1)
  ).map(whole)[0];

export const policyVersions = async (db: Db, region: RegionId): Promise<Policy[]> =>
  (
    await db.select(written).from(policies).where(eq(policies.region, region)).orderBy(desc(policies.version))
  ).map(whole);

/** All versions of the campaign of the operator's files, in every region, the newest first. */
export const policiesOfFiles = async (db: Db): Promise<Policy[]> =>
  (
    await db
      .select(written)
      .from(policies)
      .innerJoin(campaigns, eq(campaigns.id, policies.campaign))
      .where(isNull(campaigns.origin))
      .orderBy(desc(policies.version))
  ).map(whole);

/** Adds the next version of a region's policy and returns it. Two authors at once get two versions. */
export const addPolicy = async (
  db: Db,
  { region, from, rules }: { region: RegionId; from: Instant; rules: PolicyRules },
): Promise<Policy> => {
  await db.execute(sql`select 1 from ${regions} where ${regions.id} = ${region} for update`);
  const [newest] = await policyVersions(db, region);
  const policy = { region, version: (newest?.version ?? 0) + 1, from, rules };
  await db.insert(policies).values({ ...policy, campaign: rules.campaign });
  return policy;
};

/** Whether the policy file of a region reads otherwise than when it was last taken in. */
export const policyFileIsNew = async (
  db: Db,
  region: RegionId,
  digests: readonly Uint8Array[],
): Promise<boolean> => {
  const [row] = await db.select().from(regions).where(eq(regions.id, region));
  const before = row?.policyFileDigest;
  return !before || !digests.some((each) => Buffer.compare(before, each) === 0);
};

export const notePolicyFile = (db: Db, region: RegionId, digest: Uint8Array) =>
  db.update(regions).set({ policyFileDigest: digest }).where(eq(regions.id, region));

/** Replicas that start together take the files in one after the other. */
export const lockConfiguration = (db: Db) =>
  db.execute(sql`select pg_advisory_xact_lock(hashtext('everydose configuration'))`);

/** The platform that plays this role for each of those centres at that moment: its own, else its region's. */
export const platformsFor = async (
  db: Db,
  { centres: wanted, role, at }: { centres: CentreId[]; role: Role; at: Instant },
): Promise<{ centre: CentreId; platform: PlatformName }[]> =>
  (
    await db
      .selectDistinctOn([centres.id], { centre: centres.id, platform: bindings.platform })
      .from(bindings)
      .innerJoin(centres, eq(centres.region, bindings.region))
      .where(
        and(
          inArray(centres.id, wanted),
          eq(bindings.role, role),
          or(isNull(bindings.centre), eq(bindings.centre, centres.id)),
          or(isNull(bindings.from), lte(bindings.from, at)),
          or(isNull(bindings.until), gt(bindings.until, at)),
        ),
      )
      .orderBy(centres.id, sql`${bindings.centre} is null`)
  ).flatMap(({ centre, platform }) => (platform ? [{ centre, platform }] : []));

export const platformFor = async (
  db: Db,
  { centre, ...rest }: { centre: CentreId; role: Role; at: Instant },
): Promise<PlatformName | undefined> => (await platformsFor(db, { centres: [centre], ...rest }))[0]?.platform;
