import { z } from "zod";
import type { ChangeId } from "./binding.ts";
import {
  BookingId,
  CampaignId,
  CentreId,
  type ErasureId,
  ExternalId,
  Instant,
  InvitationId,
  Language,
  PlatformName,
  Postcode,
  RegionId,
  SurplusId,
  Vaccine,
  type VolunteerId,
} from "./primitives.ts";
import { Basis, Because, CardChecked, Deciding } from "./proof.ts";
import type { ListWorkId } from "./work.ts";

/** Doses left over at a centre: a number, a vaccine, and the moment after which they are lost. */
export const NewSurplus = z
  .strictObject({
    centre: CentreId,
    vaccine: Vaccine,
    doses: z.number().int().min(1).max(500),
    usableUntil: Instant.meta({ description: "within the next 48 hours; a drawn-up dose lasts about six" }),
    campaign: CampaignId.optional().meta({
      description: "whose people are called; without it those of the files'",
    }),
  })
  .meta({ id: "NewSurplus" });
export type NewSurplus = z.infer<typeof NewSurplus>;

export const SurplusChange = z
  .strictObject({ doses: z.number().int().min(1).max(500).optional(), usableUntil: Instant.optional() })
  .refine((change) => change.doses ?? change.usableUntil, { error: "doses or usableUntil" })
  .meta({ id: "SurplusChange" });
export type SurplusChange = z.infer<typeof SurplusChange>;

/** `open` while doses can find people; `cancelled` by the centre; `closed` when usableUntil has passed. */
export const SurplusState = z.enum(["open", "cancelled", "closed"]).meta({ id: "SurplusState" });
export type SurplusState = z.infer<typeof SurplusState>;

/**
 * `free` → `held` (kept for one who is asked) → `promised` → `used`. A standby's goes from `free` to `promised` at
 * once. `lost` at the end of the day; `removed` by the centre.
 */
export const DoseState = z.enum(["free", "held", "promised", "used", "lost", "removed"]);
export type DoseState = z.infer<typeof DoseState>;

/** How many doses are in each state; they always add up to all that were ever announced. */
export const DoseCount = z.strictObject(
  Object.fromEntries(DoseState.options.map((state) => [state, z.number().int().min(0)])) as Record<
    DoseState,
    z.ZodNumber
  >,
);
export type DoseCount = z.infer<typeof DoseCount>;
export const noDoses: Readonly<DoseCount> = { free: 0, held: 0, promised: 0, used: 0, lost: 0, removed: 0 };

export const Surplus = z
  .strictObject({
    id: SurplusId,
    region: RegionId,
    campaign: CampaignId,
    centre: CentreId,
    vaccine: Vaccine,
    usableUntil: Instant,
    announcedAt: Instant,
    state: SurplusState,
    doses: DoseCount,
  })
  .meta({ id: "Surplus" });
export type Surplus = z.infer<typeof Surplus>;

/**
 * What a person is asked. `hold`: a dose is kept for them alone until their window ends. `standby`: a dose may come
 * free; would they come? Never more holds than doses.
 */
export const InvitationKind = z.enum(["hold", "standby"]).meta({ id: "InvitationKind" });
export type InvitationKind = z.infer<typeof InvitationKind>;

/**
 * `decided`: chosen, on its way. `open`: a channel took it, the window runs. `ready`: said yes, and others above may
 * still take the dose. `accepted`: the dose is promised. `lapsed`: silence; a yes still makes a standby of them.
 * `undeliverable`: no channel took it in time. `revoked`: the centre took the dose back, or the person's list life
 * ended. `released`: every dose found its person before this one was needed; they keep their place.
 */
export const InvitationState = z
  .enum([
    "decided",
    "open",
    "ready",
    "accepted",
    "declined",
    "lapsed",
    "undeliverable",
    "revoked",
    "released",
  ])
  .meta({ id: "InvitationState" });
export type InvitationState = z.infer<typeof InvitationState>;

/** Of a person who is asked, and neither promised a dose nor past it: nobody else may ask them meanwhile. */
export const liveStates: readonly InvitationState[] = ["decided", "open", "ready"];

