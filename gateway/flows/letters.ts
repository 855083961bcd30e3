import type { LetterCount } from "../../schema/letters.ts";
import { plusMinutes, type RegionId } from "../../schema/primitives.ts";
import * as budgets from "../store/budgets.ts";
import type { Deps } from "./deps.ts";

const dayMinutes = 24 * 60;

/** What was ordered, put off and left out in the last day, for staff. */
export const countLetters = async (deps: Deps, regions?: RegionId[]): Promise<LetterCount[]> => {
  const rows = await budgets.since(deps.db, { regions, from: plusMinutes(deps.now(), -dayMinutes) });
  return rows.map(({ region, scope, key, count }) => ({
    region,
    became: scope === "deferred" || scope === "refused" ? scope : "ordered",
    about: key || undefined,
    count,
  }));
};
