import { lte } from "drizzle-orm";
import type { Instant, VolunteerId } from "../../schema/primitives.ts";
import type { Db } from "./db.ts";
import { told } from "./tables/people.ts";

/** Whose registration it is about, and the keyed digest of the address. */
type Matter = { person: VolunteerId; about: "registration" | "recovery"; address: Uint8Array };

/** Notes that an address is written to now. `false`, and nothing is noted, where it was written to after `since`. */
export const note = async (
  db: Db,
  matter: Matter,
  { at, since }: { at: Instant; since: Instant },
): Promise<boolean> =>
  (
    await db
      .insert(told)
      .values({ ...matter, at })
      .onConflictDoUpdate({
        target: [told.person, told.about, told.address],
        set: { at },
        setWhere: lte(told.at, since),
      })
      .returning({ person: told.person })
  ).length > 0;
