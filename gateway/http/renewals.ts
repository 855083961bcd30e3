import { createRoute } from "@hono/zod-openapi";
import { Renewal } from "../../schema/campaign.ts";
import { Consent } from "../../schema/volunteer.ts";
import { acceptRenewal, declineRenewal, readRenewal } from "../flows/campaigns/renew.ts";
import type { Deps } from "../flows/deps.ts";
import { bearer, byToken } from "./auth.ts";
import { body, json, newRouter, problems, type Router } from "./router.ts";

const own = {
  tags: ["Renewals"],
  ...byToken,
  responses: { 200: json(Renewal, "What is asked, and what was answered"), default: problems },
};

const reading = createRoute({
  ...own,
  summary: "Read whether one comes along into a new campaign",
  method: "get",
  path: "/v1/renewal",
});

const accepting = createRoute({
  ...own,
  summary: "Say yes: one is registered with all that one had entered",
  description: "Nothing is stored for the new campaign before. The same yes again changes nothing.",
  method: "post",
  path: "/v1/renewal/accept",
  request: { body: body(Consent) },
});

const declining = createRoute({
  ...own,
  summary: "Say no: nothing is stored",
  method: "post",
  path: "/v1/renewal/decline",
});

/** In the hands of whoever was asked; a message's scanner that follows its link answers nothing. */
export const renewals = ({ deps }: { deps: Deps }): Router =>
  newRouter()
    .openapi(reading, async (c) => c.json(await readRenewal(deps, bearer(c)), 200))
    .openapi(accepting, async (c) => c.json(await acceptRenewal(deps, bearer(c), c.req.valid("json")), 200))
    .openapi(declining, async (c) => c.json(await declineRenewal(deps, bearer(c)), 200));
