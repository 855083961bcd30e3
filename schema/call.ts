import { z } from "zod";
import { Instant, InvitationId, Language } from "./primitives.ts";
import { InvitationKind } from "./surplus.ts";

/**
 * One line of a call sheet: whom staff telephones, in the policy's order, what to tell them, and until when it makes
 * sense.
 */
export const Call = z
  .strictObject({
    invitation: InvitationId,
    kind: InvitationKind.meta({
      description:
        "what to say. hold: the dose is theirs if they say yes; standby: one may come free, and they are not to " +
        "travel before they hear",
    }),
    place: z.number().int(),
    calls: z.number().int().meta({ description: "made so far without an answer; three at most" }),
    callBefore: Instant.meta({ description: "afterwards it is the next person's turn" }),
    knownBy: Instant.meta({ description: "a standby is told by then whether a dose came free" }),
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
