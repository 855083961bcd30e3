import { createRoute, z } from "@hono/zod-openapi";
import { databaseAnswers } from "../flows/health.ts";
import type { World } from "./app.ts";
import { forAnybody } from "./auth.ts";
import { databaseWait } from "./problem.ts";
import { json, newRouter, type Router } from "./router.ts";

const State = z.enum(["UP", "DOWN"]);
const Health = z.strictObject({ status: State, parts: z.strictObject({ database: State }) });

const looking = createRoute({
  ...forAnybody("GET /health"),
  tags: ["Health"],
  summary: "Whether the gateway can work, and which part of it cannot",
  description: "Platforms that are down do not stop it: /v1/platforms tells of them.",
  responses: { 200: json(Health, "It can"), 503: json(Health, "A part of it is down") },
});

const patienceMs = 2_000;

export const health = ({ deps }: Pick<World, "deps">): Router =>
  newRouter().openapi(looking, async (c) => {
    c.header("cache-control", "no-store");
    const database = (await databaseAnswers(deps, patienceMs)) ? "UP" : "DOWN";
    const seen: z.infer<typeof Health> = { status: database, parts: { database } };
    if (database === "UP") return c.json(seen, 200);
    c.header("retry-after", String(databaseWait));
    return c.json(seen, 503);
  });
