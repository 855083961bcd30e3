import { z } from "zod";
import { RegionId } from "./primitives.ts";
import { Surplus } from "./surplus.ts";

/** What everybody may see of today: where doses look for people, and how many found one; no brand, no name. */
export const SurplusToday = Surplus.pick({
  id: true,
  announcedAt: true,
  usableUntil: true,
  state: true,
  doses: true,
})
  .extend({
    region: RegionId,
    centre: z.string().meta({ description: "its name" }),
    municipality: z.string(),
  })
  .meta({ id: "SurplusToday" });
export type SurplusToday = z.infer<typeof SurplusToday>;
