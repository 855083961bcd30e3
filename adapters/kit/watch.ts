import type { HttpBindings } from "@hono/node-server";
import type { MiddlewareHandler } from "hono";

/** Every request that reached the platform, also where a fault stood in its place: "GET /slots?centre=lint (200)". */
export type Watch = { middleware: MiddlewareHandler<{ Bindings: HttpBindings }>; asked: string[] };

/** Long enough to know a request by, short enough to read. */
const longest = 120;

const addressOf = (url: string): string => {
  const { pathname, search } = new URL(url);
  const address = `${pathname}${search}`;
  return address.length > longest ? `${address.slice(0, longest)}…` : address;
};

export const createWatch = (): Watch => {
  const asked: string[] = [];
  const middleware: Watch["middleware"] = async (c, next) => {
    const request = `${c.req.method} ${addressOf(c.req.url)}`;
    const place = asked.push(`${request} (no whole reply)`) - 1;
    await next();
    if (!c.env.incoming.socket.destroyed) asked[place] = `${request} (${c.res.status})`;
  };
  return { middleware, asked };
};
