import type { Figures } from "../../../schema/figures.ts";
import type { Day, Language, RegionId } from "../../../schema/primitives.ts";
import { numberIn, say } from "../texts/say.ts";
import { texts } from "../texts/texts.ts";

/* What the tables and the charts of the figures share: sums of what the API tells. */

/** What a region is called in the language of the page. */
export type Named = (region: RegionId) => string;

export const bandName = (language: Language, band: string | null): string =>
  band?.replace("-", "–") ?? texts[language].figures.noAge;

export type Row = { day: Day; announced: number; used: number; lost: number; hidden: boolean };

const addUp = (
  rows: readonly {
    day: Day;
    announced: number | null;
    used: number | null;
    lost: number | null;
    hidden: boolean;
  }[],
  dayOf: (day: Day) => Day,
): Row[] => {
  const sums = new Map<Day, Row>();
  for (const { day, announced, used, lost, hidden } of rows) {
    const at = dayOf(day);
    const sum = sums.get(at) ?? { day: at, announced: 0, used: 0, lost: 0, hidden: false };
    sums.set(at, {
      day: at,
      announced: sum.announced + (announced ?? 0),
      used: sum.used + (used ?? 0),
      lost: sum.lost + (lost ?? 0),
      hidden: sum.hidden || hidden,
    });
  }
  return [...sums.values()];
};

const dayMs = 86_400_000;
const mondayOf = (day: Day): Day => {
  const since = Date.parse(day);
  return new Date(since - ((since / dayMs + 3) % 7) * dayMs).toISOString().slice(0, 10);
};

/** Days one by one up to nine weeks; of more, their weeks. */
export const isLong = ({ from, until }: Pick<Figures, "from" | "until">): boolean =>
  Date.parse(until) - Date.parse(from) > 63 * dayMs;
export const byWeekWhereLong = (figures: Figures): Row[] =>
  addUp(figures.days, isLong(figures) ? mondayOf : (day) => day);

/** By band, over all weeks; `hiddenWeeks`: weeks that are not in the sum. */
export const agesOf = ({ ages }: Figures) => {
  const bands = [...new Set(ages.map(({ ageBand }) => ageBand))];
  return bands.map((ageBand) => {
    const own = ages.filter((each) => each.ageBand === ageBand);
    return {
      ageBand,
      used: own.reduce((sum, { used }) => sum + (used ?? 0), 0),
      hiddenWeeks: own.filter(({ hidden }) => hidden).length,
    };
  });
};

export const shareIn = (language: Language, share: number): string =>
  numberIn(language, share, { style: "percent", maximumFractionDigits: 1 });

/** How fast people of each region said yes, in a sentence. */
export const mediansIn = (language: Language, { regions }: Figures, named: Named): string[] =>
  regions.map(({ region, medianMinutes }) =>
    medianMinutes === null
      ? say(language, texts[language].figures.noMedian, { region: named(region) })
      : say(language, texts[language].figures.median, { region: named(region), minutes: medianMinutes }),
  );
