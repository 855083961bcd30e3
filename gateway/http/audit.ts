import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { stream } from "hono/streaming";
import { AuditPage, AuditQuestion } from "../../schema/audit.ts";
import { RegionId } from "../../schema/primitives.ts";
import { exportAudit } from "../flows/audit/export.ts";
import { searchAudit } from "../flows/audit/search.ts";
import type { Deps } from "../flows/deps.ts";
import { readRegion } from "../flows/places.ts";
import type { World } from "./app.ts";
import { forKeys, keepWithin } from "./auth.ts";
import { json, newRouter, problems, type Router, type Scope } from "./router.ts";

const type = "application/jsonl";
const own = {
  tags: ["Audit"],
  description:
    "A line of JSON for each line of the audit, then one for each signature. Ids are keyed references. docs/audit.md says how to check it without the gateway.",
  responses: {
    200: { description: "The chain", content: { [type]: { schema: z.string() } } },
    default: problems,
  },
};

const found = {
  tags: ["Audit"],
  description:
    "Lines that are linked, which takes some seconds, newest first. Whoever looks for a reference is told how far the search came.",
  responses: { 200: json(AuditPage, "Lines, and where to go on"), default: problems },
};

const routes = (deps: Deps) => ({
  ofRegion: createRoute({
    ...forKeys(deps, "GET /v1/regions/{region}/audit"),
    ...own,
    summary: "All that was decided in a region, and each look at a person",
    request: { params: z.strictObject({ region: RegionId }) },
  }),
  ofNone: createRoute({
    ...forKeys(deps, "GET /v1/audit"),
    ...own,
    summary: "What is about no region: who got a key, and whose was ended",
  }),
  inRegion: createRoute({
    ...forKeys(deps, "GET /v1/regions/{region}/audit/lines"),
    ...found,
    summary: "Search what was decided in a region by day, event, who and about what",
    request: { params: z.strictObject({ region: RegionId }), query: AuditQuestion },
  }),
  inNone: createRoute({
    ...forKeys(deps, "GET /v1/audit/lines"),
    ...found,
    summary: "Search what is about no region",
    request: { query: AuditQuestion },
  }),
});

/** The audit, for whoever checks those who decide. */
export const audit = ({ deps, log, platforms }: World): Router => {
  const { ofRegion, ofNone, inRegion, inNone } = routes(deps);
  const names = platforms.map(({ name }) => name);
  const tell = (c: Context<Scope>, region: string) => {
    c.header("content-type", type);
    const lines = async (out: { aborted: boolean; write(text: string): Promise<unknown> }) => {
      for await (const line of exportAudit(c.get("deps"), region)) {
        if (out.aborted) return;
        await out.write(`${JSON.stringify(line)}\n`);
      }
    };
    // What was not signed to its end cannot be checked, so nobody takes it for the whole.
    const cut = async () => log.warn({ region }, "an export of the audit ended before its end");
    return stream(c, lines, cut) as never;
  };
  return newRouter()
    .openapi(ofRegion, async (c) => {
      const { id: region } = await readRegion(c.get("deps"), c.req.valid("param").region);
      keepWithin(c.get("caller"), { region });
      return tell(c, region);
    })
    .openapi(ofNone, (c) => tell(c, ""))
    .openapi(inRegion, async (c) => {
      const { id: region } = await readRegion(c.get("deps"), c.req.valid("param").region);
      keepWithin(c.get("caller"), { region });
      const question = c.req.valid("query");
      return c.json(await searchAudit(c.get("deps"), region, { question, platforms: names }), 200);
    })
    .openapi(inNone, async (c) =>
      c.json(await searchAudit(c.get("deps"), "", { question: c.req.valid("query"), platforms: names }), 200),
    );
};
