import { createRoute, z } from "@hono/zod-openapi";
import { Pair, PairDetail, PairState } from "../../schema/pair.ts";
import { Paging, PairId, page } from "../../schema/primitives.ts";
import type { Caller } from "../flows/authorise.ts";
import type { Deps } from "../flows/deps.ts";
import { mergePair } from "../flows/merge.ts";
import { listPairs, readPair, regionsOfPair, shownPair } from "../flows/pairs.ts";
import { keepApart, undoMerge } from "../flows/part.ts";
import { forKeys, keepWithin, reachOf } from "./auth.ts";
import { json, newRouter, problems, type Router } from "./router.ts";

const one = { params: z.strictObject({ id: PairId }) };
const tags = ["One person"];

const routes = (deps: Deps) => {
  const deciding = (what: "merge" | "keep-apart" | "undo", summary: string) =>
    createRoute({
      ...forKeys(deps, `POST /v1/pairs/{id}/${what}`),
      tags,
      summary,
      request: one,
      responses: { 200: json(Pair, "The pair, decided"), default: problems },
    });
  return {
    listing: createRoute({
      ...forKeys(deps, "GET /v1/pairs"),
      tags,
      summary: "List registrations that may be one person's, the longest waiting first",
      request: { query: Paging.extend({ state: PairState.default("open") }).strict() },
      responses: { 200: json(page(Pair), "A page of them"), default: problems },
    }),
    reading: createRoute({
      ...forKeys(deps, "GET /v1/pairs/{id}"),
      tags,
      summary: "Both registrations side by side",
      request: one,
      responses: { 200: json(PairDetail, "The pair"), default: problems },
    }),
    merging: deciding("merge", "They are one person: one registration stays"),
    keeping: deciding("keep-apart", "They are two people"),
    undoing: deciding("undo", "Take a merge back, unless a dose was given since"),
  };
};

/** A pair is decided where both registrations are: by keys of whole regions. */
const keepToPair = async (deps: Deps, caller: Caller, id: PairId) => {
  for (const region of await regionsOfPair(deps, id)) keepWithin(caller, { region });
};

/** Registrations that may be one person's, for whoever decides. */
export const pairs = ({ deps }: { deps: Deps }): Router => {
  const { listing, reading, merging, keeping, undoing } = routes(deps);
  return newRouter()
    .openapi(listing, async (c) => {
      const { regions } = reachOf(c.get("caller"));
      return c.json(await listPairs(c.get("deps"), { regions, ...c.req.valid("query") }), 200);
    })
    .openapi(reading, async (c) => {
      const { id } = c.req.valid("param");
      await keepToPair(c.get("deps"), c.get("caller"), id);
      return c.json(await readPair(c.get("deps"), id, c.get("caller").label), 200);
    })
    .openapi(merging, async (c) => {
      const { id } = c.req.valid("param");
      await keepToPair(c.get("deps"), c.get("caller"), id);
      return c.json(shownPair(await mergePair(c.get("deps"), id, c.get("caller").label)), 200);
    })
    .openapi(keeping, async (c) => {
      const { id } = c.req.valid("param");
      await keepToPair(c.get("deps"), c.get("caller"), id);
      return c.json(shownPair(await keepApart(c.get("deps"), id, c.get("caller").label)), 200);
    })
    .openapi(undoing, async (c) => {
      const { id } = c.req.valid("param");
      await keepToPair(c.get("deps"), c.get("caller"), id);
      return c.json(shownPair(await undoMerge(c.get("deps"), id, c.get("caller").label)), 200);
    });
};
