import { and, asc, desc, eq, gte, lt, sql } from "drizzle-orm";
import type { Instant, PlatformName } from "../../schema/primitives.ts";
import type { Db } from "./db.ts";
import { platformHours, platformTurns } from "./tables/platforms.ts";

/* How platforms have been: a row an hour, and one each time that one failed or came back. */

const hourOf = (at: Instant) => sql`date_trunc('hour', ${at}::timestamptz)`;

/**
 * A call came to an end; with a fault, a bad one. Answers with how the platform is where that has turned with it; that the
 * first call of all went well turns nothing.
 */
export const noteCall = async (
  db: Db,
  platform: PlatformName,
  { at, fault = null }: { at: Instant; fault?: string | null | undefined },
): Promise<"ok" | "failing" | undefined> => {
  const failures = fault === null ? 0 : 1;
  await db.execute(sql`
    insert into ${platformHours} as h (platform, hour, calls, failures, last_fault)
    values (${platform}, ${hourOf(at)}, 1, ${failures}::int, ${fault}::text)
    on conflict (platform, hour) do update set calls = h.calls + 1, failures = h.failures + excluded.failures,
      last_fault = coalesce(excluded.last_fault, h.last_fault)`);
  const state = fault === null ? "ok" : "failing";
  const [turned] = await db.execute<{ before: boolean }>(sql`
    insert into ${platformTurns} (platform, at, state, fault)
    select ${platform}::text, ${at}::timestamptz, ${state}::text, ${fault}::text
    where ${state}::text is distinct from
      (select state from ${platformTurns} where platform = ${platform} order by at desc limit 1)
    on conflict do nothing
    returning exists (select from ${platformTurns} before where before.platform = ${platform}) as before`);
  return turned && (turned.before || state === "failing") ? state : undefined;
};

/** So many orders wait for it at that moment. */
export const noteBacklog = async (
  db: Db,
  { platform, waiting, at }: { platform: PlatformName; waiting: number; at: Instant },
): Promise<void> => {
  await db.execute(sql`
    insert into ${platformHours} as h (platform, hour, backlog) values (${platform}, ${hourOf(at)}, ${waiting}::int)
    on conflict (platform, hour) do update set backlog = excluded.backlog where h.backlog < excluded.backlog`);
};

export const hoursOf = (db: Db, platform: PlatformName, from: Instant) =>
  db
    .select()
    .from(platformHours)
    .where(and(eq(platformHours.platform, platform), gte(platformHours.hour, from)))
    .orderBy(asc(platformHours.hour));

/** Its turns from then on, behind the one that held at that moment. */
export const turnsOf = async (db: Db, platform: PlatformName, from: Instant) => {
  const own = eq(platformTurns.platform, platform);
  const held = db
    .select()
    .from(platformTurns)
    .where(and(own, lt(platformTurns.at, from)))
    .orderBy(desc(platformTurns.at))
    .limit(1);
  const since = db
    .select()
    .from(platformTurns)
    .where(and(own, gte(platformTurns.at, from)))
    .orderBy(asc(platformTurns.at));
  return [...(await held), ...(await since)];
};

/** Forgets what is older; of each platform the last turn stays, since it says how it is. */
export const forget = async (db: Db, before: Instant): Promise<void> => {
  await db.delete(platformHours).where(lt(platformHours.hour, before));
  await db.execute(sql`
    delete from ${platformTurns} t where t.at < ${before}::timestamptz
      and exists (select from ${platformTurns} later where later.platform = t.platform and later.at > t.at)`);
};
