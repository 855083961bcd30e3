import { z } from "zod";
import { Instant, SurplusId } from "./primitives.ts";
import { DoseCount } from "./surplus.ts";

/** One line of what happened to a surplus: who did what, when, and by which facts it was decided. Names nobody. */
const Step = z
  .strictObject({
    at: Instant,
    actor: z.string().meta({ description: '"volunteer", "gateway", a platform, or the label of a key' }),
    event: z.string().meta({ example: "invitation.promoted" }),
    subject: z.string().optional().meta({ description: "of the invitation, booking or surplus" }),
    facts: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "Step" });

/** All that was decided about a surplus, in its order, and whether it adds up to what the doses are now. */
export const Steps = z
  .strictObject({
    surplus: SurplusId,
    steps: z.array(Step),
    replayed: DoseCount.meta({ description: "the doses as the steps alone leave them" }),
    agrees: z.boolean().meta({ description: "whether doses and invitations are what the steps say" }),
  })
  .meta({ id: "Steps" });
export type Steps = z.infer<typeof Steps>;
