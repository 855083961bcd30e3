import { z } from "zod";
import { CentreId, Instant, Vaccine, VolunteerId } from "./primitives.ts";
import { PolicyRules } from "./region.ts";
import { InvitationKind, Reason } from "./surplus.ts";

/** A policy tried dry: doses that nobody announced, on the lists as they are now. */
export const RehearsalQuestion = z
  .strictObject({
    centre: CentreId,
    vaccine: Vaccine,
    doses: z.number().int().min(1).max(200),
    usableUntil: Instant.meta({ description: "within the next 48 hours, as of doses that are announced" }),
    rules: PolicyRules.optional().meta({ description: "rules to try; those in force without them" }),
  })
  .meta({ id: "RehearsalQuestion" });

/** Who would be asked at once, in order, for what, and why; nobody is. */
export const Rehearsal = z
  .strictObject({
    centre: CentreId,
    windowMinutes: z.number().int().meta({ description: "0: too late to invite anyone" }),
    policyVersion: z.number().int(),
    called: z.array(
      z.strictObject({
        volunteer: VolunteerId,
        kind: InvitationKind,
        reason: Reason,
        explanation: z.string(),
      }),
    ),
  })
  .meta({ id: "Rehearsal" });
export type Rehearsal = z.infer<typeof Rehearsal>;
