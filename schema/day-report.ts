import { z } from "zod";
import { withinMinutes } from "./figures.ts";
import { Day, Instant, type Vaccine } from "./primitives.ts";
import type { TableColumn } from "./table-file.ts";

/* What became of the doses of one day, as it was counted. docs/indicators.md defines each number. */

/** Of a person; read from the national number, and unknown (`null`) where that does not tell it. */
export type Sex = "F" | "M";

/** Why a dose was lost. */
export const lostCauses = ["no-yes", "let-go", "no-show", "cancelled", "refused", "unexplained"] as const;
export type LostCause = (typeof lostCauses)[number];

/** By how many minutes after the announcement somebody said yes; the last: later. Each yes stands in one of them. */
export const yesSteps = [...withinMinutes.map((minutes) => `yes-within-${minutes}`), "yes-later"] as const;

export const indicators = [
  ...["announced", "used", ...lostCauses.map((cause) => `lost-${cause}`), "open"],
  ...["offered", "accepted", ...yesSteps, "promised", "promised-standby", "promised-out-of-order"],
] as const;

/** As Sciensano names them in its open data. */
export const brands = {
  pfizer: "Pfizer-BioNTech",
  moderna: "Moderna",
  astrazeneca: "AstraZeneca-Oxford",
  janssen: "Johnson&Johnson",
} as const satisfies Record<Vaccine, string>;

/** The columns of a day's report, in the order of `COVID19BE_VACC` as far as it has them. */
export const dayReportColumns = [
  { name: "DATE", type: "day", nullable: false },
  { name: "REGION", type: "text", nullable: false },
  { name: "PROVINCE", type: "text", nullable: true },
  { name: "CENTRE", type: "text", nullable: false },
  { name: "PLATFORM", type: "text", nullable: true },
  { name: "AGEGROUP", type: "text", nullable: true },
  { name: "SEX", type: "text", nullable: true },
  { name: "BRAND", type: "text", nullable: false },
  { name: "INDICATOR", type: "text", nullable: false },
  { name: "COUNT", type: "count", nullable: false },
] as const satisfies readonly TableColumn[];

const version = z.number().int().positive().meta({ description: "1 is the first; a higher one corrects it" });

export const DayReport = z
  .strictObject({
    day: Day,
    version,
    countedAt: Instant,
    rows: z.number().int().nonnegative().meta({ description: "as many as whoever asks may see" }),
    isLatest: z.boolean(),
  })
  .meta({ id: "DayReport" });
export type DayReport = z.infer<typeof DayReport>;
