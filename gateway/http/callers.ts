import { createRoute, z } from "@hono/zod-openapi";
import { Permission, ShownCaller } from "../../schema/caller.ts";
import { describeCaller } from "../flows/caller.ts";
import type { Deps } from "../flows/deps.ts";
import type { World } from "./app.ts";
import { forKeys } from "./auth.ts";
import type { Permission as Entry } from "./permission.ts";
import { permissions } from "./permissions.ts";
import { openTo } from "./reach.ts";
import { json, newRouter, problems, type Router } from "./router.ts";

const tags = ["Keys"];

const routes = (deps: Deps) => ({
  oneself: createRoute({
    ...forKeys(deps, "GET /v1/caller"),
    tags,
    summary: "Who one is here with this key or token, until when, and what one may call",
    responses: { 200: json(ShownCaller, "Whoever asks"), default: problems },
  }),
  table: createRoute({
    ...forKeys(deps, "GET /v1/permissions"),
    tags,
    summary: "Who may do what: the table by which every address is opened",
    responses: {
      200: json(z.strictObject({ items: z.array(Permission) }), "All of it"),
      default: problems,
    },
  }),
});

/** Who comes in, and to what. */
export const callers = ({ deps }: Pick<World, "deps">): Router => {
  const { oneself, table } = routes(deps);
  const items = permissions.map(({ id, why, who, routes }: Entry) => ({
    ...{ id, why },
    who: { ...who },
    routes: [...routes],
  }));
  return newRouter()
    .openapi(oneself, async (c) => {
      const holder = c.get("holder");
      return c.json({ ...(await describeCaller(deps, holder)), routes: openTo(holder) }, 200);
    })
    .openapi(table, (c) => c.json({ items }, 200));
};
