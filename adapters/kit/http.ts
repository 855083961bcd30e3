import { type Dispatcher, Pool } from "undici";
import { AdapterError, type Log } from "../../schema/adapter.ts";
import type { HttpClient, HttpReply, HttpRequest } from "../../schema/http.ts";
import { type Instant, millis } from "../../schema/primitives.ts";
import { type Exchange, errandNow } from "./errand.ts";
import type { Line } from "./line.ts";
import { linesOf } from "./lines.ts";
import { byFetch, byUndici, type Incoming, leave, outgoing, readBody, type Send } from "./send.ts";

export type HttpSettings = {
  /** "https://api.example.org/v1"; paths are put behind it. */
  baseUrl: string;
  now(): Instant;
  log: Log;
  timeoutMs?: number;
  /** What all requests to the platform share; without it, none waits for a turn and none is repeated. */
  line?: Line;
  /** Instead of a pool of its own, for instance undici's MockAgent. */
  dispatcher?: Dispatcher;
  /** Instead of undici's request, for what intercepts only the global fetch. */
  fetch?: typeof fetch;
};
export type ClosableHttpClient = HttpClient & { close(): Promise<void> };

/** Enough for what the limits let through at once: a request that has its turn waits for no connection. */
const connectionsUnlessSaid = 100;
/** A platform that does not even shake hands is not there. */
const connectMs = 3_000;
/** Longer than a quiet minute of an evening; where a platform says how long it keeps a connection, that counts. */
const keepAliveMs = 60_000;

const poolFor = (origin: string, connections = connectionsUnlessSaid) =>
  new Pool(origin, {
    ...{ connections, pipelining: 1, keepAliveTimeout: keepAliveMs },
    connect: { timeout: connectMs },
  });

type Wire = Pick<HttpSettings, "now" | "log" | "line"> & { send: Send; prefix: string; timeoutMs: number };

/** What each platform is asked through; see `HttpClient` for what it promises. */
export const createHttp = (settings: HttpSettings): ClosableHttpClient => {
  const { origin, pathname } = new URL(settings.baseUrl);
  const { now, log, line, timeoutMs = 10_000 } = settings;
  const own = settings.dispatcher || settings.fetch ? undefined : poolFor(origin, line?.connections);
  const dispatcher = settings.dispatcher ?? own;
  const send = dispatcher ? byUndici(origin, dispatcher) : byFetch(origin, settings.fetch ?? fetch);
  const wire = { now, log, line, send, prefix: pathname.replace(/\/$/, ""), timeoutMs };
  return {
    request: (request) => again(wire, request),
    stream: (request, read) =>
      within(wire, request, (signal) =>
        exchange(wire, request, signal, async ({ status, headers, body }) => {
          try {
            refuseWhatNoPlatformMeans({ status, headers }, request, now());
            return await read({ status, headers, lines: heardLines(request, { status, headers, body }) });
          } finally {
            await leave(body);
          }
        }),
      ),
    close: async () => own?.destroy(),
  };
};

/** For whoever compares what came with the platform's API document, should the adapter not make it out. */
const hear = ({ method, path }: HttpRequest, reply?: Exchange["reply"]) =>
  errandNow()?.hear({ method, path, reply });

/** So many lines of a list show of what kind they are. */
const sampled = { lines: 20, length: 16_384 };

async function* heardLines(
  request: HttpRequest,
  { status, headers, body }: Incoming,
): AsyncGenerator<string> {
  const lines: string[] = [];
  hear(request, { status, headers, body: { lines } });
  for await (const line of linesOf(body)) {
    if (lines.length < sampled.lines && line.length < sampled.length && line.trim() !== "") lines.push(line);
    yield line;
  }
}

