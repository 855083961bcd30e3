/* How an adapter speaks with its platform. `adapters/kit` keeps these promises. */

export type HttpRequest = {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below the base address, beginning with "/". Nothing personal: addresses are logged. */
  path: string;
  query?: Record<string, string | number | undefined>;
  headers?: Record<string, string>;
  /** Sent as JSON; `form` url-encoded; `bytes` as they are, with their content-type in `headers`. */
  json?: unknown;
  form?: Record<string, string>;
  bytes?: Uint8Array;
  timeoutMs?: number;
  signal?: AbortSignal;
  /** Whether a repeat is harmless. If not, a reply lost after sending is `unknown`, not `unavailable`. */
  safe?: boolean;
};

export type HttpReply = { status: number; headers: Record<string, string>; bytes: Uint8Array; text: string };

/** A reply that is still coming. `lines` are its body's, without their ends, and can be read once. */
export type HttpStream = { status: number; headers: Record<string, string>; lines: AsyncIterable<string> };

/**
 * The one way to a platform. It resolves for every status that the adapter must interpret (2xx, 3xx, 4xx) and throws
 * `AdapterError` itself where there is nothing to interpret: no connection, time over, 429 (`throttled`), 5xx, a
 * body longer than 8 MiB or cut short.
 */
export type HttpClient = {
  request(request: HttpRequest): Promise<HttpReply>;
  /**
   * The same for a body too long to hold, such as NDJSON: `read` takes its lines as they come, and what it returns is
   * the answer. The time runs until then. `read` may be called anew, as if nothing had been read before. A line longer
   * than 1 MiB, or a body longer than 256 MiB, is `drifted`.
   */
  stream<Result>(request: HttpRequest, read: (reply: HttpStream) => Promise<Result>): Promise<Result>;
};
