import { createRoute, z } from "@hono/zod-openapi";
import { Call, CallOutcome } from "../../schema/call.ts";
import { refuse } from "../../schema/errors.ts";
import { CentreId, InvitationId } from "../../schema/primitives.ts";
import { Invitation } from "../../schema/surplus.ts";
import { callCentre, callSheet, recordCall } from "../flows/call.ts";
import type { Deps } from "../flows/deps.ts";
import { readCentre } from "../flows/places.ts";
import { forKeys, keepWithin } from "./auth.ts";
import { body, json, newRouter, problems, type Router } from "./router.ts";

const tags = ["Telephone"];

const routes = (deps: Deps) => ({
  listing: createRoute({
    ...forKeys(deps, "GET /v1/centres/{centre}/calls"),
    tags,
    summary: "Whom to telephone now, first in order first",
    request: { params: z.strictObject({ centre: CentreId }) },
    responses: { 200: json(z.strictObject({ items: z.array(Call) }), "The call sheet"), default: problems },
  }),
  recording: createRoute({
    ...forKeys(deps, "POST /v1/invitations/{id}/call"),
    tags,
    summary: "Note what was heard",
    request: {
      params: z.strictObject({ id: InvitationId }),
      body: body(z.strictObject({ outcome: CallOutcome })),
    },
    responses: { 200: json(Invitation, "The invitation as it stands now"), default: problems },
  }),
});

/** The telephone of a centre that keeps a list of its own. */
export const calls = ({ deps }: { deps: Deps }): Router => {
  const { listing, recording } = routes(deps);
  return newRouter()
    .openapi(listing, async (c) => {
      const { region, id: centre } = await readCentre(c.get("deps"), c.req.valid("param").centre);
      keepWithin(c.get("caller"), { region, centre });
      return c.json({ items: await callSheet(c.get("deps"), centre, c.get("caller").label) }, 200);
    })
    .openapi(recording, async (c) => {
      const { id } = c.req.valid("param");
      const { region, id: centre } = await readCentre(
        c.get("deps"),
        (await callCentre(c.get("deps"), id)) ?? refuse("not_found"),
      );
      keepWithin(c.get("caller"), { region, centre });
      const { outcome } = c.req.valid("json");
      return c.json(await recordCall(c.get("deps"), id, outcome, c.get("caller").label), 200);
    });
};
