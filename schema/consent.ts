import { z } from "zod";
import { Instant, Language } from "./primitives.ts";

/**
 * What a registration is used for, each of which somebody may withdraw by itself. `called`: for leftover doses.
 * `next-campaign`: kept and asked for a later one. `share`: handed on to the platforms of their centre. `helper`: written
 * to by way of whoever helps them.
 */
export const Purpose = z.enum(["called", "next-campaign", "share", "helper"]).meta({ id: "Purpose" });
export type Purpose = z.infer<typeof Purpose>;

export const PurposeConsent = z
  .strictObject({
    purpose: Purpose,
    textVersion: z.string(),
    language: Language.meta({ description: "in which the text was read" }),
    at: Instant,
    withdrawnAt: Instant.optional(),
  })
  .meta({ id: "PurposeConsent" });
export type PurposeConsent = z.infer<typeof PurposeConsent>;

export const ConsentText = z
  .strictObject({ version: z.string(), texts: z.partialRecord(Language, z.string()) })
  .meta({ id: "ConsentText" });
export type ConsentText = z.infer<typeof ConsentText>;
