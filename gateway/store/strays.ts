import { and, eq, isNull, ne, sql } from "drizzle-orm";
import type { VolunteerId } from "../../schema/primitives.ts";
import type { Db } from "./db.ts";
import { arrayOf } from "./many.ts";
import { formerIdentities, pairs, volunteers } from "./tables/people.ts";
import type { VolunteerRow } from "./volunteers.ts";

/** The version of its key, which a digest begins with. */
const version = (digest: string) => sql.raw(`substr(${digest}, 1, 2)`);

/**
 * Of these registrations and of their repeats: those repeats that nothing ties to their first any more, neither what it is
 * found by, nor what it or a repeat of it was found by, nor a merger. While some of them are digested under another key
 * than the others, nobody can tell.
 */
export const find = async (db: Db, ids: readonly VolunteerId[]): Promise<VolunteerId[]> => {
  const all = arrayOf(ids, "uuid");
  const found = await db.execute<{ id: VolunteerId }>(sql`
    select r.id from ${volunteers} r join ${volunteers} f on f.id = r.repeat_of
    where (r.repeat_of = any(${all}) or r.id = any(${all})) and r.state <> 'withdrawn'
      and r.identity_digest <> f.identity_digest
      and not exists (select from ${volunteers} g where (g.id = f.id or g.repeat_of = f.id)
        and (${version("g.identity_digest")} <> ${version("r.identity_digest")}
          or exists (select from ${formerIdentities} o where o.volunteer = g.id
            and (o.digest = r.identity_digest or ${version("o.digest")} <> ${version("r.identity_digest")}))
          or g.id <> f.id and g.identity_digest = r.identity_digest
            and exists (select from ${pairs} p where p.state = 'merged' and g.id in (p.one, p.other))))
    order by r.registered_at, r.id`);
  return found.map(({ id }) => id);
};

/** Whoever counts and is found by just that. */
export const firstBy = async (
  db: Db,
  { campaign, identityDigest }: Pick<VolunteerRow, "campaign" | "identityDigest">,
): Promise<VolunteerId | undefined> =>
  (
    await db
      .select({ id: volunteers.id })
      .from(volunteers)
      .where(
        and(
          eq(volunteers.campaign, campaign),
          eq(volunteers.identityDigest, identityDigest),
          isNull(volunteers.repeatOf),
          ne(volunteers.state, "withdrawn"),
        ),
      )
  )[0]?.id;
