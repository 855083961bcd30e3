import { readFileSync } from "node:fs";
import { type Context, Hono } from "hono";
import { etag } from "hono/etag";
import { createMiddleware } from "hono/factory";
import { html } from "hono/html";
import type { JSX } from "hono/jsx/jsx-runtime";
import { languageDetector } from "hono/language";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { ConsentText } from "../../schema/consent.ts";
import { ConsentTextPage } from "./everybody/consent-text.tsx";
import { Home } from "./everybody/home.tsx";
import type { ApiFor } from "./frame/api.ts";
import { type Message, Messages } from "./sandbox/messages.tsx";
import { isLanguage, languages } from "./texts/texts.ts";
import { Answer } from "./volunteers/answer.tsx";
import { ConsentPage } from "./volunteers/consent.tsx";
import { consentForm } from "./volunteers/consent-form.tsx";
import { moving, renewing } from "./volunteers/matter.ts";
import { registering, type Show } from "./volunteers/registering.tsx";
import { ownData, ownErasure } from "./volunteers/rights-forms.tsx";
import { showingMine } from "./volunteers/showing-mine.tsx";

type Pages = {
  /** The public API, which the forms of those who run no script go through; `env`: whose connection it is for. */
  api(path: string, init?: RequestInit, env?: unknown): Response | Promise<Response>;
  /** Whether people reach the pages by https alone. */
  isSecure?: boolean;
  /** Present in the sandbox only: what was written to people, newest first. */
  sandbox?: { list(query: { to?: string; limit?: number }): Message[] };
};

/** What no page of ours asks a browser for. */
const noDevices = ["camera", "geolocation", "microphone", "payment", "usb", "browsing-topics"]
  .map((device) => `${device}=()`)
  .join(", ");

/** A page loads what lies beside it and nothing else; nobody frames it, and no address leaves with a click. */
const headers = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": noDevices,
  "cache-control": "no-cache",
};

/** A page whose forms lead to the gateway itself. */
const ownForms = {
  ...headers,
  "content-security-policy": headers["content-security-policy"].replace(
    "form-action 'none'",
    "form-action 'self'",
  ),
};
/** The same, and it names somebody's token: nothing on the way keeps it. */
const unkept = { ...ownForms, "cache-control": "no-store" };

const script = "text/javascript";
const assets = {
  "style.css": "text/css",
  "live.js": script,
  "answer.js": script,
  "consent.js": script,
  "mine.js": script,
  "registration.js": script,
  "register.js": script,
  "my-data.js": script,
};
const shownAtMost = 200;

const addresses = [
  ...["/", "/answer", moving.path, renewing.path, "/register"],
  ...["/my-data", "/my-data/correct", "/my-data/download", "/erasure", "/consent-text/:version"],
];
/** The API says so itself. */
const keepToHttps = createMiddleware(async (c, next) => {
  await next();
  c.header("strict-transport-security", "max-age=31536000");
});

/** The pages: a client of the public API that happens to live here. */
export const pages = ({ api, isSecure = false, sandbox }: Pages): Hono => {
  const app = new Hono();
  const apiFor: ApiFor = (c) => (path, init) => api(path, init, c.env);
  if (isSecure) for (const path of addresses) app.use(path, keepToHttps);
  for (const [name, type] of Object.entries(assets)) {
    const content = readFileSync(new URL(`assets/${name}`, import.meta.url), "utf8");
    app.get(`/${name}`, etag(), (c) =>
      c.body(content, 200, { ...headers, "content-type": `${type}; charset=utf-8` }),
    );
  }
  app.get("/", (c) => page(c, <Home sandbox={sandbox !== undefined} />));
  app.get("/answer", speaks, (c) => {
    c.header("vary", "accept-language");
    return page(c, <Answer language={languageOf(c)} />);
  });
  for (const matter of [moving, renewing]) {
    app.get(matter.path, speaks, (c) => {
      c.header("vary", "accept-language");
      return page(c, <ConsentPage language={languageOf(c)} matter={matter} />, ownForms);
    });
    app.use(matter.path, speaks);
    const show = (c: Context, content: JSX.Element) => page(c, content, unkept);
    app.route(matter.path, consentForm({ apiFor, matter, languageOf, show }));
  }
  app.use("/mine/*", speaks);
  app.route("/mine", showingMine({ apiFor, languageOf, show: (c, content) => page(c, content, unkept) }));
  app.use("/register", speaks);
  const answer: Show = (c, content, { status = 200, retryAfter } = {}) => {
    c.header("vary", "accept-language");
    if (retryAfter !== undefined) c.header("retry-after", String(retryAfter));
    return page(c, content, unkept, status);
  };
  app.route("/register", registering({ api, apiFor, languageOf, show: answer }));
  const showOwn = (c: Context, content: JSX.Element) => {
    c.header("vary", "accept-language");
    return page(c, content, unkept);
  };
  app.get("/consent-text/:version", speaks, async (c) => {
    c.header("vary", "accept-language");
    const version = c.req.param("version");
    const reply = await apiFor(c)(`/v1/consent-texts/${encodeURIComponent(version)}`);
    const written = reply.ok ? ((await reply.json()) as ConsentText).texts : {};
    const shown = <ConsentTextPage language={languageOf(c)} version={version} written={written} />;
    return page(c, shown, headers, reply.ok ? 200 : 404);
  });
  for (const path of ["/my-data", "/erasure"]) app.use(path, speaks);
  for (const path of ["/my-data/download", "/my-data/correct"]) app.use(path, speaks);
  app.route("/my-data", ownData({ apiFor, languageOf, show: showOwn }));
  app.route("/erasure", ownErasure({ apiFor, languageOf, show: showOwn }));
  if (sandbox) addMessages(app, sandbox);
  return app;
};

const addMessages = (app: Hono, { list }: NonNullable<Pages["sandbox"]>): void => {
  app.get("/sandbox/messages", (c) => {
    const to = c.req.query("to");
    return page(c, <Messages messages={list({ to, limit: shownAtMost })} to={to} />);
  });
  app.get("/sandbox/messages.json", (c) => {
    const { to, limit = "50" } = c.req.query();
    if (!/^[1-9]\d{0,3}$/.test(limit)) return c.json({ error: "limit is a number from 1 to 9999" }, 400);
    return c.json({ items: list({ to, limit: Number(limit) }) });
  });
};

const speaks = languageDetector({
  order: ["querystring", "header"],
  lookupQueryString: "lang",
  supportedLanguages: [...languages],
  fallbackLanguage: "en",
  caches: false,
});

const languageOf = (c: Context) => {
  const language: unknown = c.get("language");
  return isLanguage(language) ? language : "en";
};

const page = (
  c: Context,
  content: JSX.Element,
  sent: typeof headers = headers,
  status: ContentfulStatusCode = 200,
) => c.html(html`<!doctype html>${content}`, status, sent);
