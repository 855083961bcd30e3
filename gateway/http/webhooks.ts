import { createRoute, z } from "@hono/zod-openapi";
import { refuse } from "../../schema/errors.ts";
import {
  DeliveryPage,
  DeliveryQuestion,
  IssuedSecret,
  IssuedWebhook,
  NewSecret,
  NewWebhook,
  Replay,
  TestOutcome,
  Webhook,
  WebhookChange,
  WebhookId,
} from "../../schema/webhook.ts";
import type { Deps } from "../flows/deps.ts";
import {
  changeWebhook,
  listWebhooks,
  makeWebhook,
  readWebhook,
  removeWebhook,
  rotateSecret,
} from "../flows/webhooks/manage.ts";
import { listDeliveries, replayWebhook } from "../flows/webhooks/replay.ts";
import { testWebhook } from "../flows/webhooks/send.ts";
import { baseOf, type World } from "./app.ts";
import { forKeys } from "./auth.ts";
import { IdempotencyHeader, once } from "./idempotency.ts";
import { body, json, newRouter, problems, type Router } from "./router.ts";

const tags = ["Webhooks"];
const one = { params: z.strictObject({ id: WebhookId }) };
const twice = { headers: IdempotencyHeader };

const ordering = (deps: Deps) => ({
  making: createRoute({
    ...forKeys(deps, "POST /v1/webhooks"),
    tags,
    summary: "Have events sent to an address; its secret is shown this once",
    description:
      "By the Standard Webhooks specification: a POST for each event, its body a CloudEvent, with `webhook-id`, `webhook-timestamp` and `webhook-signature`. What happens from now on is sent; POST …/replay sends what was before.",
    request: { ...twice, body: body(NewWebhook) },
    responses: { 201: json(IssuedWebhook, "Events are sent from now on"), default: problems },
  }),
  listing: createRoute({
    ...forKeys(deps, "GET /v1/webhooks"),
    tags,
    summary: "List the webhooks within reach, newest first; a platform sees its own",
    responses: { 200: json(z.strictObject({ items: z.array(Webhook) }), "All of them"), default: problems },
  }),
  reading: createRoute({
    ...forKeys(deps, "GET /v1/webhooks/{id}"),
    tags,
    summary: "How one stands",
    request: one,
    responses: { 200: json(Webhook, "As it is now"), default: problems },
  }),
  changing: createRoute({
    ...forKeys(deps, "PATCH /v1/webhooks/{id}"),
    tags,
    summary: "Change its address, what is sent there, or whether anything is",
    request: { ...one, body: body(WebhookChange) },
    responses: { 200: json(Webhook, "As it is now"), default: problems },
  }),
  removing: createRoute({
    ...forKeys(deps, "DELETE /v1/webhooks/{id}"),
    tags,
    summary: "Send nothing there any more, and forget what was",
    request: one,
    responses: { 204: { description: "Forgotten" }, default: problems },
  }),
});

const keeping = (deps: Deps) => ({
  rotating: createRoute({
    ...forKeys(deps, "POST /v1/webhooks/{id}/secret"),
    tags,
    summary: "Sign with another secret, and for a while with the one before as well; it is shown this once",
    request: { ...one, ...twice, body: body(NewSecret) },
    responses: { 201: json(IssuedSecret, "It signs from now on"), default: problems },
  }),
  testing: createRoute({
    ...forKeys(deps, "POST /v1/webhooks/{id}/test"),
    tags,
    summary: "Send a test event now, and answer with what came of it",
    request: one,
    responses: { 200: json(TestOutcome, "Whether it was taken, and if not why"), default: problems },
  }),
  replaying: createRoute({
    ...forKeys(deps, "POST /v1/webhooks/{id}/replay"),
    tags,
    summary: "Send again: one event, all from a moment on, or all that was given up",
    request: { ...one, body: body(Replay) },
    responses: { 202: json(Webhook, "It is in the list, or read into it"), default: problems },
  }),
  history: createRoute({
    ...forKeys(deps, "GET /v1/webhooks/{id}/deliveries"),
    tags,
    summary: "What was sent, how each try went, and what was given up; for 30 days",
    request: { ...one, query: DeliveryQuestion },
    responses: { 200: json(DeliveryPage, "What was touched last is first"), default: problems },
  }),
});

/** Where events are sent. */
export const webhooks = (world: World): Router => {
  const { deps } = world;
  const post = world.post ?? {
    refusal: async () => "this gateway sends nothing",
    send: async () => refuse("internal"),
  };
  const base = baseOf(world);
  const { making, listing, reading, changing, removing } = ordering(deps);
  const { rotating, testing, replaying, history } = keeping(deps);
  const router = newRouter()
    .openapi(making, async (c) => {
      const [input, caller] = [c.req.valid("json"), c.get("caller")];
      const asked = { caller: caller.label, headers: c.req.valid("header"), input };
      const reply = { ...asked, status: 201, shape: IssuedWebhook };
      const made = await once(c, c.get("deps"), reply, (own) => makeWebhook(own, input, { caller, post }));
      return c.json(made, 201);
    })
    .openapi(listing, async (c) => c.json({ items: await listWebhooks(c.get("deps"), c.get("caller")) }, 200))
    .openapi(reading, async (c) =>
      c.json(await readWebhook(c.get("deps"), c.req.valid("param").id, c.get("caller")), 200),
    )
    .openapi(changing, async (c) => {
      const asked = { change: c.req.valid("json"), caller: c.get("caller"), post };
      return c.json(await changeWebhook(c.get("deps"), c.req.valid("param").id, asked), 200);
    })
    .openapi(removing, async (c) => {
      await removeWebhook(c.get("deps"), c.req.valid("param").id, c.get("caller"));
      return c.body(null, 204);
    });
  return router
    .openapi(rotating, async (c) => {
      const [input, caller] = [c.req.valid("json"), c.get("caller")];
      const asked = { caller: caller.label, headers: c.req.valid("header"), input };
      const reply = { ...asked, status: 201, shape: IssuedSecret };
      const { id } = c.req.valid("param");
      const made = await once(c, c.get("deps"), reply, (own) => rotateSecret(own, id, { input, caller }));
      return c.json(made, 201);
    })
    .openapi(testing, async (c) => {
      const { id } = c.req.valid("param");
      return c.json(await testWebhook(c.get("deps"), id, { caller: c.get("caller"), post, base }), 200);
    })
    .openapi(replaying, async (c) => {
      const asked = { input: c.req.valid("json"), caller: c.get("caller") };
      return c.json(await replayWebhook(c.get("deps"), c.req.valid("param").id, asked), 202);
    })
    .openapi(history, async (c) => {
      const asked = { question: c.req.valid("query"), caller: c.get("caller") };
      return c.json(await listDeliveries(c.get("deps"), c.req.valid("param").id, asked), 200);
    });
};
