import { z } from "zod";
import { Day, ErasureId, ExternalId, Instant, PlatformName, RegionId } from "./primitives.ts";

/*
 * Somebody is forgotten, here and on every platform. What stays is an account of who was told and what they said: it
 * names nobody.
 */

/** `asked`: the person wanted it. `term`: the policy's term for what was held was over. */
export const ErasureCause = z.enum(["asked", "term"]).meta({ id: "ErasureCause" });
export type ErasureCause = z.infer<typeof ErasureCause>;

/**
 * `waiting`: the platform has not acknowledged it yet, and is asked again until it does. `erased`: it says that nothing
 * is left. `by-hand`: what ran there is over, and somebody must have the rest erased by whoever runs it. `done-by-hand`:
 * they have. `kept`: the law keeps it until the term that the erasure names, after which the platform is asked.
 */
export const ReceiptState = z
  .enum(["waiting", "erased", "by-hand", "done-by-hand", "kept"])
  .meta({ id: "ReceiptState" });
export type ReceiptState = z.infer<typeof ReceiptState>;

/** `list`: a record of the person. `booking`: one appointment. `official`: word about their official invitation. */
export const ErasedThing = z.enum(["list", "booking", "official"]).meta({ id: "ErasedThing" });
export type ErasedThing = z.infer<typeof ErasedThing>;

export const ErasureReceipt = z
  .strictObject({
    number: z.number().int().min(1),
    platform: PlatformName,
    what: ErasedThing,
    state: ReceiptState,
    at: Instant.meta({ description: "when it came to be so" }),
    tries: z.number().int().min(0).meta({ description: "how often the platform was asked" }),
    fault: z
      .string()
      .optional()
      .meta({ description: "why the last try came to nothing", example: "unavailable" }),
  })
  .meta({ id: "ErasureReceipt" });
export type ErasureReceipt = z.infer<typeof ErasureReceipt>;

export const Erasure = z
  .strictObject({
    id: ErasureId,
    region: RegionId,
    cause: ErasureCause,
    askedAt: Instant,
    doneAt: Instant.optional().meta({ description: "when nothing was left to be told or done" }),
    keptUntil: Day.optional().meta({
      description: "who was given a dose here: name, birth, number and dose are kept so long, by law",
    }),
    barredUntil: Day.optional().meta({
      description: "no list brings the person back before; whoever registers again is welcome at once",
    }),
    receipts: z.array(ErasureReceipt),
  })
  .meta({ id: "Erasure" });
export type Erasure = z.infer<typeof Erasure>;

export const Erased = z
  .strictObject({
    erasure: Erasure,
    token: z.string().meta({ description: "opens this account, and nothing else; shown once" }),
  })
  .meta({ id: "Erased" });
export type Erased = z.infer<typeof Erased>;

/** As whoever must see to it by hand sees it. */
export const OpenReceipt = ErasureReceipt.extend({
  reference: ExternalId.optional().meta({ description: "the platform's own name for what must be erased" }),
}).meta({ id: "OpenReceipt" });
export const OpenErasure = Erasure.extend({ receipts: z.array(OpenReceipt) }).meta({ id: "OpenErasure" });
export type OpenErasure = z.infer<typeof OpenErasure>;
