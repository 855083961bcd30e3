import { createRoute, z } from "@hono/zod-openapi";
import { CentreId, Paging, page, SurplusId } from "../../schema/primitives.ts";
import { Steps } from "../../schema/steps.ts";
import { Booking, Expected, NewSurplus, Surplus, SurplusChange } from "../../schema/surplus.ts";
import { adjust, announce, cancel } from "../flows/announce.ts";
import { walkIn } from "../flows/attend.ts";
import type { Caller } from "../flows/authorise.ts";
import type { Deps } from "../flows/deps.ts";
import { readCentre } from "../flows/places.ts";
import { retrace } from "../flows/retrace.ts";
import { listSurpluses, readSurplus, whoIsComing } from "../flows/watch.ts";
import { forKeys, keepWithin, reachOf } from "./auth.ts";
import { IdempotencyHeader, once } from "./idempotency.ts";
import { body, json, newRouter, problems, type Router } from "./router.ts";

const tags = ["Surpluses"];
const one = { params: z.strictObject({ id: SurplusId }) };
const surplus = { 200: json(Surplus, "The surplus"), default: problems };

const routes = (deps: Deps) => ({
  announcing: createRoute({
    ...forKeys(deps, "POST /v1/surpluses"),
    tags,
    summary: "Announce doses left over",
    request: { headers: IdempotencyHeader, body: body(NewSurplus) },
    responses: { 201: json(Surplus, "Announced; from here on it looks for people"), default: problems },
  }),
  listing: createRoute({
    ...forKeys(deps, "GET /v1/surpluses"),
    tags,
    summary: "List surpluses, of one centre or of all, newest first",
    request: { query: Paging.extend({ centre: CentreId.optional() }) },
    responses: { 200: json(page(Surplus), "A page of them"), default: problems },
  }),
  reading: createRoute({
    ...forKeys(deps, "GET /v1/surpluses/{id}"),
    tags,
    summary: "Read a surplus",
    request: one,
    responses: surplus,
  }),
  changing: createRoute({
    ...forKeys(deps, "PATCH /v1/surpluses/{id}"),
    tags,
    summary: "Raise or lower the doses, or move the end",
    request: { ...one, body: body(SurplusChange) },
    responses: surplus,
  }),
  cancelling: createRoute({
    ...forKeys(deps, "POST /v1/surpluses/{id}/cancel"),
    tags,
    summary: "Take a surplus back",
    request: one,
    responses: surplus,
  }),
  expecting: createRoute({
    ...forKeys(deps, "GET /v1/surpluses/{id}/expected"),
    tags,
    summary: "Who is coming",
    request: one,
    responses: {
      200: json(z.strictObject({ items: z.array(Expected) }), "By the hour"),
      default: problems,
    },
  }),
  retracing: createRoute({
    ...forKeys(deps, "GET /v1/surpluses/{id}/steps"),
    tags,
    summary: "What was decided, step by step, and whether it adds up",
    request: one,
    responses: { 200: json(Steps, "From the announcement on"), default: problems },
  }),
  walkingIn: createRoute({
    ...forKeys(deps, "POST /v1/surpluses/{id}/walk-ins"),
    tags,
    summary: "Note a dose given to someone at the door",
    request: { ...one, headers: IdempotencyHeader },
    responses: { 201: json(Booking, "The dose is used"), default: problems },
  }),
});

const keepToSurplus = async (deps: Deps, caller: Caller, id: SurplusId): Promise<Surplus> => {
  const found = await readSurplus(deps, id);
  keepWithin(caller, found);
  return found;
};

/** A centre's leftover doses. */
export const surpluses = ({ deps }: { deps: Deps }): Router => {
  const { announcing, listing, reading, changing, cancelling, expecting, retracing, walkingIn } =
    routes(deps);
  return newRouter()
    .openapi(announcing, async (c) => {
      const input = c.req.valid("json");
      const { region } = await readCentre(c.get("deps"), input.centre);
      keepWithin(c.get("caller"), { region, centre: input.centre });
      const caller = c.get("caller").label;
      const reply = { caller, headers: c.req.valid("header"), input, status: 201, shape: Surplus };
      return c.json(await once(c, c.get("deps"), reply, (world) => announce(world, input, caller)), 201);
    })
    .openapi(listing, async (c) =>
      c.json(
        await listSurpluses(c.get("deps"), { ...reachOf(c.get("caller")), ...c.req.valid("query") }),
        200,
      ),
    )
    .openapi(reading, async (c) =>
      c.json(await keepToSurplus(c.get("deps"), c.get("caller"), c.req.valid("param").id), 200),
    )
    .openapi(changing, async (c) => {
      const { id } = await keepToSurplus(c.get("deps"), c.get("caller"), c.req.valid("param").id);
      return c.json(await adjust(c.get("deps"), id, c.req.valid("json"), c.get("caller").label), 200);
    })
    .openapi(cancelling, async (c) => {
      const { id } = await keepToSurplus(c.get("deps"), c.get("caller"), c.req.valid("param").id);
      return c.json(await cancel(c.get("deps"), id, c.get("caller").label), 200);
    })
    .openapi(expecting, async (c) => {
      const { id } = await keepToSurplus(c.get("deps"), c.get("caller"), c.req.valid("param").id);
      return c.json({ items: await whoIsComing(c.get("deps"), id, c.get("caller").label) }, 200);
    })
    .openapi(retracing, async (c) => {
      const { id } = await keepToSurplus(c.get("deps"), c.get("caller"), c.req.valid("param").id);
      return c.json(await retrace(c.get("deps"), id), 200);
    })
    .openapi(walkingIn, async (c) => {
      const { id } = await keepToSurplus(c.get("deps"), c.get("caller"), c.req.valid("param").id);
      const caller = c.get("caller").label;
      const reply = { caller, headers: c.req.valid("header"), status: 201, shape: Booking };
      return c.json(await once(c, c.get("deps"), reply, (world) => walkIn(world, id, caller)), 201);
    });
};
