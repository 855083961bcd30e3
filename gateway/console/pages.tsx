import { type Context, Hono } from "hono";
import { createMiddleware } from "hono/factory";
import type { Log } from "../../schema/adapter.ts";
import type { SignIn } from "../identity/sign-in.ts";
import { agencyPages } from "./agency/pages.tsx";
import { answerFaults, inWords } from "./everybody/faults.tsx";
import { everybodysPages } from "./everybody/pages.tsx";
import type { Api, ApiFor } from "./frame/api.ts";
import { assetPages } from "./frame/assets.ts";
import { listPages } from "./lists/pages.tsx";
import type { Message } from "./sandbox/messages-page.tsx";
import { messagePages } from "./sandbox/pages.tsx";
import { guardedBy } from "./sign-in/guard.tsx";
import { signInPages } from "./sign-in/pages.tsx";
import { openSessions } from "./sign-in/session.ts";
import { staffPages } from "./staff/pages.tsx";
import { volunteersPages } from "./volunteers/pages.tsx";
import { whoMayPages } from "./who-may/pages.tsx";

type Pages = {
  /** The public API, which the forms of those who run no script go through; `env`: whose connection it is for. */
  api(path: string, init?: RequestInit, env?: unknown): ReturnType<Api>;
  /** Whether people reach the pages by https alone. */
  isSecure?: boolean;
  /** How people sign in; without it there is nothing for those who do. */
  signIn?: SignIn;
  /** Where people open the pages. */
  publicUrl?: string;
  log?: Log;
  /** Present in the sandbox only: what was written to people, newest first. */
  sandbox?: { list(query: { to?: string; limit?: number }): Message[] };
};

/** The API says so itself. */
const keepToHttps = createMiddleware(async (c, next) => {
  await next();
  c.header("strict-transport-security", "max-age=31536000");
});

/** The pages: a client of the public API that happens to live here. A room for each kind of person who opens them. */
export const pages = ({ api, isSecure = false, signIn, publicUrl = "", log, sandbox }: Pages): Hono => {
  const app = new Hono();
  const apiFor: ApiFor = (c: Context) => (path, init) => api(path, init, c.env);
  if (isSecure) app.use(keepToHttps);
  app.onError(answerFaults(log));
  app.use(inWords);
  app.route("/", assetPages());
  app.route("/", everybodysPages({ apiFor, isSandbox: sandbox !== undefined, now: signIn?.now }));
  app.route("/", volunteersPages({ api, apiFor }));
  if (signIn) {
    const sessions = openSessions({ signIn, apiFor, isSecure });
    const signedIn = guardedBy({ sessions, apiFor });
    app.route("/", signInPages({ signIn, sessions, signedIn, publicUrl }));
    const now = () => Date.parse(signIn.now());
    app.route("/", listPages({ signedIn, now }));
    app.route("/", staffPages({ signedIn, now }));
    app.route("/agency", agencyPages({ signedIn, now: signIn.now }));
    app.route("/", whoMayPages({ signedIn }));
  }
  if (sandbox) app.route("/sandbox", messagePages(sandbox));
  return app;
};
