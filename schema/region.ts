import { z } from "zod";
import {
  CampaignId,
  CentreId,
  Instant,
  Label,
  Language,
  PlatformName,
  Postcode,
  RegionId,
  Vaccine,
} from "./primitives.ts";
import { Condition } from "./volunteer.ts";

/** One postcode or an inclusive range: "6000", "6000-6099". */
export const PostcodeRange = z
  .string()
  .regex(/^[1-9]\d{3}(-[1-9]\d{3})?$/, 'a postcode or a range such as "6000-6099"')
  .refine((text) => !text.includes("-") || text.slice(0, 4) <= text.slice(5), {
    error: "the range ends before it begins",
  });
export const within = (postcode: Postcode, ranges: readonly string[]): boolean =>
  ranges.some((range) => postcode >= range.slice(0, 4) && postcode <= range.slice(-4));

export const Centre = z
  .strictObject({
    id: CentreId,
    region: RegionId,
    name: z.string().min(1),
    municipality: z.string().min(1),
    postcode: Postcode,
    latitude: z.number().min(49).max(52),
    longitude: z.number().min(2).max(7),
    serves: z.array(PostcodeRange).meta({ description: "the domiciles whose people this centre calls" }),
    nihii: z
      .string()
      .regex(/^\d{8}$/, "eight digits")
      .optional()
      .meta({ description: "its number with the health insurance (RIZIV, INAMI), where it has one" }),
    cbe: z
      .string()
      .regex(/^[01]\d{9}$/, "ten digits, beginning with 0 or 1")
      .optional()
      .meta({ description: "its number in the Crossroads Bank for Enterprises, where it has one" }),
  })
  .meta({ id: "Centre" });
export type Centre = z.infer<typeof Centre>;

/** `domicile`: the centre follows from the postcode (Flanders, Wallonia, Ostbelgien). `choice`: Brussels. */
export const Region = z
  .strictObject({
    id: RegionId,
    name: z.record(Language, z.string().min(1)),
    centreBy: z.enum(["domicile", "choice"]),
    postcodes: z.array(PostcodeRange).min(1),
  })
  .meta({ id: "Region" });
export type Region = z.infer<typeof Region>;

/** Whether the region asks for it on registering, takes it if given, or leaves it for the centre (F16). */
const Demand = z.enum(["required", "optional", "at-centre"]);

/** A time on the wall, "22:00". */
export const WallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as "22:00"');
const minutes = (least: number, most: number) => z.number().int().min(least).max(most);

/** A priority group: everyone within these bounds, called before the groups that follow. */
export const Group = z
  .strictObject({
    name: Label,
    fromAge: z.number().int().min(0).max(120).default(0),
    toAge: z.number().int().min(0).max(130).default(130),
    condition: Condition.optional(),
  })
  .meta({ id: "Group" });
export type Group = z.infer<typeof Group>;

const days = (least: number, most = 36_500) => z.number().int().min(least).max(most);

/** What is kept of somebody who was given a dose here, while the law asks for it. */
export const DoseKeeps = z.enum(["name", "birth", "number", "dose"]);

/** How long each kind of data is kept in a region; nothing is kept for longer than somebody wants, but for the doses. */
export const Retention = z
  .strictObject({
    leftDays: days(0).default(30).meta({ description: "who left the list, from then on" }),
    closedDays: days(1)
      .default(365)
      .meta({ description: "who is called no more: a dose elsewhere, an official appointment, a death" }),
    doseDays: days(0).default(3650).meta({
      description: "who was given a dose here, from that day on; also where they ask to be forgotten",
    }),
    doseKeeps: z.array(DoseKeeps).max(4).default(["name", "birth", "number", "dose"]).meta({
      description: "what stays of them meanwhile, once they ask to be forgotten or are called no more",
    }),
    listedDays: days(30)
      .optional()
      .meta({ description: "who is on the list, from their last change on; absent: as long as they want" }),
    tombstoneDays: days(1)
      .default(365)
      .meta({ description: "for so long no list brings somebody back who was forgotten" }),
    receiptDays: days(30).default(730).meta({ description: "the account of who was told of an erasure" }),
    tokenDays: days(1).default(30).meta({ description: "digests of tokens that open nothing any more" }),
    addressDays: days(1).default(30).meta({ description: "digests of addresses that were written to" }),
  })
  .meta({ id: "Retention" });
export type Retention = z.infer<typeof Retention>;

/** How much may be written, and for how many one helper stands. What is about a dose leaves whatever was sent before. */
export const Budgets = z
  .strictObject({
    messagesPerPersonDay: z.number().int().min(1).max(1_000).default(6),
    messagesPerContactDay: z.number().int().min(1).max(10_000).default(20),
    messagesPerRegionHour: z.number().int().min(1).max(10_000_000).default(50_000),
    helperAtMost: z
      .number()
      .int()
      .min(1)
      .max(10_000)
      .default(10)
      .meta({ description: "people whom one helper's contact may stand for (F16)" }),
  })
  .meta({ id: "Budgets", description: "letters that anybody can have sent, a day and an hour by UTC" });