/** One deadline for all: the wait for a turn, each try, the pauses between, and what a reader of lines does. */
const within = async <Result>(
  wire: Wire,
  request: HttpRequest,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> => {
  const limit = deadline(request.timeoutMs ?? wire.timeoutMs, [request.signal, errandNow()?.signal]);
  try {
    return await work(limit.signal);
  } finally {
    limit.clear();
  }
};

/** A whole reply; lines that were handed on cannot be taken back, so only this is repeated. */
const again = (wire: Wire, request: HttpRequest): Promise<HttpReply> =>
  within(wire, request, async (signal) => {
    wire.line?.repeats?.earn();
    for (let repeats = 0; ; repeats += 1) {
      try {
        return await exchange(wire, request, signal, async (incoming) => {
          const reply = replyOf(incoming, await readBody(incoming));
          refuseWhatNoPlatformMeans(reply, request, wire.now());
          const { status, headers } = reply;
          hear(request, { status, headers, body: { text: () => reply.text } });
          return reply;
        });
      } catch (fault) {
        if (!(await maybeRepeat(wire, { fault, repeats, signal }))) throw fault;
      }
    }
  });

/** One request in its turn, which ends when `read` has what it wants of the reply. */
const exchange = async <Result>(
  wire: Wire,
  request: HttpRequest,
  signal: AbortSignal,
  read: (incoming: Incoming) => Promise<Result>,
): Promise<Result> => {
  const { line, send, prefix, log } = wire;
  const { method, path, timeoutMs: withinMs = wire.timeoutMs } = request;
  const turn = line?.turns?.take({ ahead: errandNow()?.ahead ?? false, withinMs, signal });
  if (turn) await turn;
  try {
    const incoming = await send(outgoing(prefix, request, signal)).catch((fault: unknown) => {
      throw lost(request, fault);
    });
    line?.skew.hear(incoming.headers.date);
    return await read({ ...incoming, body: received(request, incoming.body) });
  } catch (fault) {
    if (fault instanceof AdapterError) {
      log.warn({ method, path, fault: fault.fault }, fault.message);
      holdAfter(line, fault);
      if (fault.fault === "drifted") hear(request);
    }
    throw fault;
  } finally {
    line?.turns?.leave();
  }
};

/** A body whose end may never come; whatever else a reader throws is its own. */
async function* received(request: HttpRequest, body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (fault) {
    throw lost(request, fault);
  }
}

/** Read as text only by whoever wants text, and strictly: letters that are none would become somebody's name. */
const replyOf = (
  { status, headers }: Pick<HttpReply, "status" | "headers">,
  bytes: Uint8Array,
): HttpReply => ({
  ...{ status, headers, bytes },
  get text() {
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      throw new AdapterError("drifted", `the reply with status ${status} is not UTF-8`);
    }
  },
});

/** A platform that says no more than "too many" is left alone for a breath. */
const breathSeconds = 5;

/** After a 429, or whatever else names a time, nobody asks before it. */
const holdAfter = (line: Line | undefined, { fault, retryAfterSeconds }: AdapterError) => {
  const seconds = retryAfterSeconds ?? (fault === "throttled" ? breathSeconds : 0);
  if (seconds > 0) line?.turns?.hold(seconds);
};

const mostRepeats = 2;
const firstPauseMs = 100;

/**
 * Waits, and says that the request is to be sent again: where that is harmless, for nothing happened or a repeat
 * changes nothing; where the platform named no time; and as long as repeats are few among the requests.
 */
const maybeRepeat = async (
  { line }: Wire,
  { fault, repeats, signal }: { fault: unknown; repeats: number; signal: AbortSignal },
): Promise<boolean> => {
  if (!(fault instanceof AdapterError) || fault.fault !== "unavailable" || signal.aborted) return false;
  if (fault.retryAfterSeconds !== undefined || repeats >= mostRepeats || !line?.repeats?.take()) return false;
  // Half of it by chance, so that repeats do not come in step.
  await line.sleep(firstPauseMs * 2 ** repeats * (0.5 + Math.random() / 2));
  return !signal.aborted;
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
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(0, Math.ceil(seconds)), longestWaitSeconds);
};
/** Whoever says "next year" is asked again within the hour all the same. */
const longestWaitSeconds = 3_600;

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
  if (fault.name === "HTTPParserError") return fault.name;
  if ("code" in fault && typeof fault.code === "string") return fault.code;
  return fault.cause ? codeOf(fault.cause) : fault.name;
};

/** What came was no reply of HTTP's: headers without end, or no headers at all. */
const isBabble = (code: string) => code === "UND_ERR_HEADERS_OVERFLOW" || code === "HTTPParserError";

/** Only the code is kept: the parser's errors carry the bytes that the platform wrote. */
const lost = (request: HttpRequest, fault: unknown): AdapterError => {
  const at = `${request.method} ${request.path}`;
  const code = codeOf(fault);
  if (neverLeft.has(code)) return new AdapterError("unavailable", `${at}: no connection (${code})`);
  const went = isBabble(code) ? "drifted" : "unavailable";
  return new AdapterError(harmless(request) ? went : "unknown", `${at}: no whole reply (${code})`);
};

/** `AbortSignal.any` over a timeout is collected too early by Node 20, so the timer is held here. */
const deadline = (milliseconds: number, outer: (AbortSignal | undefined)[]) => {
  const controller = new AbortController();
  const abort = () => controller.abort(new DOMException("time over", "TimeoutError"));
  const timer = setTimeout(abort, milliseconds);
  for (const each of outer) {
    if (each?.aborted) abort();
    each?.addEventListener("abort", abort, { once: true });
  }
  const clear = () => {
    clearTimeout(timer);
    for (const each of outer) each?.removeEventListener("abort", abort);
  };
  return { signal: controller.signal, clear };
};
