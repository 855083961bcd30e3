import { createRoute, z } from "@hono/zod-openapi";
import { LetterCount } from "../../schema/letters.ts";
import type { Deps } from "../flows/deps.ts";
import { countLetters } from "../flows/letters.ts";
import { forKeys, reachOf } from "./auth.ts";
import { json, newRouter, problems, type Router } from "./router.ts";

const counting = (deps: Deps) =>
  createRoute({
    ...forKeys(deps, "GET /v1/letters"),
    tags: ["Rights"],
    summary: "How many letters anybody can have sent were ordered, put off or left out in the last day",
    responses: { 200: json(z.strictObject({ items: z.array(LetterCount) }), "Counts"), default: problems },
  });

/** Whether somebody makes the gateway write too much. */
export const letters = ({ deps }: { deps: Deps }): Router =>
  newRouter().openapi(counting(deps), async (c) => {
    const { regions } = reachOf(c.get("caller"));
    return c.json({ items: await countLetters(c.get("deps"), regions) }, 200);
  });
