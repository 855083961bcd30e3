import type { Context, MiddlewareHandler } from "hono";
import { every } from "hono/combine";
import { createMiddleware } from "hono/factory";
import type { ShownCaller } from "../../../schema/caller.ts";
import type { Route } from "../../http/permissions.ts";
import type { Api, ApiFor } from "../frame/api.ts";
import { signedIn as sent } from "../frame/headers.ts";
import { isFromElsewhere, sentByAnother } from "../frame/own-form.ts";
import { languageOf, page, speaks } from "../frame/page.ts";
import { AwayPage } from "./away-page.tsx";
import { formIn, LostPage } from "./lost-page.tsx";
import { NotYoursPage } from "./not-yours-page.tsx";
import type { Sessions } from "./session.ts";

/** Who opened a page, and what they may do: `c.get("session")` behind the guard. */
export type Session = {
  caller: ShownCaller;
  /** As they are called in the head of each page. */
  name: string;
  /** Whether their role opens this; whether it reaches a place, the API says. */
  may(route: Route): boolean;
  /**
   * The API as they call it. Where it does not know them any more, or says that something is not theirs, it answers
   * nothing: the page ends there, and they read why and how to go on.
   */
  api: Api;
};
export type SignedIn = { Variables: { session: Session } };
export type SignedInGuard = MiddlewareHandler<SignedIn>;

/** Ends a page that somebody may not go on with. */
class Ended extends Error {
  readonly why: "over" | "notYours";
  constructor(why: "over" | "notYours") {
    super(why);
    this.why = why;
  }
  /** What Hono answers by itself; the guard answers a page instead. */
  getResponse(): Response {
    return new Response(null, { status: this.why === "over" ? 401 : 403 });
  }
}

/** The API with somebody's bearer, which stands nowhere but in what is asked of it. */
const bearingOnly = (api: Api, bearer: string): Api => {
  return async (path, init = {}) => {
    const headers = new Headers(init.headers);
    headers.set("authorization", `Bearer ${bearer}`);
    const reply = await api(path, { ...init, headers });
    if (reply.status === 401) throw new Ended("over");
    if (reply.status !== 403) return reply;
    const { code } = (await reply
      .clone()
      .json()
      .catch(() => ({}))) as { code?: string };
    if (code === "not_allowed") throw new Ended("notYours");
    return reply;
  };
};

const isReading = ({ req }: Context): boolean => req.method === "GET" || req.method === "HEAD";
/** A script of ours asks, and no person reads what it is answered. */
const isScript = ({ req }: Context): boolean => req.header("sec-fetch-dest") === "empty";
const wantedAt = ({ req }: Context): string => {
  const { pathname, search } = new URL(req.url);
  return pathname + search;
};

/** Only a browser that says it sends a page of ours acts by its cookie. */
const fromHere = createMiddleware(async (c, next) =>
  isReading(c) || isFromElsewhere(c) === false ? next() : sentByAnother(c),
);

/** For pages of those who sign in: lets them in, sends everybody else to do so, and brings them back. */
export const guardedBy = ({ sessions, apiFor }: { sessions: Sessions; apiFor: ApiFor }): SignedInGuard => {
  const signInAgain = async (c: Context, why: "none" | "over"): Promise<Response> => {
    sessions.end(c);
    const language = languageOf(c);
    if (isScript(c)) return c.json({ code: "unauthenticated" }, 401, sent);
    if (!isReading(c))
      return page(c, <LostPage language={language} form={await formIn(c)} />, { sent, status: 401 });
    const asked = new URLSearchParams({ to: wantedAt(c), lang: language, ...(why === "over" && { why }) });
    return c.redirect(`/sign-in?${asked}`, 303);
  };

  const guard = createMiddleware<SignedIn>(async (c, next) => {
    const found = await sessions.find(c);
    const language = languageOf(c);
    if ("missing" in found) {
      const { missing, retryAfter = 30 } = found;
      if (missing === "none" || missing === "over") return signInAgain(c, missing);
      if (missing === "roleless") return page(c, <NotYoursPage language={language} />, { sent, status: 403 });
      return page(c, <AwayPage language={language} />, { sent, status: 503, retryAfter });
    }
    const { caller, kept } = found;
    const api = bearingOnly(apiFor(c), kept.bearer);
    const session: Session = {
      caller,
      api,
      name: kept.name ?? caller.label,
      may: (route) => caller.routes.includes(route),
    };
    c.set("session", session);
    await next();
    if (c.error instanceof Ended) {
      const { why } = c.error;
      c.res =
        why === "over"
          ? await signInAgain(c, why)
          : await page(c, <NotYoursPage language={language} session={session} />, { sent, status: 403 });
      if (why === "over") return;
    }
    // Whatever the page itself says: nothing keeps it, and it tells us alone from where its forms are sent.
    c.header("cache-control", "no-store");
    c.header("referrer-policy", sent["referrer-policy"]);
    if (found.renewed) await sessions.keep(c, kept);
  });
  return every(speaks, fromHere, guard) as SignedInGuard;
};
