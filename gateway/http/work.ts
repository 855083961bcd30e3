import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { refuse } from "../../schema/errors.ts";
import {
  type ListWorkId,
  MendedRows,
  NewExport,
  RowToMend,
  Work,
  WorkId,
  type WorkKind,
} from "../../schema/work.ts";
import { cancelWork, listWork, partsOf, readWork } from "../flows/work/all.ts";
import { orderExport, takeFile } from "../flows/work/export.ts";
import { startImport } from "../flows/work/import.ts";
import { mendRows, rowsToMend } from "../flows/work/mend.ts";
import { placeOfList } from "../flows/work/show.ts";
import type { World } from "./app.ts";
import { forKeys, keepWithin, reachOf } from "./auth.ts";
import { fileOf, files } from "./files.ts";
import { listAt, portOf } from "./lists.ts";
import { reachAt } from "./reach.ts";
import { body, json, newRouter, problems, type Router, type Scope } from "./router.ts";

const tags = ["Long work"];
const params = z.strictObject({ id: WorkId });
const work = { 200: json(Work, "As it is now"), default: problems };

const routes = ({ deps }: World) => ({
  listing: createRoute({
    ...forKeys(deps, "GET /v1/work"),
    tags,
    summary: "Long work that one may see: what goes on first, then the newest, a hundred at the most",
    responses: { 200: json(z.strictObject({ items: z.array(Work) }), "Work"), default: problems },
  }),
  ordering: createRoute({
    ...forKeys(deps, "POST /v1/work"),
    tags,
    summary: "Have a centre's list written as a file, behind the answer",
    description: "The file waits for an hour, and is given out once.",
    request: { body: body(NewExport) },
    responses: { 202: json(Work, "Ordered"), default: problems },
  }),
  reading: createRoute({
    ...forKeys(deps, "GET /v1/work/{id}"),
    ...{ tags, request: { params }, responses: work },
    summary: "How far it has come, and what came of it",
  }),
  cancelling: createRoute({
    ...forKeys(deps, "POST /v1/work/{id}/cancel"),
    ...{ tags, request: { params }, responses: work },
    summary: "Stop it between two rows; what was done stays",
  }),
  starting: createRoute({
    ...forKeys(deps, "POST /v1/work/{id}/start"),
    ...{ tags, request: { params }, responses: work },
    summary: "Take in a list that was only read through",
  }),
  rows: createRoute({
    ...forKeys(deps, "GET /v1/work/{id}/rows"),
    ...{ tags, request: { params } },
    summary: "The rows of a list that were refused, each with what is wrong at which cell",
    description: "Kept for a day after the import. The audit names whoever looks at them.",
    responses: { 200: json(z.strictObject({ items: z.array(RowToMend) }), "Rows"), default: problems },
  }),
  mending: createRoute({
    ...forKeys(deps, "POST /v1/work/{id}/rows"),
    ...{ tags, request: { params, body: body(MendedRows) }, responses: work },
    summary: "Take refused rows in whose cells were mended, or leave them out; what is still wrong stays",
  }),
  taking: createRoute({
    ...forKeys(deps, "POST /v1/work/{id}/file"),
    ...{ tags, request: { params }, responses: files },
    summary: "Take the file of an export, once",
  }),
});

/** Of which kinds the caller sees work: those that they may see where it is ordered. */
const kindsFor = (c: Context<Scope>): WorkKind[] => [
  ...(["import", "export"] as const),
  ...(reachAt("GET /v1/bindings/{id}", c.get("caller").role) ? (["change-over", "first-load"] as const) : []),
  ...(reachAt("GET /v1/campaigns/{id}", c.get("caller").role) ? (["campaign"] as const) : []),
];
const askedBy = (c: Context<Scope>) => ({ reach: reachOf(c.get("caller")), kinds: kindsFor(c) });

/** All that takes longer than anybody waits for. */
export const longWork = (world: World): Router => {
  const paths = routes(world);
  /** A list of that id within the caller's reach. */
  const listOf = async (c: Context<Scope>, id: WorkId) => {
    const { kind, own } = partsOf(id);
    if (kind !== "import" && kind !== "export") return refuse("not_found");
    const place = await placeOfList(c.get("deps"), own as ListWorkId);
    keepWithin(c.get("caller"), place);
    return { ...place, id: own as ListWorkId, actor: c.get("caller").label };
  };
  return newRouter()
    .openapi(paths.listing, async (c) => c.json({ items: await listWork(c.get("deps"), askedBy(c)) }, 200))
    .openapi(paths.ordering, async (c) => {
      const { kind: _, centre, ...asked } = c.req.valid("json");
      const { port: _port, ...list } = await listAt(c, world, centre);
      return c.json(await orderExport(c.get("deps"), { ...list, ...asked }), 202);
    })
    .openapi(paths.reading, async (c) =>
      c.json(await readWork(c.get("deps"), c.req.valid("param").id, askedBy(c)), 200),
    )
    .openapi(paths.cancelling, async (c) => {
      const asked = { ...askedBy(c), actor: c.get("caller").label };
      return c.json(await cancelWork(c.get("deps"), c.req.valid("param").id, asked), 200);
    })
    .openapi(paths.starting, async (c) => {
      const { id, actor } = await listOf(c, c.req.valid("param").id);
      return c.json(await startImport(c.get("deps"), id, actor), 200);
    })
    .openapi(paths.rows, async (c) => {
      const { id, actor } = await listOf(c, c.req.valid("param").id);
      return c.json({ items: await rowsToMend(c.get("deps"), id, actor) }, 200);
    })
    .openapi(paths.mending, async (c) => {
      const { id, actor, platform } = await listOf(c, c.req.valid("param").id);
      const port = portOf(world, platform);
      const { rows } = c.req.valid("json");
      // Whom a mended row names may be registered in whichever region, as with any list.
      return c.json(await mendRows(world.deps, { id, actor, port, rows }), 200);
    })
    .openapi(paths.taking, async (c) => {
      const { id, actor } = await listOf(c, c.req.valid("param").id);
      const { bytes, ...file } = await takeFile(c.get("deps"), id, actor);
      return fileOf(c, file, bytes);
    });
};
