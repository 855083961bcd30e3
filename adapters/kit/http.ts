import { type Dispatcher, Pool, request as undiciRequest } from "undici";
import {
  AdapterError,
  type HttpClient,
  type HttpReply,
  type HttpRequest,
  type Log,
} from "../../schema/adapter.ts";
import { type Instant, millis } from "../../schema/primitives.ts";
import { linesOf } from "./lines.ts";

/** The longest body that a platform may send. */
const bodyLimit = 8 * 1024 * 1024;

export type HttpSettings = {
  /** "https://api.example.org/v1"; paths are put behind it. */
  baseUrl: string;
  now(): Instant;
  log: Log;
  timeoutMs?: number;
  /** Instead of a pool of its own, for instance undici's MockAgent. */
  dispatcher?: Dispatcher;
  /** Instead of undici's request, for what intercepts only the global fetch. */
  fetch?: typeof fetch;
};
export type ClosableHttpClient = HttpClient & { close(): Promise<void> };

type Outgoing = {
  url: string;
  method: HttpRequest["method"];
  headers: Record<string, string>;
  body?: string | Uint8Array;
  signal: AbortSignal;
};
type Incoming = { status: number; headers: Record<string, string>; body: AsyncIterable<Uint8Array> };
type Send = (outgoing: Outgoing) => Promise<Incoming>;

/** What each platform is asked through; see `HttpClient` for what it promises. */
export const createHttp = (settings: HttpSettings): ClosableHttpClient => {
  const own =
    settings.dispatcher || settings.fetch
      ? undefined
      : new Pool(new URL(settings.baseUrl).origin, { connections: 64 });
  const dispatcher = settings.dispatcher ?? own;
  const send = settings.fetch ? byFetch(settings.fetch) : byUndici(dispatcher);
  const way = { settings, send };
  return {
    request: (request) =>
      ask(way, request, async (incoming) => {
        const reply = await whole(incoming);
        refuseWhatNoPlatformMeans(reply, request, settings.now());
        return reply;
      }),
    stream: (request, read) =>
      ask(way, request, async ({ status, headers, body }) => {
        try {
          refuseWhatNoPlatformMeans({ status, headers }, request, settings.now());
          return await read({ status, headers, lines: linesOf(body) });
        } finally {
          await leave(body);
        }
      }),
    close: async () => own?.destroy(),
  };
};

/** One exchange, whose time ends when `read` has what it wants of the reply. */
const ask = async <Result>(
  { settings, send }: { settings: HttpSettings; send: Send },
  request: HttpRequest,
  read: (incoming: Incoming) => Promise<Result>,
): Promise<Result> => {
  const { method, path } = request;
  const limit = deadline(request.timeoutMs ?? settings.timeoutMs ?? 10_000, request.signal);
  try {
    const incoming = await send(outgoing(settings.baseUrl, request, limit.signal)).catch((fault: unknown) => {
      throw lost(request, fault, !neverLeft.has(codeOf(fault)));
    });
    return await read({ ...incoming, body: received(request, incoming.body) });
  } catch (fault) {
    if (fault instanceof AdapterError) settings.log.warn({ method, path, fault: fault.fault }, fault.message);
    throw fault;
  } finally {
    limit.clear();
  }
};

/** A body whose end may never come; whatever else a reader throws is its own. */
async function* received(request: HttpRequest, body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (fault) {
    throw lost(request, fault, true);
  }
}

const whole = async ({ status, headers, body }: Incoming): Promise<HttpReply> => {
  const bytes = await readBody(body);
  return { status, headers, bytes, text: new TextDecoder().decode(bytes) };
};

/** Ends a body that nobody wants to the end. */
const leave = async (body: AsyncIterable<Uint8Array>): Promise<void> => {
  try {
    for await (const _ of body) break;
  } catch {
    // It has ended otherwise.
  }
};

