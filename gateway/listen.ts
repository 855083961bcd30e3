import { createServer, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import { type Door, withoutBody } from "./http/door.ts";

/**
 * So many connections may wait to be taken; the system allows no more than its own limit (`net.core.somaxconn`). With
 * Node's 511, a crowd that comes while the event loop is a third of a second late finds no room, and whoever finds none
 * tries again after 1, 3, 7 and 15 seconds, unseen by the gateway (docs/performance.md).
 */
const backlog = 4_096;

/**
 * A proxy keeps its connections for a minute or so (nginx 60 s, AWS 60 s). Node would close them after 5: whoever was
 * just sent over one gets no answer, and the next crowd comes on new connections, of which Node takes one in a turn.
 */
const keptMs = 75_000;

/**
 * Whoever sends a letter a second holds a connection for nothing. A list of 16 MiB takes a minute at 2 Mbit/s; headers
 * take one packet or two.
 */
const patience = { headersTimeout: 10_000, requestTimeout: 120_000, connectionsCheckingInterval: 2_000 };
/** Tokens, proxies and languages together are a tenth of it. */
const headers = { maxHeaderSize: 16 * 1024 };

type Place = { host: string; port: number };
type Served = {
  app: Pick<Hono, "fetch">;
  /** Whom it turns away, the application does not see. */
  door?: Door;
};

/** Serves on that port, or on a free one for 0; fails where it cannot. */
export const listenOn = (
  { app, door }: Served,
  { host, port }: Place,
): Promise<{ server: Server; port: number }> =>
  new Promise((resolve, reject) => {
    const serve = getRequestListener(app.fetch, { hostname: host });
    const server = createServer({ ...patience, ...headers }, (request, response) => {
      if (withoutBody(request, response) || door?.(request, response)) return;
      void serve(request, response);
    });
    server.keepAliveTimeout = keptMs;
    server.once("error", reject);
    server.listen({ host, port, backlog }, () => {
      const address = server.address();
      resolve({ server, port: typeof address === "object" && address ? address.port : port });
    });
  });
