import { createRoute, z } from "@hono/zod-openapi";
import { IssuedKey, Key, KeyLabel, NewKey } from "../../schema/key.ts";
import type { Deps } from "../flows/deps.ts";
import { listKeys, makeKey, revokeKey } from "../flows/keys.ts";
import type { World } from "./app.ts";
import { forKeys } from "./auth.ts";
import { IdempotencyHeader, once } from "./idempotency.ts";
import { body, json, newRouter, problems, type Router } from "./router.ts";

const tags = ["Keys"];

const routes = (deps: Deps) => ({
  making: createRoute({
    ...forKeys(deps, "POST /v1/keys"),
    tags,
    summary: "Make a key; it is shown this once",
    request: { headers: IdempotencyHeader, body: body(NewKey) },
    responses: { 201: json(IssuedKey, "Valid from now on"), default: problems },
  }),
  listing: createRoute({
    ...forKeys(deps, "GET /v1/keys"),
    tags,
    summary: "List the keys that are valid, newest first; never the keys themselves",
    responses: { 200: json(z.strictObject({ items: z.array(Key) }), "All of them"), default: problems },
  }),
  revoking: createRoute({
    ...forKeys(deps, "DELETE /v1/keys/{label}"),
    tags,
    summary: "End a key; it opens nothing from now on",
    request: { params: z.strictObject({ label: KeyLabel }) },
    responses: { 204: { description: "Ended" }, default: problems },
  }),
});

/** Who may come in: an operator's own business. */
export const keys = ({ deps, keysGiven = [], platforms }: World): Router => {
  const { making, listing, revoking } = routes(deps);
  const names = platforms.map(({ name }) => name);
  return newRouter()
    .openapi(making, async (c) => {
      const input = c.req.valid("json");
      const caller = c.get("caller").label;
      const by = { actor: caller, platforms: names };
      const reply = { caller, headers: c.req.valid("header"), input, status: 201, shape: IssuedKey };
      return c.json(await once(c, c.get("deps"), reply, (world) => makeKey(world, input, by)), 201);
    })
    .openapi(listing, async (c) => c.json({ items: await listKeys(c.get("deps")) }, 200))
    .openapi(revoking, async (c) => {
      const { label } = c.req.valid("param");
      await revokeKey(c.get("deps"), { label, given: keysGiven }, c.get("caller").label);
      return c.body(null, 204);
    });
};
