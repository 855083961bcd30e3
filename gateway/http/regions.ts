import { createRoute, z } from "@hono/zod-openapi";
import { CentreId, RegionId } from "../../schema/primitives.ts";
import { Centre, Region } from "../../schema/region.ts";
import type { Deps } from "../flows/deps.ts";
import { listCentres, listRegions, readCentre, readRegion } from "../flows/places.ts";
import { forAnybody } from "./auth.ts";
import { json, newRouter, problems, type Router } from "./router.ts";

const tags = ["Regions and centres"];

const listing = createRoute({
  ...forAnybody("GET /v1/regions"),
  tags,
  summary: "List the regions",
  responses: { 200: json(z.strictObject({ items: z.array(Region) }), "All regions"), default: problems },
});

const reading = createRoute({
  ...forAnybody("GET /v1/regions/{region}"),
  tags,
  summary: "Read a region",
  request: { params: z.strictObject({ region: RegionId }) },
  responses: { 200: json(Region, "The region"), default: problems },
});

const listingCentres = createRoute({
  ...forAnybody("GET /v1/centres"),
  tags,
  summary: "List the centres, of one region or of all",
  request: { query: z.strictObject({ region: RegionId.optional() }) },
  responses: { 200: json(z.strictObject({ items: z.array(Centre) }), "The centres"), default: problems },
});

const readingCentre = createRoute({
  ...forAnybody("GET /v1/centres/{centre}"),
  tags,
  summary: "Read a centre",
  request: { params: z.strictObject({ centre: CentreId }) },
  responses: { 200: json(Centre, "The centre"), default: problems },
});

/** Where the campaign takes place. */
export const regions = ({ deps }: { deps: Deps }): Router =>
  newRouter()
    .openapi(listing, async (c) => c.json({ items: await listRegions(deps) }, 200))
    .openapi(reading, async (c) => c.json(await readRegion(deps, c.req.valid("param").region), 200))
    .openapi(listingCentres, async (c) =>
      c.json({ items: await listCentres(deps, c.req.valid("query").region) }, 200),
    )
    .openapi(readingCentre, async (c) => c.json(await readCentre(deps, c.req.valid("param").centre), 200));
