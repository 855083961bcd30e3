import { Refusal, refuse } from "../../schema/errors.ts";
import { type Figures, type WeekCounts, withinMinutes } from "../../schema/figures.ts";
import { type Day, localDay, type RegionId } from "../../schema/primitives.ts";
import { ageBands } from "../../schema/report.ts";
import { mondayOf, plusDays, tellFigures, weeksAtMost, weeksOf } from "../core/figures.ts";
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

/** What a week was counted to be: now, unless somebody has asked about it before. */
export const keptWeek = (deps: Deps, week: Day): Promise<WeekCounts> =>
  transact(deps, async (tx) => {
    const [already] = await weekFigures.kept(tx, { from: week, until: week });
    if (already) return already;
    const counts = await count(tx, week);
    await weekFigures.keep(tx, counts, deps.now());
    return counts;
  });

/** Anybody may ask for a year that nobody has asked for before; whoever asks waits no longer than this. */
const patienceMs = 5_000;
const later = () =>
  new Refusal("overloaded", "weeks are being counted that nobody has asked for before: ask again", [], {
    retryAfterSeconds: patienceMs / 1000,
  });

/** It goes on where nobody waits for it any more, and whoever comes back finds it done. */
const inTime = async (counted: Promise<void>, withinMs: number): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(later()), Math.max(0, withinMs));
  });
  await Promise.race([counted, over]).finally(() => clearTimeout(timer));
};

/**
 * Counts each week once, one after the other, however many ask for it at the same time: questions, however large and
 * however many, never take more than one connection to the database.
 */
const openCounting = (deps: Deps) => {
  const inHand = new Map<Day, Promise<void>>();
  let last: Promise<unknown> = Promise.resolve();
  const countOnce = (week: Day): Promise<void> => {
    const counted = last.then(() => keptWeek(deps, week)).finally(() => inHand.delete(week));
    last = counted.catch(() => undefined);
    const done = counted.then(() => undefined);
    inHand.set(week, done);
    return done;
  };
  /** The weeks that are over, each counted the first time that somebody asks about it. */
  return async (weeks: readonly Day[]): Promise<WeekCounts[]> => {
    const [from, until] = [weeks[0], weeks.at(-1)];
    if (!from || !until) return [];
    const kept = await weekFigures.kept(deps.db, { from, until });
    const missing = weeks.filter((week) => !kept.some((each) => each.week === week));
    const patientUntil = performance.now() + patienceMs;
    for (const week of missing)
      await inTime(inHand.get(week) ?? countOnce(week), patientUntil - performance.now());
    return missing.length === 0 ? kept : weekFigures.kept(deps.db, { from, until });
  };
};

/** By itself the last four weeks that are over. */
const daysByThemselves = 28;
type Asked = { from?: Day; until?: Day; region?: RegionId };

/** The whole weeks that those days touch, as far as they are over; before the first doses there is nothing to tell. */
const figuresBy =
  (deps: Deps, countedWeeks: (weeks: readonly Day[]) => Promise<WeekCounts[]>) =>
  async (asked: Asked): Promise<Figures> => {
    const today = localDay(deps.now());
    const until = asked.until ?? weeksOf({ from: plusDays(today, -14), until: today, today }).at(-1) ?? today;
    const from = asked.from ?? plusDays(mondayOf(until), 7 - daysByThemselves);
    const weeks = weeksOf({ from, until, today });
    if (weeks.length > weeksAtMost)
      refuse("invalid_input", undefined, [{ in: "query", at: "from", detail: "at most 366 days" }]);
    const all = await places.allRegions(deps.db);
    if (asked.region !== undefined && !all.some(({ id }) => id === asked.region)) refuse("not_found");
    const regions = all.map(({ id }) => id).filter((id) => asked.region === undefined || id === asked.region);
    const first = await weekFigures.firstDay(deps.db);
    const counted = await countedWeeks(
      weeks.filter((week) => first !== undefined && week >= mondayOf(first)),
    );
    const monday = weeks[0] ?? mondayOf(from);
    const sunday = plusDays(monday, 7 * weeks.length - 1);
    return tellFigures({ weeks: counted, from: monday, until: sunday, regions });
  };

export const openFigures = (deps: Deps) => {
  // Asking changes nothing that the worker would have to hear of.
  const quiet = { ...deps, nudge: () => undefined };
  return figuresBy(quiet, openCounting(quiet));
};