const outgoing = (baseUrl: string, request: HttpRequest, signal: AbortSignal): Outgoing => {
  const url = new URL(baseUrl.replace(/\/$/, "") + request.path);
  for (const [name, value] of Object.entries(request.query ?? {}))
    if (value !== undefined) url.searchParams.set(name, String(value));
  const headers: Record<string, string> = { accept: "application/json", ...request.headers };
  const common = { url: url.href, method: request.method, headers, signal };
  if (request.json !== undefined) {
    headers["content-type"] ??= "application/json";
    return { ...common, body: JSON.stringify(request.json) };
  }
  if (request.form) {
    headers["content-type"] ??= "application/x-www-form-urlencoded";
    return { ...common, body: new URLSearchParams(request.form).toString() };
  }
  return request.bytes ? { ...common, body: request.bytes } : common;
};

const byUndici =
  (dispatcher?: Dispatcher): Send =>
  async ({ url, ...options }) => {
    const reply = await undiciRequest(url, { ...options, ...(dispatcher ? { dispatcher } : {}) });
    const headers = Object.entries(reply.headers).map(([name, value]) => [name, String(value ?? "")]);
    return { status: reply.statusCode, headers: Object.fromEntries(headers), body: reply.body };
  };

const byFetch =
  (fetching: typeof fetch): Send =>
  async ({ url, ...options }) => {
    const reply = await fetching(url, { ...options, redirect: "manual" });
    const body = reply.body ?? new Blob([]).stream();
    return { status: reply.status, headers: Object.fromEntries(reply.headers), body };
  };

const readBody = async (body: Incoming["body"]): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.byteLength;
    if (length > bodyLimit) throw new AdapterError("drifted", "the reply is longer than 8 MiB");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

/** `unknown` where the platform may have acted: 503 alone among the 5xx says that it did not. */
const refuseWhatNoPlatformMeans = (
  reply: Pick<HttpReply, "status" | "headers">,
  request: HttpRequest,
  now: Instant,
): void => {
  const at = `${request.method} ${request.path}: status ${reply.status}`;
  const retryAfterSeconds = retryAfter(reply.headers["retry-after"], now);
  if (reply.status === 429) throw new AdapterError("throttled", at, { retryAfterSeconds });
  if (reply.status === 503) throw new AdapterError("unavailable", at, { retryAfterSeconds });
  if (reply.status >= 500) throw new AdapterError(harmless(request) ? "unavailable" : "unknown", at);
};

/** A number of seconds or an HTTP date (RFC 9110, section 10.2.3), as seconds from now. */
const retryAfter = (header: string | undefined, now: Instant): number | undefined => {
  if (!header) return undefined;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - millis(now)) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, Math.ceil(seconds));
};

/** RFC 9110, section 9.2.2: what a repeat of the method alone promises, where the adapter says nothing. */
const harmless = ({ method, safe }: HttpRequest): boolean =>
  safe ?? (method !== "POST" && method !== "PATCH");

/** Faults of a connection that never came about, so that no platform can have acted. */
const neverLeft = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

const codeOf = (fault: unknown): string => {
  if (!(fault instanceof Error)) return "unknown";
  if ("code" in fault && typeof fault.code === "string") return fault.code;
  return fault.cause ? codeOf(fault.cause) : fault.name;
};

/** Only the code is kept: the parser's errors carry the bytes that the platform wrote. */
const lost = (request: HttpRequest, fault: unknown, sent: boolean): AdapterError => {
  const at = `${request.method} ${request.path}`;
  return sent
    ? new AdapterError(
        harmless(request) ? "unavailable" : "unknown",
        `${at}: no whole reply (${codeOf(fault)})`,
      )
    : new AdapterError("unavailable", `${at}: no connection (${codeOf(fault)})`);
};

/** `AbortSignal.any` over a timeout is collected too early by Node 20, so the timer is held here. */
const deadline = (milliseconds: number, outer?: AbortSignal) => {
  const controller = new AbortController();
  const abort = () => controller.abort(new DOMException("time over", "TimeoutError"));
  const timer = setTimeout(abort, milliseconds);
  if (outer?.aborted) abort();
  outer?.addEventListener("abort", abort, { once: true });
  const clear = () => {
    clearTimeout(timer);
    outer?.removeEventListener("abort", abort);
  };
  return { signal: controller.signal, clear };
};
