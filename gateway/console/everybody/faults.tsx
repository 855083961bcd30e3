import type { Context, ErrorHandler } from "hono";
import { createMiddleware } from "hono/factory";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Log } from "../../../schema/adapter.ts";
import type { Problem } from "../../../schema/errors.ts";
import { unkept } from "../frame/headers.ts";
import { languageOf, page, speaks } from "../frame/page.ts";
import { ApiAway } from "../frame/read.ts";
import { type Fault, FaultPage } from "./fault.tsx";

/* Whoever opens a page with a browser is answered with a page, also where there is none or something failed. Programs, and
 * all addresses of the API, are answered with the problem documents that they know. */

const ofPrograms = /^\/(?:v1|fhir|health|docs|openapi\.json)(?:\/|$)|\.(?:json|js|css|svg)$/;

const isForReading = (c: Context): boolean =>
  !ofPrograms.test(c.req.path) && (c.req.header("accept") ?? "").includes("text/html");

const faultOf = (status: number): Fault => {
  if (status === 404) return "missing";
  if (status === 429 || status === 503) return "busy";
  return status < 500 ? "refused" : "failed";
};

type Told = { status: number; requestId?: string; retryAfter?: number };
const faultPage = async (c: Context, { status, requestId, retryAfter }: Told) => {
  await speaks(c, async () => undefined);
  const fault = faultOf(status);
  const { path, method } = c.req;
  const again = (fault === "busy" || fault === "failed") && method === "GET" ? path : undefined;
  const content = <FaultPage language={languageOf(c)} fault={fault} requestId={requestId} again={again} />;
  return page(c, content, { sent: unkept, status: status as ContentfulStatusCode, retryAfter });
};

/** What answered a browser with a problem answers with a page that says so in words. */
export const inWords = createMiddleware(async (c, next) => {
  await next();
  const { status, headers } = c.res;
  const isProblem = (headers.get("content-type") ?? "").startsWith("application/problem+json");
  if (status < 400 || !isProblem || !isForReading(c)) return;
  const { requestId } = (await c.res.clone().json()) as Problem;
  const kept = [...headers].filter(([name]) => name === "allow" || name === "retry-after");
  const told = await faultPage(c, { status, requestId });
  for (const [name, value] of kept) told.headers.set(name, value);
  c.res = undefined;
  c.res = told;
});

/** Of a page that threw: its place in the code, and nothing that it may have held. */
const framesOf = ({ stack = "" }: Error): string[] =>
  stack.split("\n").filter((line) => line.startsWith("    at "));

export const answerFaults =
  (log?: Log): ErrorHandler =>
  async (error, c) => {
    // Whoever threw it has an answer of their own, as the guard of those who sign in.
    if ("getResponse" in error) return error.getResponse();
    const away = error instanceof ApiAway ? error : undefined;
    if (!away)
      log?.warn(
        { method: c.req.method, error: error.name, frames: framesOf(error) },
        "a page failed for a reason that nobody foresaw",
      );
    const status = away && [429, 503].includes(away.status) ? away.status : 500;
    if (isForReading(c)) return faultPage(c, { status, retryAfter: away?.retryAfter });
    const title = status === 500 ? "The gateway failed" : "Try again soon";
    const code = status === 500 ? "internal" : "overloaded";
    const problem = { type: `urn:problem-type:everydose:${code}`, title, status, code, retry: true };
    if (away?.retryAfter !== undefined) c.header("retry-after", String(away.retryAfter));
    return c.body(JSON.stringify(problem), status as ContentfulStatusCode, {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
    });
  };
