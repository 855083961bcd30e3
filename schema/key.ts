import { z } from "zod";
import { CentreId, Instant, RegionId } from "./primitives.ts";

/** Names in the audit that are nobody's key. */
const actors = ["volunteer", "gateway", "configuration", "anonymous"];

/** A key's name, which stands in the audit and in addresses; the key itself never does. */
export const KeyLabel = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,47}$/, "lower case letters, digits and hyphens, beginning with a letter")
  .refine((label) => !actors.includes(label), { error: "the audit has this name for somebody else" })
  .meta({ id: "KeyLabel", example: "charleroi-evening" });
export type KeyLabel = z.infer<typeof KeyLabel>;

/**
 * What somebody is with a key or an access token; gateway/http/permissions.ts says what each may.
 * - `helper`: a house that registers those who cannot do it themselves (F16)
 * - `staff`: works in a centre; `lead`: answers for it
 * - `agency`: a region's health authority
 * - `reporting`: the federal authority, which counts
 * - `platform`: a booking platform, as a program
 * - `operator`: runs the gateway, and needs nobody's name for it
 * - `auditor`: reads the audit
 */
export const KeyRole = z
  .enum(["helper", "staff", "lead", "agency", "reporting", "platform", "operator", "auditor"])
  .meta({ id: "KeyRole" });
export type KeyRole = z.infer<typeof KeyRole>;

/** What an operator makes a key for: whoever shows it, and how far it reaches. */
export const NewKey = z
  .strictObject({
    label: KeyLabel,
    role: KeyRole,
    regions: z.array(RegionId).max(50).default([]).meta({ description: "none: all of them" }),
    centres: z.array(CentreId).max(500).default([]).meta({ description: "none: all of these regions'" }),
  })
  .meta({ id: "NewKey" });
export type NewKey = z.infer<typeof NewKey>;

/** A key that is valid, without the key: only its digest is kept. */
export const Key = NewKey.extend({ issuedAt: Instant }).meta({ id: "Key" });
export type Key = z.infer<typeof Key>;

/** The one time that a key is shown. */
export const IssuedKey = Key.extend({
  key: z.string().meta({ description: "shown now and never again; the bearer key of whoever gets it" }),
}).meta({ id: "IssuedKey" });
export type IssuedKey = z.infer<typeof IssuedKey>;
