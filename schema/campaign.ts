import { z } from "zod";
import { CampaignId, Instant, Language, RegionId, words } from "./primitives.ts";
import { PolicyRules } from "./region.ts";

/* A later campaign begins with the people of an earlier one, with their consent (F18). */

const id = z.uuid().meta({ id: "RenewalId", example: "0f8fad5b-d9cb-469f-a165-70867728950e" });
export const RenewalId = id.brand<"RenewalId">();
export type RenewalId = z.infer<typeof RenewalId>;

/** As people read it after "the campaign", in each language; it names no brand (F11). */
export const CampaignName = z.record(Language, words(1, 60)).meta({ id: "CampaignName" });
export type CampaignName = z.infer<typeof CampaignName>;

const { consentText, minimumAge, underAge, order, intervalDays, vaccines, vaccineFromAge } =
  PolicyRules.shape;

/** Where the policy differs from the earlier campaign's in each region; what is not named stays as it is there. */
export const PolicyOfCampaign = z
  .strictObject({
    consentText,
    minimumAge: minimumAge.removeDefault().optional(),
    underAge: underAge.optional(),
    order: order.optional(),
    intervalDays: intervalDays.removeDefault().optional(),
    vaccines,
    vaccineFromAge: vaccineFromAge.removeDefault().optional(),
  })
  .meta({ id: "PolicyOfCampaign" });
export type PolicyOfCampaign = z.infer<typeof PolicyOfCampaign>;

export const NewCampaign = z
  .strictObject({
    id: CampaignId,
    name: CampaignName,
    regions: z.array(RegionId).min(1).max(20),
    policy: PolicyOfCampaign,
    startsAt: Instant.meta({
      description:
        "people are asked and doses can be announced from then on; a moment that is past counts as now",
    }),
    from: CampaignId.optional().meta({
      description: "whose people are asked; without it those of the operator's files",
    }),
  })
  .meta({ id: "NewCampaign" });
export type NewCampaign = z.infer<typeof NewCampaign>;

/**
 * Why somebody is not asked. `left`: they took themselves off the list. `died`: a platform has
 * reported it. `no-contact`: there is nowhere to write to.
 * `outside-policy`: the new policy calls them never on that day. `already-in`: they are in the new campaign.
 */
export const NotAsked = z
  .enum(["left", "died", "no-contact", "outside-policy", "already-in"])
  .meta({ id: "NotAsked" });
export type NotAsked = z.infer<typeof NotAsked>;

const people = z.number().int().min(0);

/** What asking would come to. Counts alone, no person. */
export const CampaignRehearsal = z
  .strictObject({
    asked: people.meta({ description: "who would be written to, once each" }),
    callableLater: people.meta({
      description: "of these, whose last dose is too short ago on that day: called once the interval is over",
    }),
    notAsked: z.array(z.strictObject({ reason: NotAsked, people })),
  })
  .meta({ id: "CampaignRehearsal" });
export type CampaignRehearsal = z.infer<typeof CampaignRehearsal>;

/** What became of asking one person. `unreachable`: no channel will ever take it. `over`: the campaign was undone. */
export const RenewalState = z
  .enum(["asked", "yes", "no", "unreachable", "over"])
  .meta({ id: "RenewalState" });
export type RenewalState = z.infer<typeof RenewalState>;

/** How far the people have been asked. Of everybody who was written to: `yes`, `no`, and the rest is `silent`. */
export const AskingProgress = z
  .strictObject({
    state: z.enum(["waiting", "running", "done", "halted"]),
    total: people.meta({ description: "of the earlier campaign, when it began" }),
    left: people.meta({ description: "not looked at yet" }),
    written: people.meta({ description: "a channel took the message" }),
    waiting: people.meta({ description: "the message could not leave yet" }),
    yes: people,
    no: people,
    silent: people,
    unreachable: people,
  })
  .meta({ id: "AskingProgress" });
export type AskingProgress = z.infer<typeof AskingProgress>;

export const Campaign = z
  .strictObject({
    id: CampaignId,
    name: CampaignName.optional(),
    regions: z.array(RegionId).meta({ description: "empty: all of the operator's files" }),
    from: CampaignId.optional().meta({ description: "absent for a campaign of the operator's files" }),
    startsAt: Instant,
    state: z.enum(["planned", "in-force", "taken-back", "undone"]),
    orderedBy: z.string().optional(),
    orderedAt: Instant.optional(),
    endedBy: z.string().optional(),
    endedAt: Instant.optional(),
    asking: AskingProgress.optional(),
  })
  .meta({ id: "Campaign" });
export type Campaign = z.infer<typeof Campaign>;

/** What somebody is asked who holds the link. Nothing is stored for the new campaign before their yes. */
export const Renewal = z
  .strictObject({
    campaign: z.strictObject({ id: CampaignId, name: CampaignName }),
    state: RenewalState,
    consentText: z.string().meta({ description: "version of the text that a yes consents to" }),
    language: Language.meta({ description: "the volunteer's" }),
    callableFrom: z.iso.date().optional().meta({
      description: "the day from which policy lets them be called, where their last dose is too short ago",
    }),
  })
  .meta({ id: "Renewal" });
export type Renewal = z.infer<typeof Renewal>;
