import { AdapterError } from "../../schema/adapter.ts";
import type { HttpReply, HttpRequest } from "../../schema/http.ts";
import { type Instant, millis } from "../../schema/primitives.ts";

/* What it means for whoever asked where a request has no reply, or one that no adapter need interpret. */

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
export const lost = (request: HttpRequest, fault: unknown): AdapterError => {
  if (fault instanceof AdapterError) return fault;
  const at = `${request.method} ${request.path}`;
  const code = codeOf(fault);
  if (neverLeft.has(code)) return new AdapterError("unavailable", `${at}: no connection (${code})`);
  const went = isBabble(code) ? "drifted" : "unavailable";
  return new AdapterError(harmless(request) ? went : "unknown", `${at}: no whole reply (${code})`);
};

/** Whoever says "next year" is asked again within the hour all the same. */
const longestWaitSeconds = 3_600;

/** A number of seconds or an HTTP date (RFC 9110, section 10.2.3), as seconds from now. */
const retryAfter = (header: string | undefined, now: Instant): number | undefined => {
  if (!header) return undefined;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - millis(now)) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(0, Math.ceil(seconds)), longestWaitSeconds);
};

/** `unknown` where the platform may have acted: 503 alone among the 5xx says that it did not. */
export const refuseWhatNoPlatformMeans = (
  reply: Pick<HttpReply, "status" | "headers">,
  request: HttpRequest,
  now: () => Instant,
): void => {
  if (reply.status < 429) return;
  const at = `${request.method} ${request.path}: status ${reply.status}`;
  const retryAfterSeconds = retryAfter(reply.headers["retry-after"], now());
  if (reply.status === 429) throw new AdapterError("throttled", at, { retryAfterSeconds });
  if (reply.status === 503) throw new AdapterError("unavailable", at, { retryAfterSeconds });
  if (reply.status >= 500) throw new AdapterError(harmless(request) ? "unavailable" : "unknown", at);
};
