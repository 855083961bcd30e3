import type { Dispatcher } from "undici";
import type { AdapterContext, Log } from "../../schema/adapter.ts";
import type { Limits } from "../../schema/platform.ts";
import type { Instant } from "../../schema/primitives.ts";
import { type ClosableHttpClient, createHttp } from "./http.ts";
import { createLine, type Line } from "./line.ts";
import type { Reach } from "./reach.ts";

type ContextSettings = {
  now(): Instant;
  sleep(milliseconds: number): Promise<void>;
  log: Log;
  /** How much one may ask of the platform; without them as much as one likes, and nothing is asked twice. */
  limits?: Limits;
  /** How many gateways share those limits at this moment; one, where it is absent. */
  sharers?(): number;
  timeoutMs?: number;
  /** Where the platform may lie; anywhere, where it is absent. */
  reach?: Reach;
  dispatcher?: Dispatcher;
  fetch?: typeof fetch;
};
export type Context = AdapterContext & { line: Line; close(): Promise<void> };

/** An adapter's world: one line to its platform, and a pool of connections for each base address, until closed. */
export const createContext = (settings: ContextSettings): Context => {
  const line = createLine(settings);
  const clients = new Map<string, ClosableHttpClient>();
  const http = (baseUrl: string) => {
    const client = clients.get(baseUrl) ?? createHttp({ ...settings, baseUrl, line });
    clients.set(baseUrl, client);
    return client;
  };
  const close = async () => {
    await Promise.all([...clients.values()].map((client) => client.close()));
    clients.clear();
  };
  return { http, now: settings.now, sleep: settings.sleep, log: settings.log, line, close };
};
