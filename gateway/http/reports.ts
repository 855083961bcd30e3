import { createRoute, z } from "@hono/zod-openapi";
import { Day } from "../../schema/primitives.ts";
import { Dimension, ReportRow } from "../../schema/report.ts";
import type { Deps } from "../flows/deps.ts";
import { report } from "../flows/report.ts";
import { forKeys, reachOf } from "./auth.ts";
import { json, newRouter, problems, type Router } from "./router.ts";

const Question = z
  .strictObject({
    from: Day,
    until: Day.meta({ description: "the last day, included" }),
    by: z
      .preprocess(
        (given) => (typeof given === "string" ? given.split(",") : given),
        z.array(Dimension).max(Dimension.options.length).default(["day"]),
      )
      .meta({ description: "dimensions, with commas between them", param: { explode: false } }),
  })
  .refine(({ from, until }) => from <= until, { path: ["until"], error: "not before `from`" });

const doses = (deps: Deps) =>
  createRoute({
    ...forKeys(deps, "GET /v1/reports/doses"),
    tags: ["Reports"],
    summary: "Doses announced, used and lost",
    request: { query: Question },
    responses: { 200: json(z.strictObject({ items: z.array(ReportRow) }), "Counts"), default: problems },
  });

/** Counts of doses; nobody is named. */
export const reports = ({ deps }: { deps: Deps }): Router =>
  newRouter().openapi(doses(deps), async (c) => {
    const question = { ...c.req.valid("query"), ...reachOf(c.get("caller")) };
    return c.json({ items: await report(c.get("deps"), question) }, 200);
  });
