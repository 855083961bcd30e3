import { and, arrayOverlaps, eq, gte, inArray, isNotNull, isNull, lt, lte, sql } from "drizzle-orm";
import type { Instant, RegionId, VolunteerId } from "../../schema/primitives.ts";
import type { Db } from "./db.ts";
import { hexOf } from "./digests.ts";
import { arrayOf } from "./many.ts";
import { volunteers } from "./tables/people.ts";
import { contactConfirmations, messageCounts } from "./tables/rights.ts";

/* How much was written to whom, and who has shown that they read it. */

export type Budget = {
  region: RegionId;
  scope: (typeof messageCounts.$inferSelect)["scope"];
  key: string;
  fromAt: Instant;
};

/** Takes one of so many; `false`, and nothing is taken, where none is left. */
export const take = async (db: Db, budget: Budget, atMost: number): Promise<boolean> =>
  atMost > 0 &&
  (
    await db
      .insert(messageCounts)
      .values({ ...budget, count: 1 })
      .onConflictDoUpdate({
        target: [messageCounts.region, messageCounts.scope, messageCounts.key, messageCounts.fromAt],
        set: { count: sql`${messageCounts.count} + 1` },
        setWhere: lt(messageCounts.count, atMost),
      })
      .returning({ count: messageCounts.count })
  ).length > 0;

/** One more of what is only counted. */
export const add = (db: Db, counted: Budget): Promise<boolean> => take(db, counted, 2_000_000_000);

const named = ({ region, scope, key, fromAt }: Budget) =>
  and(
    ...[eq(messageCounts.region, region), eq(messageCounts.scope, scope)],
    ...[eq(messageCounts.key, key), eq(messageCounts.fromAt, fromAt)],
  );

export const giveBack = (db: Db, budget: Budget) =>
  db
    .update(messageCounts)
    .set({ count: sql`${messageCounts.count} - 1` })
    .where(named(budget));

/** What was counted since, for whoever watches over a region's messages. */
export const since = (db: Db, { regions, from }: { regions?: RegionId[]; from: Instant }) =>
  db
    .select({
      ...{ region: messageCounts.region, scope: messageCounts.scope, key: messageCounts.key },
      count: sql<number>`sum(${messageCounts.count})::int`,
    })
    .from(messageCounts)
    .where(
      and(
        inArray(messageCounts.scope, ["region", "deferred", "refused"]),
        gte(messageCounts.fromAt, from),
        regions && inArray(messageCounts.region, regions),
      ),
    )
    .groupBy(messageCounts.region, messageCounts.scope, messageCounts.key)
    .orderBy(messageCounts.region, messageCounts.scope, messageCounts.key);

export const forgetBefore = (db: Db, before: Instant) =>
  db.delete(messageCounts).where(lt(messageCounts.fromAt, before));

/** What was counted for these registrations and addresses; of an address, also by the kind of letter. */
export const forgetKeys = (db: Db, keys: readonly string[]) =>
  db
    .delete(messageCounts)
    .where(
      and(
        inArray(messageCounts.scope, ["person", "contact", "unconfirmed"]),
        inArray(sql`split_part(${messageCounts.key}, ' ', 1)`, [...keys]),
      ),
    );

type Whose = { region: RegionId; volunteer: VolunteerId };

/** Somebody is written to elsewhere from now on, where nobody has followed a link yet. */
export const moveTo = async (db: Db, { since, ...whose }: Whose & { since: Instant }): Promise<void> => {
  await db
    .insert(contactConfirmations)
    .values({ ...whose, since })
    .onConflictDoUpdate({
      target: [contactConfirmations.region, contactConfirmations.volunteer],
      set: { since, confirmedAt: null },
    });
};

/** A link was followed that was sent then: to where they are written to now, unless that has changed since. */
export const confirm = async (
  db: Db,
  { sentAt, at, ...whose }: Whose & { sentAt: Instant; at: Instant },
): Promise<void> => {
  await db
    .insert(contactConfirmations)
    .values({ ...whose, since: sentAt, confirmedAt: at })
    .onConflictDoUpdate({
      target: [contactConfirmations.region, contactConfirmations.volunteer],
      set: { confirmedAt: at },
      setWhere: and(isNull(contactConfirmations.confirmedAt), lte(contactConfirmations.since, sentAt)),
    });
};

/** Whether whoever reads where somebody is written to has shown it. */
export const isConfirmed = async (db: Db, volunteer: VolunteerId): Promise<boolean> =>
  (
    await db
      .select({ volunteer: contactConfirmations.volunteer })
      .from(contactConfirmations)
      .where(and(eq(contactConfirmations.volunteer, volunteer), isNotNull(contactConfirmations.confirmedAt)))
      .limit(1)
  ).length > 0;

/** Until the end of the transaction, nobody else counts whom these reach: the later of two sees the earlier. */
export const lockContacts = (db: Db, digests: readonly Uint8Array[]) =>
  db.execute(sql`
    select pg_advisory_xact_lock(contact) from (
      select distinct hashtext('everydose helper ' || told) as contact
      from unnest(${arrayOf([...new Set(digests.map(hexOf))], "text")}) told order by 1) locks`);

/** A contact that stands for people as a helper, and for how many it may. */
export type Helper = { digests: Uint8Array[]; atMost: number };

/** How many people on the list these reach, counted up to so many. */
export const countByContact = async (db: Db, digests: Uint8Array[], atMost: number): Promise<number> =>
  (
    await db
      .select({ id: volunteers.id })
      .from(volunteers)
      .where(
        and(
          arrayOverlaps(volunteers.contactDigests, digests),
          inArray(volunteers.state, ["active", "paused"]),
          isNull(volunteers.repeatOf),
        ),
      )
      .limit(atMost)
  ).length;
