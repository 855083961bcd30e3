import { z } from "zod";
import { RegionId } from "./primitives.ts";

/** `ordered`: within the region's budget. `deferred`: for a later day or hour. `refused`: left out, by its kind. */
export const LetterCount = z
  .strictObject({
    region: RegionId,
    became: z.enum(["ordered", "deferred", "refused"]),
    about: z.string().optional().meta({ example: "recovery" }),
    count: z.number().int().min(0),
  })
  .meta({ id: "LetterCount" });
export type LetterCount = z.infer<typeof LetterCount>;
