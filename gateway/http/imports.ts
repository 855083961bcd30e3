import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { ImportResult } from "../../schema/import.ts";
import { CentreId } from "../../schema/primitives.ts";
import { Reveal } from "../../schema/reveal.ts";
import { ListFormat, Work } from "../../schema/work.ts";
import { exportList } from "../flows/export.ts";
import { importList } from "../flows/import.ts";
import { layDown } from "../flows/work/import.ts";
import type { World } from "./app.ts";
import { forKeys } from "./auth.ts";
import { openFileRoom } from "./file-room.ts";
import { aFile, binary, fileOf, files, fileTypes } from "./files.ts";
import { listAt } from "./lists.ts";
import { body, json, newRouter, problems, type Router, type Scope } from "./router.ts";

const params = z.strictObject({ centre: CentreId });
const tags = ["Lists in files"];

const exportQuery = z.strictObject({ format: ListFormat.default("csv") });
const importQuery = z.strictObject({
  start: z.enum(["now", "later"]).default("now").meta({
    description: "later: read through behind the answer, and taken in once POST /v1/work/{id}/start says so",
  }),
});
const Prefer = z.object({
  Prefer: z.string().max(200).optional().meta({
    description: "respond-async (RFC 7240): answered once the list is laid down, and taken in behind that",
  }),
});

const routes = ({ deps }: World, { enter }: ReturnType<typeof openFileRoom>) => {
  const door = forKeys(deps, "POST /v1/centres/{centre}/imports");
  return {
    importing: createRoute({
      ...door,
      tags,
      middleware: [door.middleware, aFile, enter] as const,
      summary: "Take a centre's list in from a file",
      description:
        "Every row is counted or comes back with its fault. The same file again changes nothing. A long list is better " +
        "sent with `Prefer: respond-async`: it can be followed and stopped, and refused rows mended (`/v1/work`).",
      request: {
        ...{ params, query: importQuery, headers: Prefer },
        body: { required: true, content: Object.fromEntries(fileTypes.map((type) => [type, binary])) },
      },
      responses: {
        200: json(ImportResult, "What became of the rows"),
        202: json(Work, "Laid down, and taken in behind this answer"),
        default: problems,
      },
    }),
    modelling: createRoute({
      ...forKeys(deps, "GET /v1/centres/{centre}/imports/model"),
      tags,
      summary: "A list without anybody on it, with the headings that are read",
      request: { params, query: exportQuery },
      responses: files,
    }),
    exporting: createRoute({
      ...forKeys(deps, "GET /v1/centres/{centre}/exports"),
      tags,
      summary: "A centre's list as a file, without national numbers",
      request: { params, query: exportQuery },
      responses: files,
    }),
    /** By which another system finds the same people: it needs the numbers, and somebody who says why. */
    exportingWithNumbers: createRoute({
      ...forKeys(deps, "POST /v1/centres/{centre}/exports"),
      tags,
      summary: "A centre's list as a file with national numbers, and why",
      description: "The audit names who took it, the reason, and everybody whose number is in it.",
      request: { params, query: exportQuery, body: body(Reveal) },
      responses: files,
    }),
  };
};

/** Whether somebody would rather be answered before it is done. */
const isAsync = (c: Context<Scope>): boolean =>
  (c.req.header("prefer") ?? "").split(",").some((each) => each.trim().toLowerCase() === "respond-async");

/** The lists of centres that keep theirs in a file. */
export const imports = (world: World): Router => {
  const room = openFileRoom();
  const { importing, modelling, exporting, exportingWithNumbers } = routes(world, room);
  const { deps } = world;
  return newRouter()
    .openapi(importing, async (c) => {
      const { port, ...place } = await listAt(c, world, c.req.valid("param").centre);
      const read: typeof port.read = (file) => room.inTurn(() => port.read(file));
      const list = { ...place, port: { ...port, read } };
      const bytes = new Uint8Array(await c.req.arrayBuffer());
      const { start } = c.req.valid("query");
      // A list that comes in is read as the gateway reads any: whom it names may be registered in whichever region.
      if (!isAsync(c) && start === "now") return c.json(await importList(deps, { ...list, bytes }), 200);
      const work = await layDown(c.get("deps"), { ...list, bytes }, start);
      c.header("preference-applied", "respond-async");
      c.header("location", `/v1/work/${work.id}`);
      return c.json(work, 202);
    })
    .openapi(modelling, async (c) => {
      const { centre, port } = await listAt(c, world, c.req.valid("param").centre);
      const { format } = c.req.valid("query");
      return fileOf(c, { name: `${centre}-model`, format }, await port.write({ entries: [], format }));
    })
    .openapi(exporting, async (c) => {
      const list = await listAt(c, world, c.req.valid("param").centre);
      const { format } = c.req.valid("query");
      const bytes = await exportList(c.get("deps"), { ...list, format });
      return fileOf(c, { name: list.centre, format }, bytes);
    })
    .openapi(exportingWithNumbers, async (c) => {
      const list = await listAt(c, world, c.req.valid("param").centre);
      const { format } = c.req.valid("query");
      const why = c.req.valid("json");
      const bytes = await exportList(c.get("deps"), { ...list, format, why });
      return fileOf(c, { name: list.centre, format }, bytes);
    });
};
