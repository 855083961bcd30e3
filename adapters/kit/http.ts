import { type Dispatcher, Pool, request as undiciRequest } from "undici";
import {
  AdapterError,
  type HttpClient,
  type HttpReply,
  type HttpRequest,
  type Log,
} from "../../schema/adapter.ts";
import { type Instant, millis } from "../../schema/primitives.ts";

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
  return {
    request: (request) => ask(settings, send, request),
    close: async () => own?.destroy(),
  };
};

const ask = async (settings: HttpSettings, send: Send, request: HttpRequest): Promise<HttpReply> => {
  const { method, path } = request;
  const limit = deadline(request.timeoutMs ?? settings.timeoutMs ?? 10_000, request.signal);
  let sent = true;
  try {
    const incoming = await send(outgoing(settings.baseUrl, request, limit.signal)).catch((fault: unknown) => {
      sent = !neverLeft.has(codeOf(fault));
      throw fault;
    });
    const bytes = await readBody(incoming);
    const reply = { ...incoming, bytes, text: new TextDecoder().decode(bytes) };
    refuseWhatNoPlatformMeans(reply, request, settings.now());
    return { status: reply.status, headers: reply.headers, bytes, text: reply.text };
  } catch (fault) {
    const told = fault instanceof AdapterError ? fault : lost(request, fault, sent);
    settings.log.warn({ method, path, fault: told.fault }, told.message);
    throw told;
  } finally {
    limit.clear();
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

const readBody = async ({ body }: Incoming): Promise<Uint8Array> => {
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
const refuseWhatNoPlatformMeans = (reply: HttpReply, request: HttpRequest, now: Instant): void => {
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
