import { z } from "zod";
import {
  BookingId,
  CampaignId,
  CentreId,
  Instant,
  InvitationId,
  PlatformName,
  RegionId,
  SurplusId,
  VolunteerId,
} from "./primitives.ts";
import { DoseState, InvitationKind } from "./surplus.ts";

/*
 * What happened, as it goes out: CloudEvents 1.0 (https://github.com/cloudevents/spec, structured mode, JSON). It says
 * which record it is about and never who somebody is; whoever may know more asks for it by the id.
 */

const ofSurplus = ["announced", "changed", "cancelled", "closed", "left_over"] as const;
const ofInvitation = [
  ...(["decided", "sent", "accepted", "declined", "lapsed"] as const),
  ...(["undeliverable", "revoked", "released"] as const),
] as const;
const ofBooking = [
  ...(["promised", "booked", "refused", "moved", "cancelled", "attended", "no_show", "walk_in"] as const),
] as const;
const ofRegistration = ["made", "changed", "paused", "resumed", "left", "erased"] as const;
const ofPlatform = ["failing", "recovered"] as const;
const ofPolicy = ["enacted"] as const;
const ofBinding = [
  ...(["read", "ordered", "moved", "taken_back", "undone", "halted", "resumed", "carried_over"] as const),
] as const;
const ofCampaign = ["ordered", "taken_back", "halted", "resumed"] as const;
const ofWebhook = ["disabled"] as const;

const named = <const Family extends string, const Name extends string>(
  family: Family,
  names: readonly Name[],
) => names.map((name) => `everydose.${family}.${name}` as const);

const types = [
  ...named("surplus", ofSurplus),
  ...named("invitation", ofInvitation),
  ...named("booking", ofBooking),
  ...named("registration", ofRegistration),
  ...named("platform", ofPlatform),
  ...named("policy", ofPolicy),
  ...named("binding", ofBinding),
  ...named("campaign", ofCampaign),
  ...named("webhook", ofWebhook),
] as const;

export const families = [
  ...(["surplus", "invitation", "booking", "registration"] as const),
  ...(["platform", "policy", "binding", "campaign", "webhook"] as const),
] as const;
export type Family = (typeof families)[number];

/** What happened. A type keeps its meaning and the shape of its data; docs/events.md tells each. */
export const EventType = z.enum(types).meta({ id: "EventType", example: "everydose.booking.promised" });
export type EventType = z.infer<typeof EventType>;

const everyOf = families.map((family) => `everydose.${family}.*` as const);

/** One type, or all of a family. */
export const EventFilter = z
  .enum([...types, ...everyOf])
  .meta({ id: "EventFilter", example: "everydose.booking.*" });
export type EventFilter = z.infer<typeof EventFilter>;

/** Ids, counts and codes; never a name, number or contact, and nothing that two people could differ by. */
export const EventData = z
  .strictObject({
    region: RegionId.optional(),
    centre: CentreId.optional(),
    surplus: SurplusId.optional(),
    invitation: InvitationId.optional(),
    booking: BookingId.optional(),
    registration: VolunteerId.optional(),
    campaign: CampaignId.optional(),
    platform: PlatformName.optional(),
    change: z.uuid().optional().meta({ description: "of a binding" }),
    webhook: z.uuid().optional(),
    policyVersion: z.number().int().optional(),
    kind: InvitationKind.optional().meta({ description: "with `hold`, a dose is held for whoever is asked" }),
    fault: z.string().optional().meta({ description: "as which a platform fails", example: "unavailable" }),
    because: z.enum(["gone", "failing", "key-ended"]).optional().meta({ description: "of a webhook" }),
    doses: z
      .array(
        z.strictObject({
          from: z.enum(["new", ...DoseState.options]),
          to: DoseState,
          count: z.number().int(),
        }),
      )
      .optional()
      .meta({ description: "which doses changed with it" }),
  })
  .meta({ id: "EventData" });
export type EventData = z.infer<typeof EventData>;

/** The place of an event in the order of its region: "evt_wallonia_42", and "evt_42" of what is about no region. */
export const EventId = z
  .string()
  .regex(/^evt_(?:[a-z][a-z0-9-]{0,47}_)?[1-9]\d{0,14}$/, "the id of an event, such as evt_wallonia_42")
  .meta({ id: "EventId", example: "evt_wallonia_42" });

/** CloudEvents 1.0.2 in JSON. `source` and `id` together are of one event, wherever and however often it is told. */
export const CloudEvent = z
  .strictObject({
    specversion: z.literal("1.0"),
    id: z
      .string()
      .meta({ description: "the same whenever and to whomever it is told", example: "evt_wallonia_42" }),
    source: z.string().meta({ example: "https://dose.example.org/v1/regions/wallonia" }),
    type: z.string().meta({ example: "everydose.booking.promised" }),
    subject: z.string().optional().meta({ description: "the id of what it is about" }),
    time: Instant,
    datacontenttype: z.literal("application/json"),
    sequence: z.string().optional().meta({
      description:
        "its number in the order of its source, as text that sorts; numbers that are missing are of what is not told",
      example: "000000000042",
    }),
    data: EventData,
  })
  .meta({ id: "CloudEvent" });
export type CloudEvent = z.infer<typeof CloudEvent>;

const cursor = z
  .string()
  .max(4000)
  .regex(/^[a-z0-9.~-]+$/, "`next` of an earlier page, the id of an event of the stream, or `latest`");

export const EventPage = z
  .strictObject({
    items: z
      .array(CloudEvent)
      .meta({ description: "the oldest first; perhaps none although there are more" }),
    next: z
      .string()
      .meta({ description: "hand it back as `cursor`, now or later: nothing is told twice or left out" }),
    more: z.boolean().meta({ description: "whether more is there already" }),
  })
  .meta({ id: "EventPage" });
export type EventPage = z.infer<typeof EventPage>;

export const EventQuestion = z.strictObject({
  cursor: cursor
    .optional()
    .meta({ description: "how far one was told; `latest`: from now on. Absent: from the beginning" }),
  from: Instant.optional().meta({ description: "without a cursor: what happened from then on" }),
  types: z
    .string()
    .max(2000)
    .regex(/^[a-z_.*,]+$/, "types of events with commas between")
    .optional()
    .meta({
      description: "only these, with commas between",
      example: "everydose.surplus.*,everydose.booking.promised",
    }),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type EventQuestion = z.infer<typeof EventQuestion>;

/** The `Last-Event-ID` of a stream, or a cursor. */
export const EventCursor = cursor;
