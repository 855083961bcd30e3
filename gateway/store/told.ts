import { and, eq, gt, inArray, lte } from "drizzle-orm";
import type { Instant, VolunteerId } from "../../schema/primitives.ts";
import type { Db } from "./db.ts";
import { told } from "./tables/people.ts";

/** Whose registration it is about, and the keyed digest of the address; `older`: under keys that no longer write. */
type Matter = {
  person: VolunteerId;
  about: "registration" | "recovery";
  address: Uint8Array;
  older: readonly Uint8Array[];
};

/** Notes that an address is written to now. `false`, and nothing is noted, where it was written to after `since`. */
export const note = async (
  db: Db,
  { older, ...matter }: Matter,
  { at, since }: { at: Instant; since: Instant },
): Promise<boolean> => {
  const named = and(eq(told.person, matter.person), eq(told.about, matter.about));
  const recent = and(named, inArray(told.address, [...older]), gt(told.at, since));
  if (older.length > 0 && (await db.select().from(told).where(recent).limit(1)).length > 0) return false;
  const noted = await db
    .insert(told)
    .values({ ...matter, at })
    .onConflictDoUpdate({
      target: [told.person, told.about, told.address],
      set: { at },
      setWhere: lte(told.at, since),
    })
    .returning({ person: told.person });
  return noted.length > 0;
};
