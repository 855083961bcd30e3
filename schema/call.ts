import { z } from "zod";
import { Instant, InvitationId, Language } from "./primitives.ts";

/** One line of a call sheet: whom staff telephones, in the policy's order, and until when it makes sense. */
export const Call = z
  .strictObject({
    invitation: InvitationId,
    place: z.number().int(),
    calls: z.number().int().meta({ description: "made so far without an answer; three at most" }),
    callBefore: Instant.meta({ description: "afterwards the dose goes to the next person" }),
    comeBefore: Instant,
    givenName: z.string(),
    familyName: z.string(),
    contact: z.strictObject({ email: z.string().optional(), mobile: z.string().optional() }),
    language: Language,
  })
  .meta({ id: "Call" });
export type Call = z.infer<typeof Call>;

export const CallOutcome = z.enum(["yes", "no", "no-answer"]).meta({ id: "CallOutcome" });
export type CallOutcome = z.infer<typeof CallOutcome>;
