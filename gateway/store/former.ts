import type { Instant, VolunteerId } from "../../schema/primitives.ts";
import type { Db } from "./db.ts";
import { formerIdentities } from "./tables/people.ts";
import type { VolunteerRow } from "./volunteers.ts";
import * as volunteers from "./volunteers.ts";

/** Gives a registration another identity, and keeps the one that it had. */
export const replace = async (
  db: Db,
  { id, campaign, identityDigest: digest, registeredAt: since }: VolunteerRow,
  {
    until,
    ...values
  }: Pick<VolunteerRow, "identityDigest" | "twins" | "nationalSealed"> & { until: Instant },
): Promise<void> => {
  const row = { campaign, digest, volunteer: id as VolunteerId, since, until };
  await db.insert(formerIdentities).values(row).onConflictDoNothing();
  await volunteers.change(db, id, values);
};