/** Why this person, now: data first, from which the words in each language follow. Reveals nobody else. */
export const Reason = z
  .strictObject({
    place: z.number().int().min(1).meta({ description: "place in the order of this surplus, 1 is first" }),
    group: z.string().meta({ description: "the priority group of the policy" }),
    age: z.number().int().meta({ description: "in years, on the day of the invitation" }),
    before: z
      .record(z.string(), z.number().int().min(1))
      .optional()
      .meta({ description: "how many were asked before, by group; absent where so few might be recognised" }),
    policyVersion: z.number().int(),
  })
  .meta({ id: "Reason" });
export type Reason = z.infer<typeof Reason>;

/**
 * What became of what was promised, as the person may see it: `expected` at the centre, whatever a platform does
 * meanwhile (F10); `refused` by the centre's booking system, which is nobody's fault, and nobody is told why (F20);
 * `cancelled` by them or the centre; or past.
 */
export const PromiseState = z
  .enum(["expected", "refused", "cancelled", "attended", "no-show"])
  .meta({ id: "PromiseState" });
export type PromiseState = z.infer<typeof PromiseState>;

/** An invitation as the person invited sees it: no brand of vaccine (F11), what is promised and what is not. */
export const Invitation = z
  .strictObject({
    id: InvitationId,
    kind: InvitationKind,
    state: InvitationState,
    centre: z.strictObject({
      id: CentreId,
      ...{ name: z.string(), municipality: z.string(), postcode: Postcode },
      ...{ latitude: z.number(), longitude: z.number() },
    }),
    windowEndsAt: Instant.optional().meta({ description: "absent until a channel took the message (F03)" }),
    knownBy: Instant.meta({ description: "a standby knows by then at the latest" }),
    comeBefore: Instant.meta({ description: "the dose is lost afterwards" }),
    promise: PromiseState.optional().meta({ description: "what became of it, once accepted" }),
    comeAt: Instant.optional().meta({ description: "the exact time, while the person is expected" }),
    reason: Reason.optional().meta({
      description: "tells age and group: only to whoever has said the birth date as well, and to staff",
    }),
    explanation: z
      .string()
      .optional()
      .meta({ description: "the reason in words, in the volunteer's language; to the same" }),
    pausedUntil: Instant.optional().meta({
      description:
        "of somebody silent, where the region pauses them: not called before, unless they resume (F06)",
    }),
    language: Language.meta({ description: "the volunteer's" }),
  })
  .meta({ id: "Invitation" });
export type Invitation = z.infer<typeof Invitation>;

/**
 * `promised`: the gateway's own record stands, the platform is still to be told (F10). `booked`: it knows, or there is
 * none that must. `refused`: it will not book, for good; the promise is over, and the person was told.
 */
export const BookingState = z
  .enum(["promised", "booked", "refused", "attended", "no-show", "cancelled"])
  .meta({ id: "BookingState" });
export type BookingState = z.infer<typeof BookingState>;

export const Booking = z
  .strictObject({
    id: BookingId,
    surplus: SurplusId,
    centre: CentreId,
    state: BookingState,
    at: Instant.meta({ description: "when the person is expected" }),
    platform: PlatformName.optional().meta({ description: "absent where the centre books nowhere" }),
    externalRef: ExternalId.optional(),
    walkIn: z.boolean(),
  })
  .meta({ id: "Booking" });
export type Booking = z.infer<typeof Booking>;

/** Who is coming, for the centre's staff: enough to greet a person at the door. */
export const Expected = z
  .strictObject({
    booking: Booking,
    invitation: InvitationId.optional(),
    givenName: z.string().optional(),
    familyName: z.string().optional(),
    birthDate: z.string().optional(),
    declared: z.array(Deciding).meta({ description: "what is declared, not proven: check it (F19)" }),
    bases: z.array(Basis).meta({ description: "how each is known that decided the place" }),
    card: CardChecked.omit({ bases: true }).optional().meta({ description: "once it was looked at" }),
  })
  .meta({ id: "Expected" });
export type Expected = z.infer<typeof Expected>;

export const BookingChange = z
  .strictObject({
    at: Instant.optional(),
    outcome: z.enum(["attended", "no-show", "cancelled"]).optional(),
    because: Because.optional().meta({
      description:
        "why the dose is given where the card speaks against it, or why somebody whose card was looked at is turned away",
    }),
  })
  .refine((change) => change.at ?? change.outcome, { error: "at or outcome" })
  .meta({ id: "BookingChange" });
