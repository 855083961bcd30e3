import { z } from "@hono/zod-openapi";
import { CloudEvent } from "../../schema/cloud-event.ts";
import type { Router } from "./router.ts";

/* What the gateway itself sends, as its own description tells it (OpenAPI 3.1, `webhooks`). */

const headers = z.object({
  "webhook-id": z
    .string()
    .meta({ description: "the event's id, the same at each try", example: "evt_wallonia_42" }),
  "webhook-timestamp": z
    .string()
    .meta({ description: "of this try, in seconds since 1970", example: "1618583400" }),
  "webhook-signature": z.string().meta({
    description:
      "one or two, with a space between: `v1,` and HMAC-SHA-256 over id, moment and body, in base64",
    example: "v1,GfsNOv9XD5S9EQ537iI+kUHwsZ4xjS8OLFR0Nfck9QA=",
  }),
});

export const describeOutgoing = (registry: Router["openAPIRegistry"]): void =>
  registry.registerWebhook({
    ...{ method: "post", path: "event", operationId: "event", tags: ["Webhooks"] },
    summary: "An event, sent to an address that a webhook names (Standard Webhooks 1.0)",
    request: { headers, body: { content: { "application/cloudevents+json": { schema: CloudEvent } } } },
    responses: {
      "2XX": { description: "It was taken" },
      410: { description: "Nothing more is wanted; the webhook is disabled" },
      default: { description: "It was not taken, and is sent again" },
    },
  });
