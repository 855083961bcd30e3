import type { Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { every } from "hono/combine";
import { createMiddleware } from "hono/factory";

/* What a page's form may be sent by, and as. */

type Said = { status: 403 | 413 | 415; code: string; title: string; detail: string };
const refused = (c: Context, said: Said): Response => {
  const problem = { type: `urn:problem-type:everydose:${said.code}`, ...said, retry: false };
  const headers = { "content-type": "application/problem+json", "cache-control": "no-store" };
  return c.body(JSON.stringify(problem), said.status, headers);
};

/**
 * Whether another site's page had a browser send this; `unsure` where it says neither what sent it nor from where, as
 * some old ones do.
 */
export const isFromElsewhere = (c: Context): boolean | "unsure" => {
  const site = c.req.header("sec-fetch-site");
  if (site !== undefined) return site !== "same-origin" && site !== "none";
  const origin = c.req.header("origin");
  // Browsers that do not say the site say `null` of a page that sends no referrer, as a volunteer's.
  if (origin === undefined || origin === "null") return "unsure";
  return !URL.canParse(origin) || new URL(origin).host !== c.req.header("host");
};

export const sentByAnother = (c: Context): Response =>
  refused(c, {
    status: 403,
    code: "not_allowed",
    title: "This form was sent by another site",
    detail: "open the page here, and send it from there",
  });

/**
 * A volunteer's form acts by the token that stands in it, and no cookie: another site's page has nothing to make use of.
 * All the same, none is taken that another site had somebody send. Where there is a cookie, `sign-in/guard.tsx` asks more.
 */
const sentFromHere = (sent: string) =>
  createMiddleware(async (c, next) => {
    if (c.req.method !== "POST") return next();
    if (isFromElsewhere(c) === true) return sentByAnother(c);
    const [type = ""] = (c.req.header("content-type") ?? "").split(";");
    if (type.trim().toLowerCase() !== sent)
      return refused(c, {
        status: 415,
        code: "unsupported_media",
        title: "This content type is not accepted here",
        detail: `send the form with content-type: ${sent}`,
      });
    return next();
  });

const upTo = (maxSize: number) =>
  bodyLimit({
    maxSize,
    onError: (c) =>
      refused(c, {
        status: 413,
        code: "body_too_large",
        title: "The body is too large",
        detail: `at most ${maxSize / 1024} KiB`,
      }),
  });

/** For forms of so many bytes at the most. */
export const ownForm = (maxSize: number) =>
  every(sentFromHere("application/x-www-form-urlencoded"), upTo(maxSize));

/** For a form that brings a file. */
export const ownFile = (maxSize: number) => every(sentFromHere("multipart/form-data"), upTo(maxSize));
