import { createRoute, z } from "@hono/zod-openapi";
import { Campaign, CampaignRehearsal, NewCampaign } from "../../schema/campaign.ts";
import { CampaignId, type RegionId } from "../../schema/primitives.ts";
import type { Caller } from "../flows/authorise.ts";
import {
  haltAsking,
  listCampaigns,
  orderCampaign,
  readCampaign,
  resumeAsking,
  takeBackCampaign,
} from "../flows/campaigns/order.ts";
import { rehearseCampaign } from "../flows/campaigns/rehearse.ts";
import type { Deps } from "../flows/deps.ts";
import { forKeys, keepWithin, reachOf } from "./auth.ts";
import { IdempotencyHeader, once } from "./idempotency.ts";
import { body, json, newRouter, problems, type Router } from "./router.ts";

const params = z.strictObject({ id: CampaignId });
const campaign = { 200: json(Campaign, "As it is now"), default: problems };

const tags = ["Campaigns"];

const routes = (deps: Deps) => ({
  listing: createRoute({
    ...forKeys(deps, "GET /v1/campaigns"),
    tags,
    summary: "All campaigns, the newest first",
    responses: { 200: json(z.strictObject({ items: z.array(Campaign) }), "Campaigns"), default: problems },
  }),
  ordering: createRoute({
    ...forKeys(deps, "POST /v1/campaigns"),
    tags,
    summary: "Begin a campaign with the people of an earlier one, who are asked once each",
    request: { headers: IdempotencyHeader, body: body(NewCampaign) },
    responses: { 201: json(Campaign, "Ordered"), default: problems },
  }),
  rehearsing: createRoute({
    ...forKeys(deps, "POST /v1/campaigns/rehearsal"),
    tags,
    summary: "How many people such a campaign would ask, and how many not, and why; nobody is written to",
    request: { body: body(NewCampaign) },
    responses: { 200: json(CampaignRehearsal, "In numbers"), default: problems },
  }),
  reading: createRoute({
    ...forKeys(deps, "GET /v1/campaigns/{id}"),
    ...{ tags, request: { params }, responses: campaign },
    summary: "One campaign, and how far its people have been asked",
  }),
  takingBack: createRoute({
    ...forKeys(deps, "DELETE /v1/campaigns/{id}"),
    ...{ tags, request: { params }, responses: campaign },
    summary: "Take back a campaign that has not begun",
  }),
  halting: createRoute({
    ...forKeys(deps, "POST /v1/campaigns/{id}/halt"),
    ...{ tags, request: { params }, responses: campaign },
    summary: "Ask nobody further; whoever was asked may still answer",
  }),
  resuming: createRoute({
    ...forKeys(deps, "POST /v1/campaigns/{id}/resume"),
    ...{ tags, request: { params }, responses: campaign },
    summary: "Go on asking where it was stopped",
  }),
});

const keepToRegions = (caller: Caller, regions: readonly RegionId[]): void => {
  for (const region of regions) keepWithin(caller, { region });
};

/** The campaign of that id, where this key reaches all of its regions. */
const within = async (deps: Deps, caller: Caller, id: CampaignId): Promise<Campaign> => {
  const found = await readCampaign(deps, id);
  keepToRegions(caller, found.regions);
  return found;
};

/** Campaigns, and how a later one begins with the people of an earlier one (F18). */
export const campaigns = ({ deps }: { deps: Deps }): Router => {
  const paths = routes(deps);
  return newRouter()
    .openapi(paths.listing, async (c) => {
      const { regions: reach } = reachOf(c.get("caller"));
      const items = (await listCampaigns(c.get("deps"))).filter(({ regions }) =>
        regions.every((region) => !reach || reach.includes(region)),
      );
      return c.json({ items }, 200);
    })
    .openapi(paths.ordering, async (c) => {
      const input = c.req.valid("json");
      keepToRegions(c.get("caller"), input.regions);
      const caller = c.get("caller").label;
      const reply = { caller, headers: c.req.valid("header"), input, status: 201, shape: Campaign };
      return c.json(await once(c, c.get("deps"), reply, (world) => orderCampaign(world, input, caller)), 201);
    })
    .openapi(paths.rehearsing, async (c) => {
      const input = c.req.valid("json");
      keepToRegions(c.get("caller"), input.regions);
      return c.json(await rehearseCampaign(c.get("deps"), input), 200);
    })
    .openapi(paths.reading, async (c) =>
      c.json(await within(c.get("deps"), c.get("caller"), c.req.valid("param").id), 200),
    )
    .openapi(paths.takingBack, async (c) => {
      const { id } = await within(c.get("deps"), c.get("caller"), c.req.valid("param").id);
      return c.json(await takeBackCampaign(c.get("deps"), id, c.get("caller").label), 200);
    })
    .openapi(paths.halting, async (c) => {
      const { id } = await within(c.get("deps"), c.get("caller"), c.req.valid("param").id);
      return c.json(await haltAsking(c.get("deps"), id, c.get("caller").label), 200);
    })
    .openapi(paths.resuming, async (c) => {
      const { id } = await within(c.get("deps"), c.get("caller"), c.req.valid("param").id);
      return c.json(await resumeAsking(c.get("deps"), id, c.get("caller").label), 200);
    });
};