export type BookingChange = z.infer<typeof BookingChange>;

/** The parts of a day in which people answer alike. */
export type Hour = "morning" | "afternoon" | "evening" | "night";

/** What can happen to an invitation. */
export type InvitationEvent =
  | { kind: "taken"; at: Instant }
  | { kind: "yes"; at: Instant }
  | { kind: "promoted"; at: Instant }
  | { kind: "declined"; at: Instant }
  | { kind: "window-ended"; at: Instant }
  | { kind: "undeliverable"; at: Instant; cause: "channel-refused" | "too-late" | "no-answer" }
  | { kind: "revoked"; at: Instant; cause: "lowered" | "cancelled" | "left-list" | "merged" }
  | { kind: "released"; at: Instant };

/** Why a message is written; one text each, in four languages. */
export type MessageKind =
  | "registered"
  | "registered-again"
  | "confirm"
  | "recovery"
  | "invitation"
  | "standby"
  | "accepted"
  | "lapsed"
  | "released"
  | "revoked"
  | "booking-cancelled"
  | "booking-refused"
  | "booking-moved"
  | "merged"
  | "official"
  | "official-given-back"
  | "official-over"
  | "consent"
  | "renewal";

/**
 * What must follow from a decision, as data. Ids only, and of a contact its keyed digests: whoever carries an effect
 * out reads the rest, so that nothing personal lies in the outbox.
 */
export type Effect =
  | { kind: "wake"; surplus: SurplusId; at: Instant }
  | { kind: "invite"; invitation: InvitationId; centre: CentreId }
  | { kind: "revoke"; invitation: InvitationId; centre: CentreId }
  | { kind: "message"; about: MessageKind; volunteer: VolunteerId; invitation?: InvitationId; at?: Instant }
  | { kind: "greet"; volunteer: VolunteerId; place?: true }
  | { kind: "recover"; ways: string[] }
  | { kind: "book"; booking: BookingId; centre: CentreId }
  | { kind: "unbook"; booking: BookingId; centre: CentreId }
  | { kind: "roster-put"; volunteer: VolunteerId }
  | { kind: "roster-close"; volunteer: VolunteerId; reason: "withdrawn" | "vaccinated" }
  | { kind: "carry-over"; change: ChangeId; platform?: PlatformName; at: Instant }
  | { kind: "renew"; campaign: CampaignId; at: Instant }
  | { kind: "roster-leave"; volunteer: VolunteerId; platform: PlatformName }
  /** Whoever sends official invitations hears how that person stands. */
  | { kind: "tell-official"; volunteer: VolunteerId }
  /** A population register is asked about whoever was promised a dose. */
  | { kind: "prove"; volunteer: VolunteerId; platform: PlatformName }
  /** One platform is told that somebody is to be forgotten; what it must know lies sealed in that receipt. */
  | { kind: "erase"; erasure: ErasureId; number: number; platform: PlatformName }
  | { kind: "pull-official"; platform: PlatformName; at: Instant }
  | { kind: "pull"; platform: PlatformName; at: Instant }
  /** A list is read through: again and again, or that `reading` of it to its end, where somebody asked for it. */
  | { kind: "pass"; platform: PlatformName; at: Instant; reading?: number }
  /** Again and again, or `once`, where somebody asked for it. */
  | { kind: "reconcile"; platform: PlatformName; at: Instant; once?: true }
  /** A centre's list goes in or out in a file, some rows at a time. */
  | { kind: "work"; work: ListWorkId; at: Instant }
  /** What such a file left of people is deleted when its term is over. */
  | { kind: "let-go"; work: ListWorkId; at: Instant }
  | { kind: "compare"; at: Instant }
  /** The lines of the audit are linked to those before them. */
  | { kind: "link"; at: Instant }
  /** What an older key wrote is written anew. */
  | { kind: "renew-keys"; at: Instant }
  | { kind: "forget"; at: Instant }
  /** Days that are over are counted, and what may be told of a week is told. */
  | { kind: "report"; at: Instant };
