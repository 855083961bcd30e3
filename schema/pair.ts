import { z } from "zod";
import { CentreId, Day, Instant, PairId, PlatformName, RegionId, VolunteerId } from "./primitives.ts";
import { VolunteerState } from "./volunteer.ts";

/**
 * `open`: somebody must look. `kept-apart`: two people, and not shown again unless the evidence changes. `merged`: one
 * person. `undone`: were merged, and are two again.
 */
export const PairState = z.enum(["open", "kept-apart", "merged", "undone"]).meta({ id: "PairState" });
export type PairState = z.infer<typeof PairState>;

/** Two registrations that may be one person's. The reasons are codes and say nothing of whom they are about. */
export const Pair = z
  .strictObject({
    id: PairId,
    regions: z.array(RegionId).meta({ description: "of the two registrations" }),
    state: PairState,
    score: z.number().int().meta({ description: "docs/one-person.md has the table" }),
    reasons: z.array(z.string()).meta({ example: ["family-same", "given-part", "birth-same"] }),
    foundAt: Instant,
    decidedAt: Instant.optional(),
    decidedBy: z.string().optional().meta({ description: "the label of a key, or `gateway`" }),
    stays: VolunteerId.optional().meta({ description: "of a merge: the registration that stays" }),
  })
  .meta({ id: "Pair" });
export type Pair = z.infer<typeof Pair>;

/** One of two registrations, as staff must see it to decide. The national number is never shown. */
export const Paired = z
  .strictObject({
    id: VolunteerId,
    region: RegionId,
    state: VolunteerState,
    givenName: z.string(),
    familyName: z.string(),
    birthDate: Day,
    birthYearOnly: z.boolean(),
    nationalNumberKnown: z.boolean(),
    postcode: z.string().optional(),
    contact: z.strictObject({ email: z.string().optional(), mobile: z.string().optional() }),
    helperName: z.string().optional().meta({ description: "whose contact this is, where it is a helper's" }),
    centres: z.array(CentreId),
    lastDoseOn: Day.optional(),
    platforms: z.array(PlatformName).meta({ description: "that know this registration" }),
    underWay: z.enum(["nothing", "invited", "promised"]).meta({ description: "what a merge must settle" }),
    registeredAt: Instant,
  })
  .meta({ id: "Paired" });
export type Paired = z.infer<typeof Paired>;

export const PairDetail = Pair.extend({
  one: Paired,
  other: Paired,
  wouldStay: VolunteerId.optional().meta({
    description: "of an open pair: which registration a merge keeps",
  }),
}).meta({ id: "PairDetail" });
export type PairDetail = z.infer<typeof PairDetail>;
