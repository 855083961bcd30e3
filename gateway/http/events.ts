import { createRoute, z } from "@hono/zod-openapi";
import { CloudEvent, EventCursor, EventFilter, EventPage, EventQuestion } from "../../schema/cloud-event.ts";
import { refuse } from "../../schema/errors.ts";
import type { Deps } from "../flows/deps.ts";
import { beginAt, cursorOf, hearerOf, readEvents } from "../flows/events/feed.ts";
import { baseOf, type World } from "./app.ts";
import { forKeys, stillCalls } from "./auth.ts";
import { declaredBy } from "./declared.ts";
import { type Listener, openEventStreams } from "./event-streams.ts";
import { newRouter, problems, type Router } from "./router.ts";
import { beat, streamTo } from "./stream.ts";

const type = "text/event-stream";
const address = "GET /v1/events" as const;

const Headers = z.object({
  "Last-Event-ID": EventCursor.optional().meta({
    description:
      "of a stream: the id of the event that one was told last, or a cursor. All since follows, in order",
  }),
});

const reading = (deps: Deps) =>
  createRoute({
    ...forKeys(deps, address),
    tags: ["Events"],
    summary: "What happened, in order, as CloudEvents; as pages, or as a stream",
    description:
      "Ids, counts and codes, never who somebody is. Each sees the kinds of events and the places that their role reaches. With `Accept: text/event-stream` they are pushed (WHATWG HTML, 9.2) from `Last-Event-ID` on, or else from `cursor`, `from` or now on; the id of each event is its cursor. Otherwise it is a page, and `next` goes on. The order is that of each region; between regions it is about that. docs/events.md tells of each type.",
    request: { query: EventQuestion, headers: Headers },
    responses: {
      200: {
        description: "The oldest first",
        content: { "application/json": { schema: EventPage }, [type]: { schema: CloudEvent } },
      },
      default: problems,
    },
  });

/** The types that somebody wants to hear of. */
export const filtersIn = (text: string | undefined): EventFilter[] | undefined =>
  text?.split(",").map((each) => {
    const filter = EventFilter.safeParse(each);
    if (filter.success) return filter.data;
    return refuse("invalid_input", undefined, [
      { in: "query", at: "types", detail: `there is no type ${each}; docs/events.md lists them` },
    ]);
  });

const narrow = declaredBy(CloudEvent);

export const events = (world: World): Router => {
  const { deps, log, heartbeatMs } = world;
  const base = baseOf(world);
  const streams = openEventStreams({ deps, log, base });
  return newRouter().openapi(reading(deps), async (c) => {
    const { cursor, from, limit, types } = c.req.valid("query");
    const own = c.get("deps");
    const hearer = await hearerOf(own, c.get("caller"), filtersIn(types));
    if (!c.req.header("accept")?.includes(type)) {
      const reached = await beginAt(own, hearer, { cursor, from, at: "cursor" });
      const page = await readEvents(own, { hearer, reached, limit, base });
      const items = page.heard.map(({ event }) => event);
      return c.json({ items, next: cursorOf(page.reached), more: page.more }, 200);
    }
    const last = c.req.valid("header")["Last-Event-ID"];
    const since = last ?? cursor ?? (from ? undefined : "latest");
    const reached = await beginAt(own, hearer, {
      cursor: since,
      from,
      at: last ? "Last-Event-ID" : "cursor",
    });
    const mayRead = stillCalls(c, deps, address);
    return streamTo(c, heartbeatMs, ({ write, end }) => {
      const listener: Listener = {
        ...{ hearer, reached, mayRead, end },
        tell: (told) =>
          write(
            told
              .map(({ event, cursor: id }) => `id: ${id}\ndata: ${JSON.stringify(narrow(event))}\n\n`)
              .join(""),
          ),
        // An id without data is no event, and yet where a browser goes on.
        beat: (id) => write(`${beat.trimEnd()}\nid: ${id}\n\n`),
      };
      streams.join(listener);
      return { beat: () => void streams.pulse(listener), leave: () => streams.leave(listener) };
    }) as never;
  });
};
