import { z } from "zod";
import { Day, RegionId } from "./primitives.ts";
import { AgeBand } from "./report.ts";

/*
 * What everybody may know of how the doses were used. It goes by whole weeks, Monday to Sunday, that are over: each is
 * counted once and stays as it was told, so that no two answers differ by a single person.
 */

/** Fewer people than this are not told of. */
export const leastTold = 10;
/** In minutes after a dose was announced: by when people had said yes. */
export const withinMinutes = [5, 10, 15, 20, 30, 45, 60, 120] as const;

const count = z.number().int().nonnegative();
const orHidden = z.union([count, z.null()]);
const hidden = z.boolean().meta({
  description: "not told, since it would tell of few people; every number beside it is null then",
});

const DayOfRegion = z
  .strictObject({ day: Day, region: RegionId, announced: orHidden, used: orHidden, lost: orHidden, hidden })
  .meta({ id: "DayOfRegion" });

const Sum = { announced: count, used: count, lost: count };

const FiguresOfRegion = z
  .strictObject({
    region: RegionId,
    ...Sum,
    hiddenDays: count.meta({ description: "days with doses that are not in these sums" }),
    yes: count.meta({ description: "people who said yes, in the weeks that are told" }),
    hiddenWeeks: count.meta({ description: "weeks in which somebody said yes that are not in it" }),
    medianMinutes: z.union([z.number().int().nonnegative(), z.null()]).meta({
      description: "from announcement to yes, for half of them; read off `within`, null where it cannot be",
    }),
    within: z.array(
      z.strictObject({
        minutes: z.number().int().positive(),
        share: z.union([z.number().min(0).max(1), z.null()]),
        hidden,
      }),
    ),
  })
  .meta({ id: "FiguresOfRegion" });

const WeekOfDoses = z
  .strictObject({
    week: Day.meta({ description: "its Monday" }),
    announced: orHidden,
    used: orHidden,
    lost: orHidden,
    hidden,
  })
  .meta({ id: "WeekOfDoses", description: "All regions together; its sums hold days that are not told." });

const AgesOfWeek = z
  .strictObject({
    week: Day.meta({ description: "its Monday" }),
    ageBand: z
      .union([AgeBand, z.null()])
      .meta({ description: "null: somebody at the door, of no known age" }),
    used: orHidden,
    hidden,
  })
  .meta({ id: "AgesOfWeek", description: "All regions together." });

export const Figures = z
  .strictObject({
    from: Day.meta({ description: "a Monday" }),
    until: Day.meta({ description: "a Sunday; before `from` where no week of those asked for is over" }),
    leastTold: count.meta({ description: "fewer people than this are not told of" }),
    totals: z.strictObject({ ...Sum, hiddenWeeks: count }),
    regions: z.array(FiguresOfRegion),
    days: z.array(DayOfRegion),
    weeks: z.array(WeekOfDoses),
    ages: z.array(AgesOfWeek),
  })
  .meta({ id: "Figures" });
export type Figures = z.infer<typeof Figures>;

/** What one week was counted to be, before anything is held back: kept, and never told as it is. */
export type WeekCounts = {
  week: Day;
  days: { day: Day; region: RegionId; announced: number; used: number; lost: number }[];
  /** Doses used, by the band of whoever got them; null: of no known age. */
  ages: { ageBand: AgeBand | null; used: number }[];
  /** How many said yes within each of `withinMinutes`, counted from the one before; the last: later. */
  yes: { region: RegionId; counts: number[] }[];
};
