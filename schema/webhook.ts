import { z } from "zod";
import { EventFilter, EventId } from "./cloud-event.ts";
import { KeyRole } from "./key.ts";
import { Instant, RegionId } from "./primitives.ts";

/* Where events are sent, by the Standard Webhooks specification 1.0 (https://www.standardwebhooks.com). */

export const WebhookId = z
  .uuid()
  .meta({ id: "WebhookId", example: "0f8fad5b-d9cb-469f-a165-70867728950e" })
  .brand<"WebhookId">();
export type WebhookId = z.infer<typeof WebhookId>;

const address = z
  .url({ protocol: /^https?$/ })
  .max(1000)
  .meta({
    description: "out on the internet and by https; whatever answers with 2xx has taken an event",
    example: "https://reports.example.org/everydose",
  });
const types = z.array(EventFilter).min(1).max(60).meta({ description: "which events are sent" });
const note = z
  .string()
  .max(200)
  .meta({ description: "for whoever reads the list", example: "our dashboard" });

export const NewWebhook = z
  .strictObject({ address, types, note: note.optional() })
  .meta({ id: "NewWebhook" });
export type NewWebhook = z.infer<typeof NewWebhook>;

export const WebhookChange = z
  .strictObject({
    address: address.optional(),
    types: types.optional(),
    note: note.optional(),
    state: z.enum(["enabled", "disabled"]).optional().meta({
      description: "what waits and what happens while it is disabled is sent once it is enabled",
    }),
  })
  .meta({ id: "WebhookChange" });
export type WebhookChange = z.infer<typeof WebhookChange>;

/**
 * `asked`: somebody disabled it. `gone`: its address answered 410. `failing`: nothing was taken for five days.
 * `key-ended`: the key that made it is no more.
 */
export const WebhookEnd = z.enum(["asked", "gone", "failing", "key-ended"]).meta({ id: "WebhookEnd" });
export type WebhookEnd = z.infer<typeof WebhookEnd>;

export const Webhook = z
  .strictObject({
    id: WebhookId,
    address,
    types: z.array(EventFilter),
    note: z.string().optional(),
    owner: z.string().meta({ description: "the label or reference of whoever it belongs to" }),
    role: KeyRole.meta({ description: "as which it is told" }),
    regions: z.array(RegionId).meta({ description: "of which it is told; none: of all" }),
    createdAt: Instant,
    state: z.enum(["enabled", "disabled"]),
    disabledFor: WebhookEnd.optional(),
    disabledAt: Instant.optional(),
    failingSince: Instant.optional().meta({ description: "nothing was taken since" }),
    restsUntil: Instant.optional().meta({
      description: "its address asked for a pause, or has failed too often",
    }),
    oldSecretUntil: Instant.optional().meta({ description: "until then both secrets sign" }),
    position: z
      .string()
      .meta({ description: "up to where the events are in its list, as a cursor of GET /v1/events" }),
    waiting: z.number().int().meta({ description: "events that are still to be taken" }),
    dead: z.number().int().meta({ description: "events that were given up" }),
  })
  .meta({ id: "Webhook" });
export type Webhook = z.infer<typeof Webhook>;

const secret = z.string().meta({
  description: "shown now and never again; with it whoever gets an event knows that it is ours",
  example: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
});

/** The one time that a secret is shown. */
export const IssuedWebhook = Webhook.extend({ secret }).meta({ id: "IssuedWebhook" });
export type IssuedWebhook = z.infer<typeof IssuedWebhook>;

export const NewSecret = z
  .strictObject({
    oldForHours: z
      .number()
      .int()
      .min(0)
      .max(168)
      .default(24)
      .meta({ description: "for so long the old secret signs as well; 0: it is in the wrong hands" }),
  })
  .meta({ id: "NewSecret" });
export type NewSecret = z.infer<typeof NewSecret>;

export const IssuedSecret = z
  .strictObject({ secret, oldSecretUntil: Instant.optional() })
  .meta({ id: "IssuedSecret" });
export type IssuedSecret = z.infer<typeof IssuedSecret>;

/** How one try went. Nothing of what an address says is kept but its status. */
export const Attempt = z
  .strictObject({
    at: Instant,
    status: z.number().int().optional(),
    fault: z.string().optional().meta({
      description:
        "why there is no status: `timeout`, `forbidden` (an address inside), or the code of the connection",
      example: "ECONNREFUSED",
    }),
    milliseconds: z.number().int(),
  })
  .meta({ id: "Attempt" });
export type Attempt = z.infer<typeof Attempt>;

export const TestOutcome = Attempt.extend({
  event: z.string().meta({ description: "the webhook-id that was sent", example: "evt_test_0f8fad5b" }),
  taken: z.boolean(),
}).meta({ id: "TestOutcome" });
export type TestOutcome = z.infer<typeof TestOutcome>;

export const DeliveryState = z.enum(["waiting", "taken", "dead"]).meta({ id: "DeliveryState" });
export type DeliveryState = z.infer<typeof DeliveryState>;

export const Delivery = z
  .strictObject({
    event: EventId,
    type: z.string(),
    state: DeliveryState,
    attempts: z.array(Attempt).meta({ description: "the last 20, the oldest first" }),
    nextAt: Instant.optional().meta({ description: "of one that waits" }),
    endedAt: Instant.optional(),
  })
  .meta({ id: "Delivery" });
export type Delivery = z.infer<typeof Delivery>;

export const DeliveryPage = z
  .strictObject({
    items: z.array(Delivery).meta({ description: "what was touched last is first" }),
    next: z.string().optional(),
  })
  .meta({ id: "DeliveryPage" });
export type DeliveryPage = z.infer<typeof DeliveryPage>;

export const DeliveryQuestion = z.strictObject({
  state: DeliveryState.optional().meta({ description: "`dead`: the dead letters" }),
  cursor: z.string().max(200).optional().meta({ description: "`next` of the page before" }),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type DeliveryQuestion = z.infer<typeof DeliveryQuestion>;

/** Exactly one of these. Whatever is sent again has the same webhook-id as before. */
export const Replay = z
  .union([
    z.strictObject({ event: EventId.meta({ description: "this one" }) }),
    z.strictObject({ from: Instant.meta({ description: "all from this moment on" }) }),
    z.strictObject({ dead: z.literal(true).meta({ description: "all that was given up" }) }),
  ])
  .meta({ id: "Replay" });
export type Replay = z.infer<typeof Replay>;
