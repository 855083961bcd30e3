import { createRoute, z } from "@hono/zod-openapi";
import { AdapterError } from "../../schema/adapter.ts";
import { Refusal, refuse } from "../../schema/errors.ts";
import { PlatformState } from "../../schema/platform.ts";
import { HistoryQuestion, PlatformHistory } from "../../schema/platform-history.ts";
import { Instant, PlatformName } from "../../schema/primitives.ts";
import { Reconciliation } from "../../schema/reconciliation.ts";
import { takeDelivery } from "../flows/event.ts";
import { platformHistory } from "../flows/platform-history.ts";
import { platformStates } from "../flows/platforms.ts";
import { lastAccount, orderReconciliation } from "../flows/reconcile.ts";
import type { World } from "./app.ts";
import { forAnybody, forKeys, forPlatforms } from "./auth.ts";
import { json, newRouter, problems, type Router } from "./router.ts";

const tags = ["Platforms"];

const listing = createRoute({
  ...forAnybody("GET /v1/platforms"),
  tags,
  summary: "How each platform is",
  description:
    "What is kept of it, and how this gateway gets on with it now: its limits, its ports and what guards them, and in what its answers differ from its API document.",
  responses: {
    200: json(z.strictObject({ items: z.array(PlatformState) }), "All of them"),
    default: problems,
  },
});

const telling = createRoute({
  ...forPlatforms("POST /v1/platforms/{platform}/events"),
  tags,
  summary: "What a platform sends of its own accord",
  description:
    "In the platform's own form and signed in its own way; the same delivery again changes nothing.",
  request: { params: z.strictObject({ platform: PlatformName }) },
  responses: { 202: json(z.strictObject({}), "Taken"), default: problems },
});

const forThoseWhoAnswer = (deps: World["deps"]) => {
  const own = { tags, request: { params: z.strictObject({ platform: PlatformName }) } };
  return {
    ordering: createRoute({
      ...forKeys(deps, "POST /v1/platforms/{platform}/reconciliation"),
      ...own,
      summary: "Compare both sides of a platform's bookings now, and mend what differs",
      responses: { 202: json(z.strictObject({ at: Instant }), "Ordered"), default: problems },
    }),
    account: createRoute({
      ...forKeys(deps, "GET /v1/platforms/{platform}/reconciliation"),
      ...own,
      summary: "What the last comparison found and mended",
      responses: { 200: json(Reconciliation, "The account"), default: problems },
    }),
    history: createRoute({
      ...forKeys(deps, "GET /v1/platforms/{platform}/history"),
      ...{ tags, request: { ...own.request, query: HistoryQuestion } },
      summary: "How a platform has been, hour by hour, and when it failed and came back",
      responses: { 200: json(PlatformHistory, "Up to now"), default: problems },
    }),
  };
};

/** The sender's fault and not the platform's absence: "come back later" would bring the same delivery for ever. */
const unreadable = (error: unknown): never => {
  if (error instanceof AdapterError && error.fault === "drifted")
    throw new Refusal("invalid_input", error.message, [], { cause: error });
  throw error;
};

/** The platforms behind the gateway: their state, and their post. */
export const platforms = ({ deps, platforms: connected }: World): Router => {
  const known = () =>
    connected.map(({ name, capabilities, state }) => ({
      ...{ name, capabilities: [...capabilities] },
      ...state(),
    }));
  const { ordering, account, history } = forThoseWhoAnswer(deps);
  const booking = (name: PlatformName): PlatformName =>
    connected.find((each) => each.name === name && each.ports.booking)?.name ?? refuse("not_found");
  return newRouter()
    .openapi(ordering, async (c) =>
      c.json(await orderReconciliation(c.get("deps"), booking(c.req.valid("param").platform)), 202),
    )
    .openapi(account, async (c) => {
      const name = booking(c.req.valid("param").platform);
      return c.json((await lastAccount(c.get("deps"), name)) ?? refuse("not_found"), 200);
    })
    .openapi(history, async (c) => {
      const { platform } = c.req.valid("param");
      const name = connected.find((each) => each.name === platform)?.name ?? refuse("not_found");
      return c.json(await platformHistory(c.get("deps"), name, c.req.valid("query").days), 200);
    })
    .openapi(listing, async (c) => c.json({ items: await platformStates(deps, known()) }, 200))
    .openapi(telling, async (c) => {
      const platform = connected.find(({ name }) => name === c.req.valid("param").platform);
      const inbound = platform?.ports.inbound;
      if (!platform || !inbound) return refuse("not_found");
      const post = { headers: c.req.header(), body: await c.req.text(), receivedAt: deps.now() };
      await takeDelivery(deps, platform.name, await inbound.receive(post).catch(unreadable));
      return c.json({}, 202);
    });
};
