import { eq, sql } from "drizzle-orm";
import type { BookingId, PlatformName } from "../../schema/primitives.ts";
import type { Reconciliation } from "../../schema/reconciliation.ts";
import type { Db } from "./db.ts";
import { reconciliations } from "./tables/platforms.ts";
import { outbox } from "./tables/work.ts";

/* What the last comparison with each platform found, and what must be known to compare. */

export const keep = (db: Db, account: Reconciliation) =>
  db
    .insert(reconciliations)
    .values({ platform: account.platform, account })
    .onConflictDoUpdate({ target: reconciliations.platform, set: { account } });

export const last = async (db: Db, platform: PlatformName): Promise<Reconciliation | undefined> =>
  (await db.select().from(reconciliations).where(eq(reconciliations.platform, platform)))[0]?.account;

/** The bookings that an order waits or runs for, which no worker has given up. */
export const ordered = async (db: Db): Promise<Set<BookingId>> => {
  const booking = sql<BookingId>`${outbox.effect}->>'booking'`;
  const rows = await db
    .select({ booking })
    .from(outbox)
    .where(sql`not ${outbox.dead} and ${outbox.effect}->>'kind' in ('book', 'unbook')`);
  return new Set(rows.map((row) => row.booking));
};
