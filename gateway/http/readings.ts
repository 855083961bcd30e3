import { createRoute, z } from "@hono/zod-openapi";
import { refuse } from "../../schema/errors.ts";
import { NewReading, Reading } from "../../schema/platform.ts";
import { PlatformName } from "../../schema/primitives.ts";
import { orderReading } from "../flows/sync/order.ts";
import type { World } from "./app.ts";
import { forKeys } from "./auth.ts";
import { json, newRouter, problems, type Router } from "./router.ts";

const ordering = (deps: World["deps"]) =>
  createRoute({
    ...forKeys(deps, "POST /v1/platforms/{platform}/reading"),
    tags: ["Platforms"],
    summary: "Read a platform's list through now, to see who is not on it any more",
    description:
      "One that runs goes on. With `missing`, the newest reading is believed, which found so many missing and doubted it; by keys that reach everywhere.",
    request: {
      params: z.strictObject({ platform: PlatformName }),
      body: { content: { "application/json": { schema: NewReading } } },
    },
    responses: { 202: json(Reading, "Ordered; GET /v1/platforms shows how far it is"), default: problems },
  });

/** The readings of lists that people ask for. */
export const readings = ({ deps, platforms }: World): Router =>
  newRouter().openapi(ordering(deps), async (c) => {
    const { missing } = c.req.valid("json") ?? {};
    const { regions, centres } = c.get("holder");
    // Whoever is believed to have left may be of any region.
    if (missing !== undefined && (regions[0] ?? centres[0]) !== undefined) refuse("not_allowed");
    const wanted = c.req.valid("param").platform;
    const { name } =
      platforms.find((each) => each.name === wanted && each.ports.roster) ?? refuse("not_found");
    return c.json(await orderReading(c.get("deps"), name, { missing, actor: c.get("caller").label }), 202);
  });
