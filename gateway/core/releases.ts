import { brands } from "../../schema/day-report.ts";
import { leastTold, type WeekCounts } from "../../schema/figures.ts";
import type { RegionId, Vaccine } from "../../schema/primitives.ts";
import { type DatasetName, hiddenFlag, minutesTold, totalWord } from "../../schema/release.ts";
import type { TableRow } from "../../schema/table-file.ts";
import type { Told } from "./disclosure/parts.ts";
import { tellWeek } from "./figures.ts";

/*
 * What everybody may take home of a week. Days, regions and ages are told or hidden exactly as the public figures tell
 * them (`tellWeek`), so that nobody learns from the two together what neither tells. What stands here beside that is
 * divided by itself: an age band that is told into sexes, and the week's doses into brands.
 */

/** Doses used in the week, as the daily reports have them. */
export type UsedOf = { ageBand: string | null; sex: string | null; vaccine: string; used: number };

type Asked = { counts: WeekCounts; used: readonly UsedOf[]; named(region: RegionId): string };
export type ReleaseTables = Record<DatasetName, TableRow[]>;

const tell = (count: Told) => ({ COUNT: count, FLAG: count === null ? hiddenFlag : null });

const sexes = ["F", "M", null] as const;

const sumOf = (rows: readonly UsedOf[], matches: (row: UsedOf) => boolean): number =>
  rows.filter(matches).reduce((sum, { used }) => sum + used, 0);

/**
 * The parts of a number that is told: all of them where none is small (that nobody is in a part is no small number), and
 * else none. To hide some would let whoever knows the rule guess the small one from which others were hidden with it.
 * Where they do not add up to the whole (the days were counted at another moment than the week), none is told either.
 */
export const tellParts = (parts: readonly number[], whole: Told, threshold = leastTold): Told[] => {
  const isSum = parts.reduce((sum, each) => sum + each, 0) === whole;
  const isSmall = (count: number) => count > 0 && count < threshold;
  return isSum && !parts.some(isSmall) ? [...parts] : parts.map(() => null);
};

const byAgeAndSex = ({ counts, used }: Asked, ages: readonly { ageBand: string | null; used: Told }[]) =>
  ages.flatMap(({ ageBand, used: whole }) => {
    const parts = sexes.map((sex) => sumOf(used, (row) => row.ageBand === ageBand && row.sex === sex));
    const told = tellParts(parts, whole);
    const row = { DATE: counts.week, AGEGROUP: ageBand };
    return [
      { ...row, SEX: totalWord, ...tell(whole) },
      ...sexes.map((sex, nth) => ({ ...row, SEX: sex, ...tell(told[nth] ?? null) })),
    ];
  });

const byBrand = ({ counts, used }: Asked, whole: Told) => {
  const vaccines = Object.keys(brands) as Vaccine[];
  const parts = vaccines.map((vaccine) => sumOf(used, (row) => row.vaccine === vaccine));
  const told = tellParts(parts, whole);
  return [
    ...vaccines.map((vaccine, nth) => ({
      ...{ DATE: counts.week, BRAND: brands[vaccine] },
      ...tell(told[nth] ?? null),
    })),
    { DATE: counts.week, BRAND: totalWord, ...tell(whole) },
  ];
};

/** All tables of a week. One that was never told before is protected here for the first and only time. */
export const tablesOf = (asked: Asked): ReleaseTables => {
  const { counts, named } = asked;
  const week = tellWeek(counts);
  return {
    "doses-by-region": week.days.flatMap(({ day, region, ...doses }) =>
      (["announced", "used", "lost"] as const).map((indicator) => ({
        ...{ DATE: day, REGION: named(region), INDICATOR: indicator },
        ...tell(doses[indicator]),
      })),
    ),
    "doses-by-age-and-sex": byAgeAndSex(asked, week.ages),
    "doses-by-brand": byBrand(asked, week.sums.used),
    "time-to-yes": week.yes.flatMap(({ region, byStep, total }) =>
      [...byStep, total].map((count, nth) => ({
        ...{ DATE: counts.week, REGION: named(region), MINUTES: minutesTold[nth] ?? totalWord },
        ...tell(count),
      })),
    ),
  };
};
