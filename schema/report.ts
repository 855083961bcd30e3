import { z } from "zod";
import { CentreId, Day, PlatformName, RegionId, Vaccine } from "./primitives.ts";

/** Age bands as Sciensano publishes them. */
export const ageBands = [
  "0-17",
  "18-24",
  "25-34",
  "35-44",
  "45-54",
  "55-64",
  "65-74",
  "75-84",
  "85+",
] as const;
export const AgeBand = z.enum(ageBands).meta({ id: "AgeBand" });
export type AgeBand = z.infer<typeof AgeBand>;

export const Dimension = z
  .enum(["day", "region", "province", "centre", "platform", "vaccine", "ageBand"])
  .meta({ id: "Dimension" });
export type Dimension = z.infer<typeof Dimension>;

/**
 * One row of a report: the dimensions that were asked for, and doses. A dose that nobody took has no age band. Null is
 * joined by `union`: `nullable()` of a named shape may be published as something that is that shape and null at once.
 */
export const ReportRow = z
  .strictObject({
    day: Day.optional(),
    region: RegionId.optional(),
    province: z
      .union([z.string(), z.null()])
      .optional()
      .meta({ description: "of the centre, as Sciensano writes it" }),
    centre: CentreId.optional(),
    vaccine: Vaccine.optional(),
    platform: z
      .union([PlatformName, z.null()])
      .optional()
      .meta({ description: "of the booking; null: none" }),
    ageBand: z.union([AgeBand, z.null()]).optional().meta({ description: "of the person; null: no person" }),
    announced: z.number().int(),
    used: z.number().int(),
    lost: z.number().int(),
  })
  .meta({ id: "ReportRow" });
export type ReportRow = z.infer<typeof ReportRow>;