export type Budgets = z.infer<typeof Budgets>;

/** The rules of one region for one campaign: data, versioned, written by its authority. */
export const PolicyRules = z
  .strictObject({
    campaign: CampaignId,
    consentText: Label.meta({ description: "version of the text people consent to" }),
    asks: z.strictObject({
      nationalNumber: Demand,
      postcode: Demand,
      email: Demand,
      mobile: Demand,
    }),
    minimumAge: z.number().int().min(0).max(120).default(18),
    underAge: z.enum(["refuse", "park"]).meta({ description: "what becomes of someone too young today" }),
    order: z
      .array(Group)
      .min(1)
      .max(20)
      .meta({ description: "groups in turn; within a group by descending age; equal ages by volunteer id" }),
    windowMinutes: minutes(5, 240).default(30),
    shortestWindowMinutes: minutes(1, 60)
      .default(5)
      .meta({ description: "nobody is asked who has less left to read, answer and set out" }),
    travelMinutes: minutes(0, 240)
      .default(30)
      .meta({ description: "the way to the centre: answers count until so long before the doses are lost" }),
    lastInvitationMinutes: minutes(0, 1440)
      .default(0)
      .meta({ description: "no invitation leaves later than so long before the doses are lost" }),
    leaveWithinMinutes: minutes(1, 120)
      .default(15)
      .meta({ description: "an invitation that no channel took for so long goes to the next person (F03)" }),
    quietHours: z
      .strictObject({ from: WallTime, until: WallTime })
      .optional()
      .meta({ description: "no invitation leaves between these times; over midnight where from is later" }),
    standby: z
      .boolean()
      .default(true)
      .meta({ description: "whether more are asked than there are doses; without it one person a dose" }),
    messagesPerDose: z
      .number()
      .int()
      .min(1)
      .max(500)
      .default(40)
      .meta({ description: "invitations that a surplus may send for each dose announced" }),
    lastMinutes: z
      .strictObject({
        rule: z.enum(["windows-shorten", "first-yes"]),
        minutes: minutes(0, 120).meta({ description: "before answers stop counting" }),
      })
      .default({ rule: "windows-shorten", minutes: 15 })
      .meta({
        description:
          "at the end: windows get shorter and the order holds, or the first yes of a standby counts",
      }),
    pauseMinutes: minutes(0, 43_200)
      .default(0)
      .meta({ description: "between two invitations to one person, from the earlier one on" }),
    intervalDays: z.number().int().min(0).max(730).default(0).meta({ description: "since an earlier dose" }),
    spillOverKm: z.number().min(0).max(100).default(0).meta({
      description: "when a list runs out, lists of the region's centres so near are asked; 0: never",
    }),
    vaccines: z
      .array(Vaccine)
      .min(1)
      .max(4)
      .optional()
      .meta({ description: "whose doses may be announced; all where absent" }),
    vaccineFromAge: z
      .partialRecord(Vaccine, z.number().int().min(0).max(120))
      .default({})
      .meta({ description: "AstraZeneca from 55 in April 2021" }),
    dosesAtMost: z.number().int().min(1).max(500).default(100).meta({ description: "of one announcement" }),
    silencePausesDays: z
      .number()
      .int()
      .min(0)
      .max(30)
      .default(0)
      .meta({ description: "0: silence costs nothing; never a removal (F04, F06)" }),
    budgets: Budgets.optional().meta({ description: "each has a default" }),
    retention: Retention.optional().meta({ description: "each term has a default" }),
  })
  .meta({ id: "PolicyRules" });
export type PolicyRules = z.infer<typeof PolicyRules>;

export const Policy = z
  .strictObject({ region: RegionId, version: z.number().int().min(1), from: Instant, rules: PolicyRules })
  .meta({ id: "Policy" });
export type Policy = z.infer<typeof Policy>;

export const NewPolicy = z
  .strictObject({
    rules: PolicyRules,
    from: Instant.optional().meta({
      description:
        "now by default, and where it is past; a version written later stands in for one that waits",
    }),
  })
  .meta({ id: "NewPolicy" });

/** What a platform does for a region or a centre. */
export const Role = z.enum(["roster", "slots", "booking", "invite", "register"]).meta({ id: "Role" });
export type Role = z.infer<typeof Role>;

/** (region or centre) × role → platform, valid from an instant on; a centre's own binding beats its region's. */
export const Binding = z
  .strictObject({
    region: RegionId,
    centre: CentreId.optional(),
    role: Role,
    platform: PlatformName,
    from: Instant.optional(),
    until: Instant.optional(),
  })
  .meta({ id: "Binding" });
export type Binding = z.infer<typeof Binding>;
