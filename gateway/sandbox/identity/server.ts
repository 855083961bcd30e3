import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Log } from "../../../schema/adapter.ts";
import type { Machine, Person } from "./people.ts";

type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export type IdentityProvider = {
  issuer: string;
  /** Signs with another key from now on, and publishes the old one no more. */
  changeKey(): void;
  close(): Promise<void>;
};

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });

/**
 * The sandbox's own identity provider, on this machine alone. It is made at the first request, since most who start a
 * sandbox use its keys. On the port that is wished for, or on a free one where that is taken.
 */
export const openIdentityProvider = async (given: {
  people: readonly Person[];
  machines: readonly Machine[];
  port?: number;
  log: Log;
}): Promise<IdentityProvider> => {
  let issuer = "";
  let answering: Promise<Answer> | undefined;
  const made = async (): Promise<Answer> => {
    const { createProvider } = await import("./provider.ts");
    return createProvider({ issuer, people: given.people, machines: given.machines });
  };
  const server = createServer((request, response) => {
    answering ??= made();
    answering
      .then((answer) => answer(request, response))
      .catch((error: unknown) => {
        given.log.warn({ error: String(error) }, "the sandbox's identity provider could not answer");
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
  });
  await listen(server, given.port ?? 0).catch(() => listen(server, 0));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    changeKey: () => {
      answering = undefined;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
