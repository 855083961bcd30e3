import { createRoute, z } from "@hono/zod-openapi";
import { SurplusToday } from "../../schema/today.ts";
import { today } from "../flows/watch.ts";
import type { World } from "./app.ts";
import { forAnybody } from "./auth.ts";
import { json, newRouter, problems, type Router } from "./router.ts";
import { latest, streamTo } from "./stream.ts";

type Listener = (data: string) => void;
const everyMs = 500;

/** Reads for all listeners together, only while there are any, and tells each what changed. */
const watch = (read: () => Promise<string>) => {
  const listeners = new Set<Listener>();
  let last: string | undefined;
  let reading = false;
  let timer: NodeJS.Timeout | undefined;
  const look = async () => {
    if (reading) return;
    reading = true;
    const seen = await read().finally(() => {
      reading = false;
    });
    if (seen === last || listeners.size === 0) return;
    last = seen;
    for (const tell of listeners) tell(seen);
  };
  const leave = (listener: Listener) => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
    last = undefined;
  };
  const join = (listener: Listener, onError: (error: unknown) => void) => {
    listeners.add(listener);
    if (last !== undefined) listener(last);
    if (timer) return;
    const turn = () => void look().catch(onError);
    timer = setInterval(turn, everyMs);
    turn();
  };
  return { join, leave };
};

const listening = createRoute({
  ...forAnybody("GET /v1/live"),
  tags: ["Live"],
  summary: "Today, as it changes",
  responses: {
    200: {
      description:
        "An event `today` at once and after each change; its data are all of today's surpluses. Every 15 seconds a comment line, so that no proxy takes a quiet evening for a dead connection",
      content: { "text/event-stream": { schema: z.string() } },
    },
  },
});

const reading = createRoute({
  ...forAnybody("GET /v1/today"),
  tags: ["Live"],
  summary: "Today, as it is now",
  responses: {
    200: json(z.strictObject({ items: z.array(SurplusToday) }), "All of today's surpluses, newest first"),
    default: problems,
  },
});

/** What everybody may see of today: at one moment, and pushed. */
export const live = ({ deps, log, heartbeatMs }: World): Router => {
  // Looking changes nothing, so it wakes nobody.
  const quiet = { ...deps, nudge: () => undefined };
  const { join, leave } = watch(async () => JSON.stringify(await today(quiet)));
  const onError = () => log.warn({ everyMs }, "today could not be read; the next look may");
  const router = newRouter().openapi(reading, async (c) => c.json({ items: await today(quiet) }, 200));
  return router.openapi(listening, (c) =>
    streamTo(c, heartbeatMs, ({ write }) => {
      const tell = latest(write);
      const hear = (data: string) => void tell(`event: today\ndata: ${data}\n\n`);
      join(hear, onError);
      return { beat: () => void tell(), leave: () => leave(hear) };
    }),
  );
};
