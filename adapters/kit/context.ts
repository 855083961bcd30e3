import type { Dispatcher } from "undici";
import type { AdapterContext, Log } from "../../schema/adapter.ts";
import type { Instant } from "../../schema/primitives.ts";
import { type ClosableHttpClient, createHttp } from "./http.ts";

type ContextSettings = {
  now(): Instant;
  sleep(milliseconds: number): Promise<void>;
  log: Log;
  timeoutMs?: number;
  dispatcher?: Dispatcher;
  fetch?: typeof fetch;
};

/** An adapter's world, with one pool of connections for each base address, until it is closed. */
export const createContext = (settings: ContextSettings): AdapterContext & { close(): Promise<void> } => {
  const clients = new Map<string, ClosableHttpClient>();
  const http = (baseUrl: string) => {
    const client = clients.get(baseUrl) ?? createHttp({ ...settings, baseUrl });
    clients.set(baseUrl, client);
    return client;
  };
  const close = async () => {
    await Promise.all([...clients.values()].map((client) => client.close()));
    clients.clear();
  };
  return { http, now: settings.now, sleep: settings.sleep, log: settings.log, close };
};
