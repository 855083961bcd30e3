import { createHash } from "node:crypto";
import { type Context, Hono } from "hono";
import type { World } from "../../kit/simulator.ts";
import { daysFrom, locationsOf, manifestOf, ndjson, schedulesOf, slotsOn } from "./files.ts";
import type { State } from "./state.ts";

/** Every file of `smart-scheduling-links.openapi.yaml`, made anew from that state whenever it is asked for. */
export const api = (state: State, world: World): Hono => {
  const app = new Hono();
  app.get("/$bulk-publish", (c) => {
    c.header("cache-control", "max-age=60");
    const manifest = manifestOf(state, world.now(), new URL(c.req.url).origin);
    return answer(c, JSON.stringify(manifest), "application/json");
  });
  const lines = (c: Context, resources: object[]) =>
    answer(c, ndjson(state, resources), "application/fhir+ndjson");
  app.get("/locations.ndjson", (c) => lines(c, locationsOf(state)));
  app.get("/schedules.ndjson", (c) => lines(c, schedulesOf(state)));
  app.get("/slots/:day", (c) => {
    const { day } = c.req.param();
    return daysFrom(world.now()).includes(day) ? lines(c, slotsOn(state, day)) : c.notFound();
  });
  return app;
};

/** As web space does: with a validator, and without the content for whoever has it. */
const answer = (c: Context, text: string, type: string): Response => {
  const etag = `"${createHash("sha256").update(text).digest("base64url").slice(0, 22)}"`;
  c.header("etag", etag);
  if (c.req.header("if-none-match") === etag) return c.body(null, 304);
  return c.body(text, 200, { "content-type": type });
};
