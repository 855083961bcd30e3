import { z } from "zod";
import { PurposeConsent } from "./consent.ts";
import { CampaignId, CentreId, Instant, Language, PlatformName, RegionId } from "./primitives.ts";
import { Retention } from "./region.ts";
import { BookingState, InvitationKind, InvitationState } from "./surplus.ts";
import { VolunteerState } from "./volunteer.ts";

/*
 * What is held of somebody, as whoever holds their token may read it and take it along. The format is named and stays:
 * another programme can be written against it. What others told of the person stands here no more than elsewhere: who
 * registers somebody else would learn of their doses, or that they had been on the list before (F20). The centre says
 * that, card in hand.
 */

/** What is held, by name; the pages say each in four languages. */
export const HeldField = z
  .enum([
    ...([
      "name",
      "birthDate",
      "nationalNumber",
      "postcode",
      "email",
      "mobile",
      "helper",
      "language",
    ] as const),
    ...(["availability", "centres", "vaccines", "conditions", "state", "registered"] as const),
  ])
  .meta({ id: "HeldField" });
export type HeldField = z.infer<typeof HeldField>;

const Source = z
  .strictObject({
    by: z.enum(["person", "platform", "gateway"]).meta({
      description:
        "who said so: they themselves or their helper, a platform's list, or what the gateway decided",
    }),
    platform: PlatformName.optional(),
  })
  .meta({ id: "HeldSource" });

export const HeldItem = z
  .strictObject({
    field: HeldField,
    value: z.string().meta({
      description: "as text; of a national number only that it is held, and its last two digits",
    }),
    from: Source,
    correct: z.enum(["oneself", "nobody"]).meta({
      description: "who may correct it: the person alone; nobody, since it is what happened",
    }),
    decides: z
      .boolean()
      .meta({ description: "whether the place in the order follows from it, so that a change is noted" }),
  })
  .meta({ id: "HeldItem" });
export type HeldItem = z.infer<typeof HeldItem>;

export const SentTo = z
  .strictObject({
    platform: PlatformName,
    what: z.enum(["list", "booking", "invitation"]),
    at: Instant.optional().meta({ description: "when it was asked; a list is told of each change" }),
  })
  .meta({ id: "SentTo" });

export const PersonData = z
  .strictObject({
    format: z.literal("everydose-person/1"),
    at: Instant,
    region: RegionId,
    campaign: CampaignId,
    state: VolunteerState,
    language: Language,
    items: z.array(HeldItem),
    sentTo: z.array(SentTo),
    consents: z.array(PurposeConsent),
    invitations: z.array(
      z.strictObject({ centre: CentreId, kind: InvitationKind, state: InvitationState, decidedAt: Instant }),
    ),
    bookings: z.array(
      z.strictObject({
        centre: CentreId,
        at: Instant,
        state: BookingState,
        platform: PlatformName.optional(),
      }),
    ),
    history: z
      .array(z.strictObject({ at: Instant, actor: z.string(), event: z.string() }))
      .meta({ description: "what was decided of them and who looked, the newest first; by code" }),
    terms: Retention.pick({ leftDays: true, closedDays: true, doseDays: true, doseKeeps: true }).meta({
      description: "while they are on the list it is kept; afterwards for so many days",
    }),
  })
  .meta({ id: "PersonData" });
export type PersonData = z.infer<typeof PersonData>;
