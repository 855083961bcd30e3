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
import { keepWithin, only, reachOf } from "./auth.ts";
import { IdempotencyHeader, once } from "./idempotency.ts";
import { body, json, newRouter, problems, type Router } from "./router.ts";

const params = z.strictObject({ id: CampaignId });
const campaign = { 200: json(Campaign, "As it is now"), default: problems };

const routes = (deps: Deps) => {
  const agency = { tags: ["Campaigns"], ...only(deps, "agency") };
  return {
    listing: createRoute({
      ...{ ...agency, summary: "All campaigns, the newest first", method: "get", path: "/v1/campaigns" },
      responses: { 200: json(z.strictObject({ items: z.array(Campaign) }), "Campaigns"), default: problems },
    }),
    ordering: createRoute({
      ...agency,
      summary: "Begin a campaign with the people of an earlier one, who are asked once each",
      method: "post",
      path: "/v1/campaigns",
      request: { headers: IdempotencyHeader, body: body(NewCampaign) },
      responses: { 201: json(Campaign, "Ordered"), default: problems },
    }),
    rehearsing: createRoute({
      ...agency,
      summary: "How many people such a campaign would ask, and how many not, and why; nobody is written to",
      method: "post",
      path: "/v1/campaigns/rehearsal",
      request: { body: body(NewCampaign) },
      responses: { 200: json(CampaignRehearsal, "In numbers"), default: problems },
    }),
    reading: createRoute({
      ...{ ...agency, summary: "One campaign, and how far its people have been asked" },
      ...{ method: "get", path: "/v1/campaigns/{id}", request: { params }, responses: campaign },
    }),
    takingBack: createRoute({
      ...{ ...agency, summary: "Take back a campaign that has not begun" },
      ...{ method: "delete", path: "/v1/campaigns/{id}", request: { params }, responses: campaign },
    }),
    halting: createRoute({
      ...{ ...agency, summary: "Ask nobody further; whoever was asked may still answer" },
      ...{ method: "post", path: "/v1/campaigns/{id}/halt", request: { params }, responses: campaign },
    }),
    resuming: createRoute({
      ...{ ...agency, summary: "Go on asking where it was stopped" },
      ...{ method: "post", path: "/v1/campaigns/{id}/resume", request: { params }, responses: campaign },
    }),
  };
};

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
      const items = (await listCampaigns(deps)).filter(({ regions }) =>
        regions.every((region) => !reach || reach.includes(region)),
      );
      return c.json({ items }, 200);
    })
    .openapi(paths.ordering, async (c) => {
      const input = c.req.valid("json");
      keepToRegions(c.get("caller"), input.regions);
      const caller = c.get("caller").label;
      const reply = { caller, headers: c.req.valid("header"), input, status: 201, shape: Campaign };
      return c.json(await once(c, deps, reply, (world) => orderCampaign(world, input, caller)), 201);
    })
    .openapi(paths.rehearsing, async (c) => {
      const input = c.req.valid("json");
      keepToRegions(c.get("caller"), input.regions);
      return c.json(await rehearseCampaign(deps, input), 200);
    })
    .openapi(paths.reading, async (c) =>
      c.json(await within(deps, c.get("caller"), c.req.valid("param").id), 200),
    )
    .openapi(paths.takingBack, async (c) => {
      const { id } = await within(deps, c.get("caller"), c.req.valid("param").id);
      return c.json(await takeBackCampaign(deps, id, c.get("caller").label), 200);
    })
    .openapi(paths.halting, async (c) => {
      const { id } = await within(deps, c.get("caller"), c.req.valid("param").id);
      return c.json(await haltAsking(deps, id, c.get("caller").label), 200);
    })
    .openapi(paths.resuming, async (c) => {
      const { id } = await within(deps, c.get("caller"), c.req.valid("param").id);
      return c.json(await resumeAsking(deps, id, c.get("caller").label), 200);
    });
};
