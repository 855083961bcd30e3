import { sql } from "drizzle-orm";
import type { Centre, Policy, Region } from "../../schema/region.ts";
import * as bindings from "./bindings.ts";
import type { Db } from "./db.ts";
import * as places from "./places.ts";

/* All that decides on a registration and is no person's. */

export type Written = {
  version: number;
  regions: Region[];
  centres: Centre[];
  /** Of the campaign of the operator's files, in which people register. */
  policies: Policy[];
  /** Whose list each place is on. */
  rosters: bindings.Term[];
};

/** Another number after each change of it, from the commit of that change on (migrations/0015). */
export const version = sql<number>`(select version::int from directory)`;

/** What is read is at least as new as the version that it names. */
export const read = async (db: Db): Promise<Written> => {
  const [row] = await db.execute<{ version: number }>(sql`select ${version} as version`);
  return {
    version: row?.version ?? 0,
    regions: await places.allRegions(db),
    centres: await places.centresOf(db),
    policies: await places.policiesOfFiles(db),
    rosters: await bindings.ofRole(db, "roster"),
  };
};
