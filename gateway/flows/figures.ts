import { refuse } from "../../schema/errors.ts";
import { type Figures, type WeekCounts, withinMinutes } from "../../schema/figures.ts";
import { type Day, localDay, type RegionId } from "../../schema/primitives.ts";
import { ageBands } from "../../schema/report.ts";
import { mondayOf, plusDays, tellFigures, weeksOf } from "../core/figures.ts";
import { bandOf } from "../core/report.ts";
import type { Db } from "../store/db.ts";
import * as places from "../store/places.ts";
import * as weekFigures from "../store/week-figures.ts";
import { type Deps, transact } from "./deps.ts";

/* What everybody may know of how the doses were used. */

const count = async (tx: Db, week: Day): Promise<WeekCounts> => {
  const days = await weekFigures.dosesOf(tx, week);
  const used = (await weekFigures.usedByAge(tx, week)).map(({ age, used }) => ({
    ...{ used, ageBand: age === null ? null : bandOf(age) },
  }));
  const ages = [...ageBands, null].map((ageBand) => ({
    ageBand,
    used: used.filter((each) => each.ageBand === ageBand).reduce((sum, each) => sum + each.used, 0),
  }));
  const steps = await weekFigures.yesByStep(tx, week);
  const yes = [...new Set(steps.map(({ region }) => region))].toSorted().map((region) => {
    const counts = Array.from({ length: withinMinutes.length + 1 }, () => 0);
    for (const each of steps) if (each.region === region) counts[each.step] = each.people;
    return { region, counts };
  });
  return { week, days, ages, yes };
};

/** The weeks that are over, each counted the first time that somebody asks about it. */
const countedWeeks = async (deps: Deps, weeks: readonly Day[]): Promise<WeekCounts[]> => {
  const [from, until] = [weeks[0], weeks.at(-1)];
  if (!from || !until) return [];
  const kept = await weekFigures.kept(deps.db, { from, until });
  const missing = weeks.filter((week) => !kept.some((each) => each.week === week));
  for (const week of missing)
    await transact(deps, async (tx) => weekFigures.keep(tx, await count(tx, week), deps.now()));
  return missing.length === 0 ? kept : weekFigures.kept(deps.db, { from, until });
};

/** By itself the last four weeks that are over. */
const daysByThemselves = 28;
/** A year and the ends of two weeks that it touches. */
const weeksAtMost = 54;

/** The whole weeks that those days touch, as far as they are over; before the first doses there is nothing to tell. */
export const publicFigures = async (
  deps: Deps,
  asked: { from?: Day; until?: Day; region?: RegionId },
): Promise<Figures> => {
  const today = localDay(deps.now());
  const until = asked.until ?? weeksOf({ from: plusDays(today, -14), until: today, today }).at(-1) ?? today;
  const from = asked.from ?? plusDays(mondayOf(until), 7 - daysByThemselves);
  const weeks = weeksOf({ from, until, today });
  if (weeks.length > weeksAtMost)
    refuse("invalid_input", undefined, [{ in: "query", at: "from", detail: "at most 366 days" }]);
  const first = await weekFigures.firstDay(deps.db);
  // Asking changes nothing that the worker would have to hear of.
  const quiet = { ...deps, nudge: () => undefined };
  const counted = await countedWeeks(
    quiet,
    weeks.filter((week) => first !== undefined && week >= mondayOf(first)),
  );
  const monday = weeks[0] ?? mondayOf(from);
  const all = await places.allRegions(deps.db);
  if (asked.region !== undefined && !all.some(({ id }) => id === asked.region)) refuse("not_found");
  const regions = all.map(({ id }) => id).filter((id) => asked.region === undefined || id === asked.region);
  const sunday = plusDays(monday, 7 * weeks.length - 1);
  return tellFigures({ weeks: counted, from: monday, until: sunday, regions });
};
