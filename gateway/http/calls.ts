import { createRoute, z } from "@hono/zod-openapi";
import { Call, CallOutcome } from "../../schema/call.ts";
import { refuse } from "../../schema/errors.ts";
import { CentreId, InvitationId } from "../../schema/primitives.ts";
import { Invitation } from "../../schema/surplus.ts";
import { callCentre, callSheet, recordCall } from "../flows/call.ts";
import type { Deps } from "../flows/deps.ts";
import { readCentre } from "../flows/places.ts";
import { keepWithin, only } from "./auth.ts";
import { body, json, newRouter, problems, type Router } from "./router.ts";

const routes = (deps: Deps) => {
  const staff = { tags: ["Telephone"], ...only(deps, "staff") };
  return {
    listing: createRoute({
      ...staff,
      summary: "Whom to telephone now, first in order first",
      method: "get",
      path: "/v1/centres/{centre}/calls",
      request: { params: z.strictObject({ centre: CentreId }) },
      responses: { 200: json(z.strictObject({ items: z.array(Call) }), "The call sheet"), default: problems },
    }),
    recording: createRoute({
      ...staff,
      summary: "Note what was heard",
      method: "post",
      path: "/v1/invitations/{id}/call",
      request: {
        params: z.strictObject({ id: InvitationId }),
        body: body(z.strictObject({ outcome: CallOutcome })),
      },
      responses: { 200: json(Invitation, "The invitation as it stands now"), default: problems },
    }),
  };
};

/** The telephone of a centre that keeps a list of its own. */
export const calls = ({ deps }: { deps: Deps }): Router => {
  const { listing, recording } = routes(deps);
  return newRouter()
    .openapi(listing, async (c) => {
      const { region, id: centre } = await readCentre(deps, c.req.valid("param").centre);
      keepWithin(c.get("caller"), { region, centre });
      return c.json({ items: await callSheet(deps, centre) }, 200);
    })
    .openapi(recording, async (c) => {
      const { id } = c.req.valid("param");
      const { region, id: centre } = await readCentre(
        deps,
        (await callCentre(deps, id)) ?? refuse("not_found"),
      );
      keepWithin(c.get("caller"), { region, centre });
      const { outcome } = c.req.valid("json");
      return c.json(await recordCall(deps, id, outcome, c.get("caller").label), 200);
    });
};
