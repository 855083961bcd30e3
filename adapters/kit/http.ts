import { type Dispatcher, Pool } from "undici";
import { AdapterError, type Log } from "../../schema/adapter.ts";
import type { HttpClient, HttpReply, HttpRequest, HttpStream } from "../../schema/http.ts";
import type { Instant } from "../../schema/primitives.ts";
import { Deadline } from "./deadline.ts";
import { type Errand, errandOf } from "./errand.ts";
import type { Line } from "./line.ts";
import { linesOf } from "./lines.ts";
import { lost, refuseWhatNoPlatformMeans } from "./lost.ts";
import { connectorWithin, type Reach } from "./reach.ts";
import { byFetch, byUndici, leave, outgoing, type Send } from "./send.ts";
import type { Whole } from "./whole.ts";

export type HttpSettings = {
  /** "https://api.example.org/v1"; paths are put behind it. */
  baseUrl: string;
  now(): Instant;
  log: Log;
  timeoutMs?: number;
  /** What all requests to the platform share; without it, none waits for a turn and none is repeated. */
  line?: Line;
  /** Absent: anywhere, for whoever chose the address in their own code. */
  reach?: Reach;
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

const poolFor = (origin: string, { line, reach }: Pick<HttpSettings, "line" | "reach">) =>
  new Pool(origin, {
    ...{ connections: line?.connections ?? connectionsUnlessSaid, pipelining: 1 },
    keepAliveTimeout: keepAliveMs,
    connect: reach ? connectorWithin(reach, connectMs) : { timeout: connectMs },
  });

type Wire = Pick<HttpSettings, "now" | "log" | "line"> & { send: Send; prefix: string; timeoutMs: number };

/** What each platform is asked through; see `HttpClient` for what it promises. */
export const createHttp = (settings: HttpSettings): ClosableHttpClient => {
  const { origin, pathname } = new URL(settings.baseUrl);
  const { now, log, line, timeoutMs = 10_000 } = settings;
  const own = settings.dispatcher || settings.fetch ? undefined : poolFor(origin, settings);
  const dispatcher = settings.dispatcher ?? own;
  const send = dispatcher ? byUndici(origin, dispatcher) : byFetch(origin, settings.fetch ?? fetch);
  const wire = { now, log, line, send, prefix: pathname.replace(/\/$/, ""), timeoutMs };
  return {
    request: (request) => again(wire, request),
    stream: (request, read) =>
      within(wire, request, (asking) => exchange(wire, asking, () => lines(wire, asking, read))),
    close: async () => own?.destroy(),
  };
};

/** A request, when it is to be over, and what for. */
type Asking = { request: HttpRequest; limit: Deadline; errand?: Errand };

/** One deadline for all: the wait for a turn, each try, the pauses between, and what a reader of lines does. */
const within = async <Result>(
  wire: Wire,
  request: HttpRequest,
  work: (asking: Asking) => Promise<Result>,
): Promise<Result> => {
  const errand = errandOf(request);
  const limit = new Deadline(request.timeoutMs ?? wire.timeoutMs, [request.signal, errand?.signal]);
  try {
    return await work({ request, limit, errand });
  } finally {
    limit.clear();
  }
};

/** A whole reply; lines that were handed on cannot be taken back, so only this is repeated. */
const again = (wire: Wire, request: HttpRequest): Promise<HttpReply> =>
  within(wire, request, async (asking) => {
    wire.line?.repeats?.earn();
    for (let repeats = 0; ; repeats += 1) {
      try {
        return await exchange(wire, asking, () => whole(wire, asking));
      } catch (fault) {
        if (!(await maybeRepeat(wire, { fault, repeats, limit: asking.limit }))) throw fault;
      }
    }
  });

/** One request in its turn, which ends when `ask` has what it wants of the reply. */
const exchange = async <Result>(
  { line, log, timeoutMs }: Wire,
  { request, limit, errand }: Asking,
  ask: () => Promise<Result>,
): Promise<Result> => {
  const { method, path, signal, timeoutMs: withinMs = timeoutMs } = request;
  // Somebody waits at a page: their request goes before those of a list that is read meanwhile.
  const turn = line?.turns?.take({ ahead: signal !== undefined, withinMs, limit });
  if (turn) await turn;
  try {
    return await ask();
  } catch (fault) {
    if (fault instanceof AdapterError) {
      log.warn({ method, path, fault: fault.fault }, fault.message);
      holdAfter(line, fault);
      if (fault.fault === "drifted") errand?.hear({ method, path });
    }
    throw fault;
  } finally {
    line?.turns?.leave();
  }
};

const whole = async (wire: Wire, { request, limit, errand }: Asking): Promise<HttpReply> => {
  let came: Whole;
  try {
    came = await wire.send.whole(outgoing(wire.prefix, request, limit));
  } catch (fault) {
    throw lost(request, fault);
  }
  const { status, headers } = came;
  wire.line?.skew.hear(headers.date);
  refuseWhatNoPlatformMeans(came, request, wire.now);
  const reply = new Reply(came);
  const { method, path } = request;
  errand?.hear({ method, path, reply: { status, headers, body: { text: () => reply.text } } });
  return reply;
};

const lines = async <Result>(
  wire: Wire,
  { request, limit, errand }: Asking,
  read: (reply: HttpStream) => Promise<Result>,
): Promise<Result> => {
  const { status, headers, body } = await wire.send
    .begin(outgoing(wire.prefix, request, limit))
    .catch((fault: unknown) => {
      throw lost(request, fault);
    });
  wire.line?.skew.hear(headers.date);
  try {
    refuseWhatNoPlatformMeans({ status, headers }, request, wire.now);
    const hear = (heard: readonly string[]) => {
      const { method, path } = request;
      errand?.hear({ method, path, reply: { status, headers, body: { lines: heard } } });
    };
    return await read({ status, headers, lines: heardLines(received(request, body), hear) });
  } finally {
    await leave(body);
  }
};

/** So many lines of a list show of what kind they are. */
const sampled = { lines: 20, length: 16_384 };

/** The first of them are kept beside, for whoever compares them with the platform's API document. */
async function* heardLines(
  body: AsyncIterable<Uint8Array>,
  hear: (lines: readonly string[]) => void,
): AsyncGenerator<string> {
  const heard: string[] = [];
  hear(heard);
  for await (const line of linesOf(body)) {
    if (heard.length < sampled.lines && line.length < sampled.length && line.trim() !== "") heard.push(line);
    yield line;
  }
}

/** A body whose end may never come; whatever else a reader throws is its own. */
async function* received(request: HttpRequest, body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (fault) {
    throw lost(request, fault);
  }
}

/** Strict: letters that are none would become somebody's name. */
const letters = new TextDecoder("utf-8", { fatal: true });

/** Read as text only by whoever wants text. */
class Reply implements HttpReply {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly bytes: Uint8Array;

  constructor({ status, headers, bytes }: Whole) {
    this.status = status;
    this.headers = headers;
    this.bytes = bytes;
  }

  get text(): string {
    try {
      return letters.decode(this.bytes);
    } catch {
      throw new AdapterError("drifted", `the reply with status ${this.status} is not UTF-8`);
    }
  }
}

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
  { fault, repeats, limit }: { fault: unknown; repeats: number; limit: Deadline },
): Promise<boolean> => {
  if (!(fault instanceof AdapterError) || fault.fault !== "unavailable" || limit.isOver) return false;
  if (fault.retryAfterSeconds !== undefined || repeats >= mostRepeats || !line?.repeats?.take()) return false;
  // Half of it by chance, so that repeats do not come in step.
  await line.sleep(firstPauseMs * 2 ** repeats * (0.5 + Math.random() / 2));
  return !limit.isOver;
};
