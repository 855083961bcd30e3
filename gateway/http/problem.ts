import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { AdapterError, type AdapterFault, type Log } from "../../schema/adapter.ts";
import { type ErrorCode, errors, type Problem, Refusal } from "../../schema/errors.ts";
import { isUnreachable } from "../flows/health.ts";
import type { Scope } from "./router.ts";

const ofFault = {
  unavailable: "platform_unavailable",
  throttled: "platform_unavailable",
  unknown: "platform_unavailable",
  drifted: "platform_unavailable",
  rejected: "invalid_input",
  forged: "signature_not_valid",
} as const satisfies Record<AdapterFault, ErrorCode>;

const ofStatus: Partial<Record<number, ErrorCode>> = {
  400: "invalid_input",
  413: "body_too_large",
  415: "unsupported_media",
};

/** Of a request that ends in the middle of its body: nobody reads the answer, and anybody can make it happen. */
const isHungUp = (error: Error): boolean =>
  error.message === "aborted" && "code" in error && error.code === "ECONNRESET";

/** The framework's and the adapters' errors in the gateway's words; nothing for one that nobody foresaw. */
const refusalOf = (error: Error): Refusal | undefined => {
  if (error instanceof Refusal) return error;
  if (error instanceof AdapterError) return new Refusal(ofFault[error.fault]);
  if (isUnreachable(error)) return new Refusal("database_unavailable");
  if (isHungUp(error)) return new Refusal("invalid_input");
  const code = error instanceof HTTPException ? ofStatus[error.status] : undefined;
  return code && new Refusal(code, remedyOf[code]);
};

/** What would mend a request that was refused before anyone looked at its fields. */
const remedyOf: Partial<Record<ErrorCode, string>> = {
  invalid_input: "the body must be JSON: it ends early, or is not JSON at all",
  body_too_large:
    "at most 32 KiB of one person, 256 KiB of staff, 1 MiB of many at once, and 16 MiB of a list whose length is told",
  unsupported_media: "send JSON with content-type: application/json",
};

export const problemOf = (requestId: string, { code, message, issues }: Refusal): Problem => {
  const { title, status, retry } = errors[code];
  return {
    type: `urn:problem-type:everydose:${code}`,
    ...{ title, status, code, retry },
    detail: message === title ? undefined : message,
    requestId,
    issues: issues.length > 0 ? issues : undefined,
  };
};

/** RFC 6750, section 3.1: what was shown is at fault, and another of its kind would do. */
const challenges: Partial<Record<ErrorCode, string>> = { token_not_valid: 'Bearer error="invalid_token"' };

const reply = (c: Context<Scope>, refusal: Refusal): Response => {
  const problem = problemOf(c.get("requestId"), refusal);
  const { status } = errors[refusal.code];
  const headers: Record<string, string> = { "content-type": "application/problem+json" };
  if (status === 401) headers["www-authenticate"] = challenges[refusal.code] ?? "Bearer";
  return c.body(JSON.stringify(problem), status, headers);
};

/** Where an error was thrown, without its message, which may quote what somebody sent. */
const framesOf = ({ stack = "" }: Error): string[] =>
  stack.split("\n").filter((line) => line.startsWith("    at "));

/** An error as a refusal; what nobody foresaw is logged and says nothing. */
const refusalFor = (log: Log, c: Context<Scope>, error: Error): Refusal => {
  const refusal = refusalOf(error);
  if (!refusal) {
    const facts = { requestId: c.get("requestId"), method: c.req.method, error: error.name };
    log.warn({ ...facts, frames: framesOf(error) }, "a request failed for a reason that nobody foresaw");
  }
  if (refusal?.code === "database_unavailable")
    log.warn({ requestId: c.get("requestId"), error: error.message }, "a request found no database");
  return refusal ?? new Refusal("internal");
};

/** The same of one part of a request, whose other parts went well. */
export const problemFor = (log: Log, c: Context<Scope>, error: unknown): Problem =>
  problemOf(
    c.get("requestId"),
    refusalFor(log, c, error instanceof Error ? error : new Error("not an error")),
  );

export const answerProblems =
  (log: Log) =>
  (error: Error, c: Context<Scope>): Response => {
    const response = reply(c, refusalFor(log, c, error));
    const wait = waitOf(error);
    if (wait !== undefined) response.headers.set("retry-after", String(Math.ceil(wait)));
    return response;
  };

/** In seconds: a database that was started again is soon back, a crowd is sooner gone, a platform says itself. */
export const databaseWait = 5;
const waits: Partial<Record<ErrorCode, number>> = { overloaded: 1, database_unavailable: databaseWait };
const waitOf = (error: Error): number | undefined => {
  if (error instanceof Refusal) return error.retryAfterSeconds ?? waits[error.code];
  if (isUnreachable(error)) return databaseWait;
  return error instanceof AdapterError ? error.retryAfterSeconds : undefined;
};

const shapeOf = (path: string): RegExp =>
  new RegExp(`^${path.replace(/[.+?^$()|[\]\\]/g, "\\$&").replace(/:[^/]+/g, "[^/]+")}$`);

/** Refuses an address that there is not, or a method that it does not take, naming those that it does. */
export const answerNothing =
  (routes: readonly { method: string; path: string }[]) =>
  (c: Context<Scope>): Response => {
    const methods = routes
      .filter(({ method, path }) => method !== "ALL" && shapeOf(path).test(c.req.path))
      .map(({ method }) => method);
    if (methods.length === 0) return reply(c, new Refusal("not_found"));
    const response = reply(c, new Refusal("method_not_allowed"));
    response.headers.set("allow", [...new Set(methods)].join(", "));
    return response;
  };
