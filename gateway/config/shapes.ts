import { z } from "zod";
import { Limits, PassEvery } from "../../schema/platform.ts";
import { CampaignId, Instant, Language, PlatformName, Postcode } from "../../schema/primitives.ts";
import { Centre, PolicyRules, PostcodeRange, Region, type Role } from "../../schema/region.ts";
import { Publisher } from "../../schema/release.ts";

/* What stands in the operator's files. Ids that a file's name or its place tells are not written in it. */

/** A postcode without quotes is a number to YAML. */
const unquoted = <Shape extends z.ZodType>(shape: Shape) =>
  z.preprocess((value) => (typeof value === "number" ? String(value) : value), shape);

const PostcodeRanges = z.array(unquoted(PostcodeRange));

const Term = z.strictObject({ platform: PlatformName, from: Instant.optional(), until: Instant.optional() });
export type Term = z.infer<typeof Term>;

/** One platform for good, or several in turn: a centre changes its system at an instant (F17). */
export const Terms = z
  .union([PlatformName.transform((platform): Term[] => [{ platform }]), z.array(Term).min(1)], {
    error:
      "must be a platform's name, or a list of { platform, from, until } with moments such as 2021-05-01T00:00:00+02:00",
  })
  .optional();

const Bindings = z.strictObject({
  roster: Terms,
  slots: Terms,
  booking: Terms,
  invite: Terms,
  register: Terms,
} satisfies Record<Role, typeof Terms>);
export type Bindings = z.infer<typeof Bindings>;

export const CentreEntry = Centre.omit({ region: true }).extend({
  postcode: unquoted(Postcode),
  serves: PostcodeRanges.default([]),
  nihii: unquoted(Centre.shape.nihii),
  bindings: Bindings.default({}),
});

/** `regions/<region id>.yaml` */
export const RegionFile = Region.omit({ id: true }).extend({
  postcodes: PostcodeRanges.min(1),
  policy: PolicyRules.omit({ campaign: true }).extend({ from: Instant }),
  bindings: Bindings,
  centres: z.array(CentreEntry).min(1, "a region needs a centre"),
});
export type RegionFile = z.infer<typeof RegionFile>;

/** `campaign.yaml` */
export const CampaignFile = z.strictObject({
  id: CampaignId,
  /** By the version that policies name. What was consented to stays as it was: a changed text is a new version. */
  consentTexts: z
    .record(unquoted(z.string().min(1).max(40)), z.record(Language, z.string().min(1).max(10_000)))
    .default({}),
  /** Under whose name what is public is open, and on which terms. */
  publisher: Publisher.optional(),
});

export type CampaignFile = z.infer<typeof CampaignFile>;

/** One platform of `platforms.yaml`. An adapter is a folder under `adapters/`, else an installed package. */
export const PlatformEntry = z.strictObject({
  adapter: z.string().min(1),
  options: z.record(z.string(), z.unknown()),
  limits: Limits.optional(),
  passEveryHours: PassEvery.optional(),
  privateNetworks: z
    .array(z.union([z.cidrv4(), z.cidrv6()]))
    .max(20)
    .optional(),
});
