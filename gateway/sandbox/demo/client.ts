import { createHttp } from "../../../adapters/kit/http.ts";
import type { Log } from "../../../schema/adapter.ts";
import type { HttpRequest } from "../../../schema/http.ts";
import type { Instant } from "../../../schema/primitives.ts";

/** The gateway's API as a centre's staff calls it, or a volunteer with a token. A refusal is an answer here. */
export const createClient = (world: { baseUrl: string; key: string; now(): Instant; log: Log }) => {
  const http = createHttp({ ...world, timeoutMs: 30_000 });
  const ask = async <Reply>(request: HttpRequest, bearer = world.key): Promise<Reply> => {
    const { text } = await http.request({ ...request, headers: { authorization: `Bearer ${bearer}` } });
    return JSON.parse(text);
  };
  return {
    get: <Reply>(path: string, { bearer }: { bearer?: string } = {}) =>
      ask<Reply>({ method: "GET", path }, bearer),
    post: <Reply>(path: string, { body, bearer }: { body?: unknown; bearer?: string } = {}) =>
      ask<Reply>({ method: "POST", path, json: body ?? {} }, bearer),
    patch: <Reply>(path: string, body: unknown) => ask<Reply>({ method: "PATCH", path, json: body }),
    close: () => http.close(),
  };
};
export type Client = ReturnType<typeof createClient>;
