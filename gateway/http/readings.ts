import { createRoute, z } from "@hono/zod-openapi";
import { refuse } from "../../schema/errors.ts";
import { NewReading, Reading } from "../../schema/platform.ts";
import { PlatformName } from "../../schema/primitives.ts";
import { haltReading } from "../flows/sync/halt.ts";
import { orderReading } from "../flows/sync/order.ts";
import type { World } from "./app.ts";
import { forKeys } from "./auth.ts";
import { json, newRouter, problems, type Router } from "./router.ts";

/** A platform serves several regions. */
const reachesAll = ({ regions, centres }: { regions: readonly unknown[]; centres: readonly unknown[] }) =>
  regions.length === 0 && centres.length === 0;

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

const halting = (deps: World["deps"]) =>
  createRoute({
    ...forKeys(deps, "POST /v1/platforms/{platform}/reading/halt"),
    tags: ["Platforms"],
    summary: "Let the reading of a platform's list rest, its first one too",
    description:
      "Who was read stays. Nobody else comes from that list until the reading is ordered again, and then it goes on where it stood. By keys that reach everywhere.",
    request: { params: z.strictObject({ platform: PlatformName }) },
    responses: { 200: json(Reading, "It rests"), default: problems },
  });

/** The readings of lists that people ask for. */
export const readings = ({ deps, platforms }: World): Router => {
  const listed = (wanted: PlatformName): PlatformName =>
    (platforms.find(({ name, ports }) => name === wanted && ports.roster) ?? refuse("not_found")).name;
  return newRouter()
    .openapi(ordering(deps), async (c) => {
      const { missing } = c.req.valid("json") ?? {};
      // Whoever is believed to have left may be of any region.
      if (missing !== undefined && !reachesAll(c.get("holder"))) refuse("not_allowed");
      const platform = listed(c.req.valid("param").platform);
      const order = { missing, actor: c.get("caller").label };
      return c.json(await orderReading(c.get("deps"), platform, order), 202);
    })
    .openapi(halting(deps), async (c) => {
      if (!reachesAll(c.get("holder"))) refuse("not_allowed");
      const platform = listed(c.req.valid("param").platform);
      return c.json(await haltReading(c.get("deps"), { platform, actor: c.get("caller").label }), 200);
    });
};
