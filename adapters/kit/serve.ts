import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";

export type Serving = {
  url: string;
  /** Refuses connections, as a platform that is down does, until `resume`; the address stays the same. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  close(): Promise<void>;
};

/** Serves an application over real HTTP, on a free port unless one is given. */
export const serve = async (
  app: { fetch(request: Request, env: object): Response | Promise<Response> },
  { port = 0, host = "127.0.0.1" }: { port?: number; host?: string } = {},
): Promise<Serving> => {
  const server = createServer(getRequestListener((request, env) => app.fetch(request, env)));
  const bound = await listen(server, port, host);
  return {
    url: `http://${host}:${bound}`,
    pause: () => stop(server),
    resume: async () => {
      if (!server.listening) await listen(server, bound, host);
    },
    close: () => stop(server),
  };
};

const listen = (server: Server, port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });

const stop = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
