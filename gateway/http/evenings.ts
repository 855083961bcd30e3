import { createRoute, z } from "@hono/zod-openapi";
import { Evening } from "../../schema/evening.ts";
import { CentreId } from "../../schema/primitives.ts";
import type { Deps } from "../flows/deps.ts";
import { newWatcher, readEvening } from "../flows/evening.ts";
import { readCentre } from "../flows/places.ts";
import type { World } from "./app.ts";
import { forKeys, keepWithin, readsOn } from "./auth.ts";
import { type Board, openBoards } from "./boards.ts";
import { declaredBy } from "./declared.ts";
import { json, newRouter, problems, type Router } from "./router.ts";
import { beat, streamTo } from "./stream.ts";

const tags = ["Evenings"];
const one = { params: z.strictObject({ centre: CentreId }) };
const streamed = "GET /v1/centres/{centre}/live" as const;

const LastEvent = z.object({
  "Last-Event-ID": z
    .string()
    .optional()
    .meta({ description: "the `position` that one was told last: what changed since follows, and no more" }),
});

const routes = (deps: Deps) => ({
  reading: createRoute({
    ...forKeys(deps, "GET /v1/centres/{centre}/evening"),
    tags,
    summary: "A centre's evening: its doses, who is asked, and who comes",
    request: one,
    responses: { 200: json(Evening, "As it stands"), default: problems },
  }),
  watching: createRoute({
    ...forKeys(deps, streamed),
    tags,
    summary: "A centre's evening, as it changes",
    description:
      "Each look at somebody by name is written to the audit. A name is sent once, and again only when something about that person has changed.",
    request: { ...one, headers: LastEvent },
    responses: {
      200: {
        description:
          "An event `evening` at once, and within a second of each change; its data are an `Evening` of what the reader was not told yet, and its id is the `position`. Every 15 seconds a comment line, so that no proxy takes a quiet evening for a dead connection",
        content: { "text/event-stream": { schema: Evening } },
      },
      default: problems,
    },
  }),
});

const told = declaredBy(Evening);

/** What a centre's staff watches. */
export const evenings = ({ deps, log, heartbeatMs }: World): Router => {
  const { reading, watching } = routes(deps);
  const boards = openBoards({ deps, log });
  return newRouter()
    .openapi(reading, async (c) => {
      const centre = await readCentre(c.get("deps"), c.req.valid("param").centre);
      const { region } = centre;
      keepWithin(c.get("caller"), { region, centre: centre.id });
      return c.json(await readEvening(c.get("deps"), centre, c.get("caller").label), 200);
    })
    .openapi(watching, async (c) => {
      const centre = await readCentre(c.get("deps"), c.req.valid("param").centre);
      const place = { region: centre.region, centre: centre.id };
      keepWithin(c.get("caller"), place);
      const since = c.req.valid("header")["Last-Event-ID"];
      const watcher = newWatcher({ centre, actor: c.get("caller").label, since });
      const mayRead = readsOn(c, deps, { route: streamed, place });
      return streamTo(c, heartbeatMs, ({ write, end }) => {
        const tell = (evening: Evening) =>
          write(`event: evening\nid: ${evening.position}\ndata: ${JSON.stringify(told(evening))}\n\n`);
        const board: Board = { watcher, mayRead, tell, beat: () => write(beat), end };
        boards.join(board);
        return { beat: () => void boards.pulse(board), leave: () => boards.leave(board) };
      }) as never;
    });
};
