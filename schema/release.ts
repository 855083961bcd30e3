import { z } from "zod";
import { yesSteps } from "./day-report.ts";
import { withinMinutes } from "./figures.ts";
import { Day, Instant } from "./primitives.ts";
import { type TableColumn, TableFormat } from "./table-file.ts";

/* What is told to everybody, in files that never change. docs/reports.md */

const date: TableColumn = { name: "DATE", type: "day", nullable: false };
/** `COUNT` is null where it is not told, and `FLAG` says so: a reader who looks at one of them is not misled. */
const told: readonly TableColumn[] = [
  { name: "COUNT", type: "count", nullable: true },
  { name: "FLAG", type: "text", nullable: true },
];
const text = (name: string, nullable = false): TableColumn => ({ name, type: "text", nullable });

export const hiddenFlag = "hidden";
/** Stands for a column over which a row is the sum. */
export const totalWord = "TOTAL";
/** In the column `MINUTES`: at most so many after the announcement, or whenever. */
export const minutesTold = [...withinMinutes.map(String), totalWord] as const;
if (minutesTold.length !== yesSteps.length) throw new Error("each step has its minutes");

/** Each of the tables by its name, with its columns in order. `DATE` is a day, or the Monday of the week counted. */
export const datasets = {
  "doses-by-region": [date, text("REGION"), text("INDICATOR"), ...told],
  "doses-by-age-and-sex": [date, text("AGEGROUP", true), text("SEX", true), ...told],
  "doses-by-brand": [date, text("BRAND"), ...told],
  "time-to-yes": [date, text("REGION"), text("MINUTES"), ...told],
} as const satisfies Record<string, readonly TableColumn[]>;

export const DatasetName = z
  .enum(Object.keys(datasets) as [keyof typeof datasets, ...(keyof typeof datasets)[]])
  .meta({ id: "DatasetName" });
export type DatasetName = z.infer<typeof DatasetName>;

const whole = z.number().int().nonnegative();

const ReleaseFile = z
  .strictObject({
    format: TableFormat,
    mediaType: z.string(),
    bytes: whole,
    sha256: z.string().regex(/^[\da-f]{64}$/, "64 digits and letters from a to f"),
    path: z.string().meta({ description: "where it lies, below the gateway's address" }),
  })
  .meta({ id: "ReleaseFile" });

export const Release = z
  .strictObject({
    dataset: DatasetName,
    day: Day.meta({ description: "the first day that it tells of" }),
    until: Day.meta({ description: "the last" }),
    version: z.number().int().positive(),
    isLatest: z.boolean(),
    publishedAt: Instant,
    rows: whole,
    files: z.array(ReleaseFile),
  })
  .meta({ id: "Release" });
export type Release = z.infer<typeof Release>;

/** Under whose name the data is open, and on which terms. */
export const Publisher = z
  .strictObject({
    name: z.string().min(1).max(200),
    homepage: z.url().max(500),
    email: z.email().max(254).optional(),
    licence: z.url().max(500).meta({ description: "the address of a licence's own page" }),
  })
  .meta({ id: "Publisher" });
export type Publisher = z.infer<typeof Publisher>;

export const Releases = z
  .strictObject({ publisher: Publisher, items: z.array(Release) })
  .meta({ id: "Releases" });
export type Releases = z.infer<typeof Releases>;
