import {
  and,
  arrayOverlaps,
  asc,
  desc,
  eq,
  getTableColumns,
  gt,
  inArray,
  isNull,
  ne,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import type { CampaignId, CentreId, VolunteerId } from "../../schema/primitives.ts";
import { acrossRegions, type Db, isTaken } from "./db.ts";
import { columnsOf, insertMany, isAnyOf, rowsOf } from "./many.ts";
import { formerIdentities, knownIdentities, volunteers } from "./tables/people.ts";

type Whole = typeof volunteers.$inferSelect;

/**
 * `compared` is the search's own (store/blocks), `erasure` is set where somebody is forgotten, and whose registration it
 * is, the database says: whoever adds one says nothing of these.
 */
export type VolunteerRow = Omit<Whole, "compared" | "person" | "erasure"> & {
  erasure?: Whole["erasure"];
  /** Its identity's digests under the other keys under which somebody may write it meanwhile (`Vault.twins`). */
  twins?: readonly Uint8Array[];
};

/** As the database takes it: with its twins behind it, which are claimed and not stored. */
const written = <Row extends Partial<VolunteerRow>>({ twins, ...row }: Row): Row =>
  (twins && row.identityDigest
    ? { ...row, identityDigest: Buffer.concat([row.identityDigest, ...twins]) }
    : row) as Row;

/** Stores a registration, unless its person is on the list already: then nothing is stored or returned. */
export const add = async (db: Db, row: VolunteerRow): Promise<VolunteerRow | undefined> => {
  const insert = async (tx: Db) =>
    (await tx.insert(volunteers).values(written(row)).onConflictDoNothing().returning())[0];
  if (!row.twins) return insert(db);
  try {
    return await db.transaction(insert);
  } catch (error) {
    // What another gateway claimed under another key is refused as an error.
    if (isTaken(error)) return undefined;
    throw error;
  }
};

export const byId = async (db: Db, id: VolunteerId): Promise<VolunteerRow | undefined> =>
  (await db.select().from(volunteers).where(eq(volunteers.id, id)))[0];

/** The same, and nobody else changes it until this transaction ends; invitations may still refer to it. */
export const lock = async (db: Db, id: VolunteerId): Promise<VolunteerRow | undefined> =>
  (await db.select().from(volunteers).where(eq(volunteers.id, id)).for("no key update"))[0];

/** Locks all registrations of a person, one in each campaign, in the one order in which several are locked. */
export const lockPerson = (db: Db, id: VolunteerId) =>
  db
    .select({ id: volunteers.id })
    .from(volunteers)
    .where(sql`${volunteers.person} = (select person from ${volunteers} where id = ${id}::uuid)`)
    .orderBy(asc(volunteers.id))
    .for("no key update");

/** The person whose registration that is, and their registrations in other campaigns that are not over. */
export const siblings = (db: Db, id: VolunteerId): Promise<VolunteerRow[]> =>
  db
    .select()
    .from(volunteers)
    .where(
      and(
        sql`${volunteers.person} = (select person from ${volunteers} where id = ${id}::uuid)`,
        ne(volunteers.id, id),
        isNull(volunteers.repeatOf),
        inArray(volunteers.state, ["active", "paused"]),
      ),
    )
    .orderBy(asc(volunteers.id));

const known = knownIdentities;

/** Of the registrations that a digest leads to, the one that counts. */
export const counts = and(isNull(volunteers.repeatOf), ne(volunteers.state, "withdrawn"));

/**
 * The one registration that counts for a person in a campaign, by any of the digests of the known keys: also where it
 * is a repeat of that person's, merged under another number, that they belong to, or a number that they had before.
 */
export const byIdentity = async (
  db: Db,
  { campaign, digests }: { campaign: CampaignId; digests: Uint8Array[] },
): Promise<VolunteerRow | undefined> =>
  (
    await db
      .select(getTableColumns(volunteers))
      .from(volunteers)
      .innerJoin(known, eq(volunteers.id, known.volunteer))
      .where(and(eq(known.campaign, campaign), inArray(known.identityDigest, digests), counts))
      .limit(1)
  )[0];

const first = sql`coalesce(${volunteers.repeatOf}, ${volunteers.id})`;

/**
 * Everyone whom this contact reaches, on the list or not: of each person the first registration that it reaches. Whoever
 * was taken off by a dose must not be told from others by that (F20), and whoever left may read and erase what is kept.
 */
export const byContact = (db: Db, digests: Uint8Array[]): Promise<VolunteerRow[]> =>
  db
    .selectDistinctOn([first])
    .from(volunteers)
    .where(arrayOverlaps(volunteers.contactDigests, digests))
    .orderBy(first, sql`${volunteers.repeatOf} nulls first`, volunteers.registeredAt)
    .limit(20);

/** A person's registrations before that one, the newest first and their very first last; no withdrawn ones. */
export const earlier = async (db: Db, row: VolunteerRow, limit: number): Promise<VolunteerRow[]> =>
  row.repeatOf === null
    ? []
    : db
        .select()
        .from(volunteers)
        .where(
          and(
            or(
              eq(volunteers.id, row.repeatOf),
              and(
                eq(volunteers.repeatOf, row.repeatOf),
                sql`(${volunteers.registeredAt}, ${volunteers.id}) < (${row.registeredAt}::timestamptz, ${row.id}::uuid)`,
              ),
            ),
            ne(volunteers.state, "withdrawn"),
          ),
        )
        .orderBy(sql`${volunteers.repeatOf} nulls last`, desc(volunteers.registeredAt), desc(volunteers.id))
        .limit(limit);

const listedIn = (centres: CentreId[]) =>
  and(
    arrayOverlaps(volunteers.centres, centres),
    isNull(volunteers.repeatOf),
    inArray(volunteers.state, ["active", "paused"]),
  );

/** Everyone still on the list whom that centre may call, in the order in which they came. */
export const ofCentre = async (db: Db, centre: CentreId): Promise<VolunteerRow[]> => {
  // The index on centres is one that no policy lets a caller use: it finds who they are, and the caller reads them.
  const found = await acrossRegions(db, (all) =>
    all
      .select({ id: volunteers.id })
      .from(volunteers)
      .where(listedIn([centre])),
  );
  const ids = found.map(({ id }) => id);
  return db
    .select()
    .from(volunteers)
    .where(isAnyOf(volunteers.id, ids, "uuid"))
    .orderBy(volunteers.registeredAt, volunteers.id);
};

/** What tells whether two registrations are one person's. */
const evidence = ["personSealed", "contactSealed", "nationalSealed", "birthDate", "postcode"] as const;

/** Changes what is given. Where that is evidence of who it is, the registration is compared with the others anew. */
export const change = async (
  db: Db,
  id: VolunteerId,
  values: Partial<Omit<VolunteerRow, "id">>,
): Promise<VolunteerRow | undefined> => {
  const again = evidence.some((column) => values[column] !== undefined) ? { compared: false } : {};
  const set = written({ ...values, ...again });
  return (await db.update(volunteers).set(set).where(eq(volunteers.id, id)).returning())[0];
};

/** The further registrations of a person whose first is that one. */
export const repeatsOf = (db: Db, id: VolunteerId): Promise<VolunteerRow[]> =>
  db.select().from(volunteers).where(eq(volunteers.repeatOf, id)).orderBy(volunteers.id);

/** Locks all of these like `lock`, in one order, so that two who lock several never wait for each other. */
export const lockAll = (db: Db, ids: readonly VolunteerId[]): Promise<VolunteerRow[]> =>
  db
    .select()
    .from(volunteers)
    .where(isAnyOf(volunteers.id, ids, "uuid"))
    .orderBy(asc(volunteers.id))
    .for("no key update");

/**
 * The registrations that count for any of these people in any of these campaigns, as `byIdentity` finds one, with the
 * digest by which each was found: where it is another number's than the registration's own, nothing else tells.
 */
export const allByIdentity = async (
  db: Db,
  { campaigns, digests }: { campaigns: CampaignId[]; digests: Uint8Array[] },
): Promise<Pick<VolunteerRow, "id" | "campaign" | "identityDigest">[]> =>
  db
    .selectDistinct({ id: volunteers.id, campaign: known.campaign, identityDigest: known.identityDigest })
    .from(volunteers)
    .innerJoin(known, eq(volunteers.id, known.volunteer))
    .where(
      and(
        isAnyOf(known.campaign, campaigns, "text"),
        isAnyOf(known.identityDigest, digests, "bytea"),
        counts,
      ),
    );

/** The registrations that count for whoever any of these digests finds, in whatever campaigns. */
export const everywhere = async (db: Db, digests: Uint8Array[]): Promise<VolunteerId[]> => {
  const found = db
    .select({ person: volunteers.person })
    .from(volunteers)
    .innerJoin(known, eq(volunteers.id, known.volunteer))
    .where(and(isAnyOf(known.identityDigest, digests, "bytea"), counts));
  const rows = await db
    .select({ id: volunteers.id })
    .from(volunteers)
    .where(and(inArray(volunteers.person, found), counts));
  return rows.map(({ id }) => id);
};

/** All digests by which that registration is found: its own, its repeats', and those that any of them had before. */
export const digestsOf = async (db: Db, id: VolunteerId): Promise<Uint8Array[]> => {
  const rows = await db
    .select({ own: volunteers.identityDigest, former: formerIdentities.digest })
    .from(volunteers)
    .leftJoin(formerIdentities, eq(formerIdentities.volunteer, volunteers.id))
    .where(or(eq(volunteers.id, id), eq(volunteers.repeatOf, id)));
  return rows.flatMap(({ own, former }) => (former ? [own, former] : [own]));
};

const given = columnsOf(
  volunteers,
  Object.keys(getTableColumns(volunteers)).filter(
    (column) => !["compared", "person", "erasure"].includes(column),
  ),
);

/** The first of a row's digests, which is that under the oldest key, whichever key writes here. */
const oldest = ({ identityDigest, twins = [] }: VolunteerRow): Uint8Array =>
  twins.reduce((first, each) => (Buffer.compare(each, first) < 0 ? each : first), identityDigest);

/** Stores these registrations, in the order of their digests, in which anybody who stores several does. */
export const adding = (rows: readonly VolunteerRow[]): SQL =>
  insertMany(
    given,
    rows
      .toSorted((one, other) => Buffer.compare(oldest(one), oldest(other)))
      .map((row) => (row.twins ? written(row) : row)),
  );

/** Stores these registrations like `add`, and answers with the ids of those that it stored. */
export const addAll = async (db: Db, rows: readonly VolunteerRow[]): Promise<Set<VolunteerId>> => {
  if (rows.length === 0) return new Set();
  if (rows.some(({ twins }) => twins)) {
    const ids = new Set<VolunteerId>();
    for (const row of rows) if (await add(db, row)) ids.add(row.id);
    return ids;
  }
  const added = await db.execute<{ id: VolunteerId }>(
    sql`${adding(rows)} on conflict do nothing returning id`,
  );
  return new Set(added.map(({ id }) => id));
};

const days = columnsOf(volunteers, ["id", "availability", "updatedAt"]);

/** Takes over from these rows when their people can come, and since when that is so. */
export const changeDays = async (db: Db, rows: readonly VolunteerRow[]): Promise<void> => {
  if (rows.length === 0) return;
  await db.execute(sql`
    update ${volunteers} set availability = told.availability, updated_at = told.updated_at
    from ${rowsOf(days, rows)} told where told.id = ${volunteers.id}`);
};

export const countIn = async (db: Db, centres: CentreId[]): Promise<number> =>
  (await db.select({ count: sql<number>`count(*)::int` }).from(volunteers).where(listedIn(centres)))[0]
    ?.count ?? 0;

/** The next of those centres' people by id, which nothing changes: whoever reads on misses nobody who was there. */
export const idsIn = async (
  db: Db,
  centres: CentreId[],
  { after, limit }: { after?: VolunteerId; limit: number },
): Promise<VolunteerId[]> =>
  (
    await db
      .select({ id: volunteers.id })
      .from(volunteers)
      .where(and(listedIn(centres), after && gt(volunteers.id, after)))
      .orderBy(asc(volunteers.id))
      .limit(limit)
  ).map(({ id }) => id);
