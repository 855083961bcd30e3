import { createRoute, z } from "@hono/zod-openapi";
import { CampaignId, RegionId } from "../../schema/primitives.ts";
import { NewPolicy, Policy } from "../../schema/region.ts";
import { Rehearsal, RehearsalQuestion } from "../../schema/rehearsal.ts";
import type { Deps } from "../flows/deps.ts";
import { enactPolicy, listPolicies, readCentre, readPolicy, readRegion } from "../flows/places.ts";
import { rehearse } from "../flows/rehearse.ts";
import { forAnybody, forKeys, keepWithin } from "./auth.ts";
import { IdempotencyHeader, once } from "./idempotency.ts";
import { body, json, newRouter, problems, type Router } from "./router.ts";

const tags = ["Policies"];
const params = z.strictObject({ region: RegionId });

const reading = createRoute({
  ...forAnybody("GET /v1/regions/{region}/policy"),
  tags,
  summary: "Read the policy in force",
  request: { params, query: z.strictObject({ campaign: CampaignId.optional() }) },
  responses: { 200: json(Policy, "The policy in force"), default: problems },
});

const routes = (deps: Deps) => ({
  listing: createRoute({
    ...forKeys(deps, "GET /v1/regions/{region}/policies"),
    tags,
    summary: "List all versions of a region's policy, newest first",
    request: { params },
    responses: { 200: json(z.strictObject({ items: z.array(Policy) }), "Versions"), default: problems },
  }),
  enacting: createRoute({
    ...forKeys(deps, "POST /v1/regions/{region}/policies"),
    tags,
    summary: "Enact the next version, in force from now on or from a moment to come",
    request: { params, headers: IdempotencyHeader, body: body(NewPolicy) },
    responses: { 201: json(Policy, "In force"), default: problems },
  }),
  rehearsing: createRoute({
    ...forKeys(deps, "POST /v1/policies/dry-run"),
    tags,
    summary: "Ask who would be called; nobody is",
    request: { body: body(RehearsalQuestion) },
    responses: { 200: json(Rehearsal, "Who would be called, in order, and why"), default: problems },
  }),
});

/** A region's rules: which are in force, which were, and what others would change. */
export const policies = ({ deps }: { deps: Deps }): Router => {
  const { listing, enacting, rehearsing } = routes(deps);
  return newRouter()
    .openapi(reading, async (c) =>
      c.json(await readPolicy(deps, c.req.valid("param").region, c.req.valid("query").campaign), 200),
    )
    .openapi(listing, async (c) => {
      const { id } = await readRegion(c.get("deps"), c.req.valid("param").region);
      keepWithin(c.get("caller"), { region: id });
      return c.json({ items: await listPolicies(c.get("deps"), id) }, 200);
    })
    .openapi(enacting, async (c) => {
      const { region } = c.req.valid("param");
      keepWithin(c.get("caller"), { region });
      const { rules, from } = c.req.valid("json");
      const caller = c.get("caller").label;
      const reply = {
        caller,
        headers: c.req.valid("header"),
        input: from ? { rules, from } : rules,
        status: 201,
        shape: Policy,
      };
      const enact = (world: Deps) => enactPolicy(world, { region, rules, from }, caller);
      return c.json(await once(c, c.get("deps"), reply, enact), 201);
    })
    .openapi(rehearsing, async (c) => {
      const question = c.req.valid("json");
      const { region, id: centre } = await readCentre(c.get("deps"), question.centre);
      keepWithin(c.get("caller"), { region, centre });
      return c.json(await rehearse(c.get("deps"), question), 200);
    });
};
