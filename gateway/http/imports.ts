import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { refuse } from "../../schema/errors.ts";
import { ImportResult } from "../../schema/import.ts";
import { CentreId } from "../../schema/primitives.ts";
import { Reveal } from "../../schema/reveal.ts";
import { exportList } from "../flows/export.ts";
import { importList, listOf } from "../flows/import.ts";
import { readCentre } from "../flows/places.ts";
import type { World } from "./app.ts";
import { forKeys, keepWithin } from "./auth.ts";
import { body, json, newRouter, problems, type Router, type Scope } from "./router.ts";

const types = {
  csv: "text/csv",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const;
const binary = { schema: { type: "string", format: "binary" } } as const;
const params = z.strictObject({ centre: CentreId });
const tags = ["Lists in files"];

/** What kind of list a file is shows in its bytes. The type only has to say that the body is a file. */
const files = [types.csv, types.xlsx, "application/octet-stream"];
const aFile = createMiddleware<Scope>(async (c, next) => {
  const [type = ""] = (c.req.header("content-type") ?? "").split(";");
  if (!files.includes(type.trim().toLowerCase())) refuse("unsupported_media");
  await next();
});

const exportQuery = z.strictObject({ format: z.enum(["csv", "xlsx"]).default("csv") });
const exported = {
  200: { description: "The file", content: { [types.csv]: binary, [types.xlsx]: binary } },
  default: problems,
};

const routes = ({ deps }: World) => {
  const door = forKeys(deps, "POST /v1/centres/{centre}/imports");
  return {
    importing: createRoute({
      ...door,
      tags,
      middleware: [door.middleware, aFile] as const,
      summary: "Take a centre's list in from a file",
      description: "Every row is counted or comes back with its fault. The same file again changes nothing.",
      request: {
        params,
        body: { required: true, content: Object.fromEntries(files.map((type) => [type, binary])) },
      },
      responses: { 200: json(ImportResult, "What became of the rows"), default: problems },
    }),
    exporting: createRoute({
      ...forKeys(deps, "GET /v1/centres/{centre}/exports"),
      tags,
      summary: "A centre's list as a file, without national numbers",
      request: { params, query: exportQuery },
      responses: exported,
    }),
    /** By which another system finds the same people: it needs the numbers, and somebody who says why. */
    exportingWithNumbers: createRoute({
      ...forKeys(deps, "POST /v1/centres/{centre}/exports"),
      tags,
      summary: "A centre's list as a file with national numbers, and why",
      description: "The audit names who took it, the reason, and everybody whose number is in it.",
      request: { params, query: exportQuery, body: body(Reveal) },
      responses: exported,
    }),
  };
};

const fileOf = (
  c: Context<Scope>,
  { name, format }: { name: string; format: keyof typeof types },
  bytes: Uint8Array,
) => {
  c.header("content-type", types[format]);
  c.header("content-disposition", `attachment; filename="${name}.${format}"`);
  return c.body(Uint8Array.from(bytes), 200);
};

/** The lists of centres that keep theirs in a file. */
export const imports = (world: World): Router => {
  const { importing, exporting, exportingWithNumbers } = routes(world);
  const { deps } = world;
  const listAt = async (c: Context<Scope>, asked: CentreId) => {
    const { region, id: centre } = await readCentre(c.get("deps"), asked);
    keepWithin(c.get("caller"), { region, centre });
    const platform = await listOf(c.get("deps"), centre);
    const port = world.platforms.find(({ name }) => name === platform)?.ports.spreadsheet;
    if (!platform || !port) return refuse("not_found", "this centre's list does not lie in a file");
    return { actor: c.get("caller").label, region, centre, platform, port };
  };
  return newRouter()
    .openapi(importing, async (c) => {
      const list = await listAt(c, c.req.valid("param").centre);
      const bytes = new Uint8Array(await c.req.arrayBuffer());
      // A list that comes in is read as the gateway reads any: whom it names may be registered in whichever region.
      return c.json(await importList(deps, { ...list, bytes }), 200);
    })
    .openapi(exporting, async (c) => {
      const list = await listAt(c, c.req.valid("param").centre);
      const { format } = c.req.valid("query");
      return fileOf(c, { name: list.centre, format }, await exportList(c.get("deps"), { ...list, format }));
    })
    .openapi(exportingWithNumbers, async (c) => {
      const list = await listAt(c, c.req.valid("param").centre);
      const { format } = c.req.valid("query");
      const why = c.req.valid("json");
      return fileOf(
        c,
        { name: list.centre, format },
        await exportList(c.get("deps"), { ...list, format, why }),
      );
    });
};
