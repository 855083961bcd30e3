import { sql } from "drizzle-orm";
import type { Instant, VolunteerId } from "../../schema/primitives.ts";
import type { Db } from "./db.ts";
import { formerIdentities, volunteers as people } from "./tables/people.ts";
import type { VolunteerRow } from "./volunteers.ts";
import * as volunteers from "./volunteers.ts";

type Other = Pick<VolunteerRow, "identityDigest" | "twins" | "nationalSealed"> & { until: Instant };

/** Gives a registration another identity, and keeps the one that it had. */
export const replace = async (
  db: Db,
  { id, campaign, identityDigest: digest, registeredAt: since }: VolunteerRow,
  { until, ...values }: Other,
): Promise<void> => {
  const row = { campaign, digest, volunteer: id as VolunteerId, since, until };
  await db.insert(formerIdentities).values(row).onConflictDoNothing();
  await volunteers.change(db, id, values);
};

/**
 * Before somebody is found by something else: keeps what they are found by where `keeps`, and makes a repeat that `leaves`
 * its first a person of its own, or the one whom that digest finds in another campaign. The same statements whether it
 * was a repeat or not (F20).
 */
export const leave = async (
  db: Db,
  { id, campaign, identityDigest, registeredAt }: VolunteerRow,
  { keeps, leaves, digest, until }: { keeps: boolean; leaves: boolean; digest: Uint8Array; until: Instant },
): Promise<void> => {
  await db.execute(sql`
    insert into ${formerIdentities} (campaign, digest, volunteer, since, until)
    select ${campaign}::text, ${identityDigest}::bytea, ${id}::uuid, ${registeredAt}::timestamptz, ${until}::timestamptz
    where ${keeps}::boolean on conflict do nothing`);
  await db.execute(sql`
    update ${people} v set person = case when v.repeat_of is null then v.person else coalesce(
      (select other.person from ${people} other where other.identity_digest = ${digest}::bytea and other.person <> v.person
        order by other.registered_at desc limit 1), v.id) end
    where v.id = ${id}::uuid and ${leaves}::boolean`);
};
