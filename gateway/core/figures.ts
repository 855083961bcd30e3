import { type Figures, leastTold, type WeekCounts, withinMinutes } from "../../schema/figures.ts";
import type { Day, RegionId } from "../../schema/primitives.ts";
import { protectParts, protectSteps, type Told } from "./disclosure/parts.ts";

/* The public figures: what of each week is told, and what those weeks come to. Sums are made of what is told alone. */

const dayMs = 86_400_000;
const dayAt = (milliseconds: number): Day => new Date(milliseconds).toISOString().slice(0, 10);
export const plusDays = (day: Day, days: number): Day => dayAt(Date.parse(day) + days * dayMs);

/** The Monday of a day's week. 1 January 1970 was a Thursday. */
export const mondayOf = (day: Day): Day => plusDays(day, -((Date.parse(day) / dayMs + 3) % 7));

/** Doses are ticked off on the evening, and what was forgotten in the days after it; then a week is counted. */
const daysToTickOff = 2;

/** A year and the ends of two weeks that it touches. */
export const weeksAtMost = 54;

/** The Mondays of the weeks that the days asked for touch and that can be counted; of more than are told one more than those. */
export const weeksOf = ({ from, until, today }: { from: Day; until: Day; today: Day }): Day[] => {
  const lastCounted = plusDays(mondayOf(plusDays(today, -daysToTickOff)), -7);
  const last = [mondayOf(until), lastCounted].toSorted()[0] ?? lastCounted;
  const first = mondayOf(from);
  const count = Math.max(0, (Date.parse(last) - Date.parse(first)) / (7 * dayMs) + 1);
  return Array.from({ length: Math.min(count, weeksAtMost + 1) }, (_, nth) => plusDays(first, 7 * nth));
};

type DayTold = Figures["days"][number];
type Doses = { announced: number; used: number; lost: number };

const addUp = (rows: readonly { announced: Told; used: Told; lost: Told }[]): Doses =>
  rows.reduce<Doses>(
    (sum, { announced, used, lost }) => ({
      announced: sum.announced + (announced ?? 0),
      used: sum.used + (used ?? 0),
      lost: sum.lost + (lost ?? 0),
    }),
    { announced: 0, used: 0, lost: 0 },
  );

/**
 * One week. The doses used are told by day and region, by age, and in all, and each of the two must add up to the third:
 * where a small one of either would follow from that, all that it would follow from is hidden.
 */
export const tellWeek = ({ week, days, yes, ...counts }: WeekCounts, threshold = leastTold) => {
  const ages = days.length === 0 ? [] : counts.ages;
  const byDay = protectParts(
    days.map(({ used }) => used),
    threshold,
  );
  const byAge = protectParts(
    ages.map(({ used }) => used),
    threshold,
  );
  const hidden = { announced: null, used: null, lost: null, hidden: true };
  const daysTold = days.map(({ day, region, announced, used, lost }, nth): DayTold => {
    const isTold = typeof byDay.told[nth] === "number";
    return { day, region, ...(isTold ? { announced, used, lost, hidden: false } : hidden) };
  });
  const agesTold = ages.map(({ ageBand }, nth) => {
    const used = byDay.isSumTold ? (byAge.told[nth] ?? null) : null;
    return { week, ageBand, used, hidden: used === null };
  });
  return {
    days: daysTold,
    ages: agesTold,
    sums: { week, ...(byDay.isSumTold ? { ...addUp(days), hidden: false } : hidden) },
    yes: yes.map(({ region, counts }) => ({ region, ...protectSteps(counts, threshold) })),
  };
};
type WeekTold = ReturnType<typeof tellWeek>;

type Within = Figures["regions"][number]["within"];

/** In minutes, read off the steps as if people were spread evenly between two of them. */
const medianOf = (within: Within): number | null => {
  let before = { minutes: 0, share: 0 };
  for (const { minutes, share } of within) {
    if (share === null) continue;
    if (share >= 0.5) {
      const part = (0.5 - before.share) / (share - before.share);
      return Math.round(before.minutes + part * (minutes - before.minutes));
    }
    before = { minutes, share };
  }
  return null;
};

/** What the weeks that are told come to; a step that one of them does not tell is not told. */
const speedOf = (weeks: readonly WeekTold["yes"][number][]) => {
  const shown = weeks.filter(({ total }) => total !== null && total > 0);
  const yes = shown.reduce((sum, { total }) => sum + (total ?? 0), 0);
  const within = withinMinutes.map((minutes, step) => {
    const reached = shown.map(({ byStep }) => byStep[step] ?? null);
    const isHidden = yes === 0 || reached.includes(null);
    const sum = reached.reduce<number>((all, each) => all + (each ?? 0), 0);
    return { minutes, share: isHidden ? null : Math.round((sum / yes) * 1000) / 1000, hidden: isHidden };
  });
  const hiddenWeeks = weeks.filter(({ total }) => total === null).length;
  return { yes, hiddenWeeks, medianMinutes: medianOf(within), within };
};

type Asked = { weeks: readonly WeekCounts[]; from: Day; until: Day; regions: readonly RegionId[] };

/** The figures of those weeks; of `regions` where it is about some, while ages and sums are of all together. */
export const tellFigures = ({ weeks, from, until, regions }: Asked): Figures => {
  const told = weeks.map((each) => tellWeek(each));
  const days = told.flatMap((each) => each.days).filter(({ region }) => regions.includes(region));
  const sums = told.map((each) => each.sums);
  return {
    ...{ from, until, leastTold },
    totals: { ...addUp(sums), hiddenWeeks: sums.filter(({ hidden }) => hidden).length },
    regions: regions.map((region) => {
      const own = days.filter((each) => each.region === region);
      const answers = told.flatMap(({ yes }) => yes.filter((each) => each.region === region));
      const hiddenDays = own.filter(({ hidden }) => hidden).length;
      return { region, ...addUp(own), hiddenDays, ...speedOf(answers) };
    }),
    days: days.toSorted((one, other) => (one.day + one.region < other.day + other.region ? -1 : 1)),
    weeks: sums,
    ages: told.flatMap((each) => each.ages),
  };
};
