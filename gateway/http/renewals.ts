import { createRoute } from "@hono/zod-openapi";
import { Renewal } from "../../schema/campaign.ts";
import { Consent } from "../../schema/volunteer.ts";
import { acceptRenewal, declineRenewal, readRenewal } from "../flows/campaigns/renew.ts";
import type { Deps } from "../flows/deps.ts";
import { bearer, forVolunteers } from "./auth.ts";
import { body, json, newRouter, problems, type Router } from "./router.ts";

const own = {
  tags: ["Renewals"],
  responses: { 200: json(Renewal, "What is asked, and what was answered"), default: problems },
};

const reading = createRoute({
  ...forVolunteers("GET /v1/renewal"),
  ...own,
  summary: "Read whether one comes along into a new campaign",
});

const accepting = createRoute({
  ...forVolunteers("POST /v1/renewal/accept"),
  ...own,
  summary: "Say yes: one is registered with all that one had entered",
  description: "Nothing is stored for the new campaign before. The same yes again changes nothing.",
  request: { body: body(Consent) },
});

const declining = createRoute({
  ...forVolunteers("POST /v1/renewal/decline"),
  ...own,
  summary: "Say no: nothing is stored",
});

/** In the hands of whoever was asked; a message's scanner that follows its link answers nothing. */
export const renewals = ({ deps }: { deps: Deps }): Router =>
  newRouter()
    .openapi(reading, async (c) => c.json(await readRenewal(deps, bearer(c)), 200))
    .openapi(accepting, async (c) => c.json(await acceptRenewal(deps, bearer(c), c.req.valid("json")), 200))
    .openapi(declining, async (c) => c.json(await declineRenewal(deps, bearer(c)), 200));
