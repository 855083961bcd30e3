import { and, asc, desc, eq, gt, inArray, isNull, lte, notInArray, or, type SQL } from "drizzle-orm";
import type { ChangeId } from "../../schema/binding.ts";
import type { CentreId, Instant, PlatformName, RegionId } from "../../schema/primitives.ts";
import type { Binding, Role } from "../../schema/region.ts";
import type { Db } from "./db.ts";
import { bindingChanges, bindings, regions } from "./tables/places.ts";

/*
 * What is bound, as terms that never overlap at one place in one role, and the changes that were ordered while the
 * gateway runs. A change cuts the term that holds at its start; to take it back lengthens that term again.
 */

export type BindingRow = typeof bindings.$inferSelect;
export type ChangeRow = typeof bindingChanges.$inferSelect;
/** A binding, or that nobody plays a role at a place, though its region has a platform for it. */
export type Term = Omit<Binding, "platform"> & { platform?: PlatformName };
export type Place = { region: RegionId; centre?: CentreId };

const at = ({ region, centre }: Place): SQL | undefined =>
  and(eq(bindings.region, region), centre ? eq(bindings.centre, centre) : isNull(bindings.centre));

const holds = (moment: Instant): SQL | undefined =>
  and(
    or(isNull(bindings.from), lte(bindings.from, moment)),
    or(isNull(bindings.until), gt(bindings.until, moment)),
  );

/** Two who change bindings at once do it one after the other. */
export const lock = (db: Db, region: RegionId) =>
  db.select({ id: regions.id }).from(regions).where(eq(regions.id, region)).for("no key update");

/** Replaces all that is bound in a region with what its file says now. */
export const replace = async (db: Db, region: RegionId, all: (Binding & { id: string })[]): Promise<void> => {
  await db.delete(bindings).where(eq(bindings.region, region));
  if (all.length > 0) await db.insert(bindings).values(all);
};

/** Regions that no file speaks of any more are bound to nobody. */
export const dropOthers = (db: Db, known: RegionId[]) =>
  db.delete(bindings).where(notInArray(bindings.region, known));

/** Digest of the bindings as the file of a region last had them. */
export const fileDigest = async (db: Db, region: RegionId): Promise<Uint8Array | undefined> =>
  (await db.select().from(regions).where(eq(regions.id, region)))[0]?.bindingFileDigest ?? undefined;

export const noteFile = (db: Db, region: RegionId, digest: Uint8Array) =>
  db.update(regions).set({ bindingFileDigest: digest }).where(eq(regions.id, region));

/** All terms of a role, those that are over and those to come as well. */
export const ofRole = async (db: Db, role: Role): Promise<Term[]> =>
  (await db.select().from(bindings).where(eq(bindings.role, role))).map(
    ({ region, centre, platform, from, until }) => ({
      ...{ region, role, centre: centre ?? undefined, platform: platform ?? undefined },
      ...{ from: from ?? undefined, until: until ?? undefined },
    }),
  );

/** What holds now or later in those regions, in all when none is named. */
export const terms = (db: Db, within: RegionId[] | undefined, now: Instant): Promise<BindingRow[]> =>
  db
    .select()
    .from(bindings)
    .where(
      and(within && inArray(bindings.region, within), or(isNull(bindings.until), gt(bindings.until, now))),
    )
    .orderBy(asc(bindings.region), asc(bindings.centre), asc(bindings.role), asc(bindings.from));

/** The term of exactly this place and role that holds at a moment. */
export const termAt = async (
  db: Db,
  place: Place,
  { role, moment }: { role: Role; moment: Instant },
): Promise<BindingRow | undefined> =>
  (
    await db
      .select()
      .from(bindings)
      .where(and(at(place), eq(bindings.role, role), holds(moment)))
  )[0];

/** The centres of a region that have a term of their own in a role at a moment. */
export const centresOnTheirOwn = async (
  db: Db,
  region: RegionId,
  { role, moment }: { role: Role; moment: Instant },
): Promise<CentreId[]> =>
  (
    await db
      .select({ centre: bindings.centre })
      .from(bindings)
      .where(and(eq(bindings.region, region), eq(bindings.role, role), holds(moment)))
  ).flatMap(({ centre }) => centre ?? []);

/** Binds a platform, or nobody, from a moment on: until the next term that is written down, if there is one. */
export const turn = async (
  db: Db,
  place: Place,
  term: { id: string; role: Role; platform?: PlatformName; from: Instant; change: ChangeId },
): Promise<void> => {
  const mine = and(at(place), eq(bindings.role, term.role));
  const [next] = await db
    .select()
    .from(bindings)
    .where(and(mine, gt(bindings.from, term.from)))
    .orderBy(asc(bindings.from))
    .limit(1);
  await db
    .update(bindings)
    .set({ until: term.from })
    .where(and(mine, holds(term.from)));
  await db.insert(bindings).values({ ...place, ...term, until: next?.from ?? null });
};

/** Ends the terms that a change began, and lengthens those that it cut. */
export const retract = async (db: Db, { id, from }: ChangeRow): Promise<void> => {
  for (const term of await db.delete(bindings).where(eq(bindings.change, id)).returning()) {
    const { region, centre, role, until } = term;
    const place = { region, centre: centre ?? undefined };
    await db
      .update(bindings)
      .set({ until })
      .where(and(at(place), eq(bindings.role, role), eq(bindings.until, from)));
  }
};

/** Ends the terms of a change at that moment, where a centre then has its region's platform again. */
export const endTerm = (db: Db, { id }: ChangeRow, { role, moment }: { role: Role; moment: Instant }) =>
  db
    .update(bindings)
    .set({ until: moment })
    .where(and(eq(bindings.change, id), eq(bindings.role, role), holds(moment)));

export const addChange = async (db: Db, row: typeof bindingChanges.$inferInsert): Promise<ChangeRow> =>
  (await db.insert(bindingChanges).values(row).returning())[0] as ChangeRow;

export const change = async (db: Db, id: ChangeId): Promise<ChangeRow | undefined> =>
  (await db.select().from(bindingChanges).where(eq(bindingChanges.id, id)))[0];

/** The same, and nobody else moves it on until this transaction ends. */
export const lockChange = async (db: Db, id: ChangeId): Promise<ChangeRow | undefined> =>
  (await db.select().from(bindingChanges).where(eq(bindingChanges.id, id)).for("no key update"))[0];

export const changes = (db: Db, within: RegionId[] | undefined): Promise<ChangeRow[]> =>
  db
    .select()
    .from(bindingChanges)
    .where(within && inArray(bindingChanges.region, within))
    .orderBy(desc(bindingChanges.orderedAt), desc(bindingChanges.id));

export const setChange = async (
  db: Db,
  id: ChangeId,
  values: Partial<Omit<ChangeRow, "id">>,
): Promise<ChangeRow> =>
  (await db.update(bindingChanges).set(values).where(eq(bindingChanges.id, id)).returning())[0] as ChangeRow;

/** What was changed live is over once a region's file says something else. */
export const supersede = (db: Db, region: RegionId, at: Instant) =>
  db
    .update(bindingChanges)
    .set({ ended: "superseded", endedBy: "configuration", endedAt: at })
    .where(and(eq(bindingChanges.region, region), isNull(bindingChanges.ended)));
