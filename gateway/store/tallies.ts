import { sql } from "drizzle-orm";
import type { CentreId } from "../../schema/primitives.ts";
import type { AgeBand } from "../../schema/report.ts";
import type { Hour } from "../../schema/surplus.ts";
import type { Db } from "./db.ts";
import { tallies } from "./tables/doses.ts";

/* How people answered on the evenings before: counts by centre, age band, hour and channel, of no person. */

export type TallyRow = typeof tallies.$inferSelect;

/** Adds what one evening at a centre taught to that share of what was known before. */
export const learn = async (db: Db, rows: readonly TallyRow[], { kept }: { kept: number }): Promise<void> => {
  if (rows.length === 0) return;
  await db
    .insert(tallies)
    .values([...rows])
    .onConflictDoUpdate({
      target: [tallies.centre, tallies.band, tallies.hour, tallies.channel],
      set: {
        asked: sql`${tallies.asked} * ${kept} + excluded.asked`,
        yes: sql`${tallies.yes} * ${kept} + excluded.yes`,
      },
    });
};

/** One sum of `known`: over everything (all null), of one centre, or of all that share a trait. */
export type Known = {
  centre: CentreId | null;
  band: AgeBand | null;
  hour: Hour | null;
  channel: string | null;
  asked: number;
  yes: number;
};

/** All that was learned, added up: everywhere, at that centre, and by each trait. */
export const known = (db: Db, centre: CentreId): Promise<Known[]> =>
  db.execute<Known>(sql`
    select centre, band, hour, channel, coalesce(sum(asked), 0) as asked,
      coalesce(sum(yes), 0) as yes
    from ${tallies}
    group by grouping sets ((), (centre), (band), (hour), (channel))
    having grouping(centre) = 1 or centre = ${centre}`);
