import type { Context } from "hono";
import { html } from "hono/html";
import type { JSX } from "hono/jsx/jsx-runtime";
import { languageDetector } from "hono/language";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Language } from "../../../schema/primitives.ts";
import { isLanguage, languages } from "../texts/texts.ts";
import { headers, unkept } from "./headers.ts";

/* How a page is answered, and in which language. */

/** The language of `?lang=`, or else the one that the browser asks for. */
export const speaks = languageDetector({
  order: ["querystring", "header"],
  lookupQueryString: "lang",
  supportedLanguages: [...languages],
  fallbackLanguage: "en",
  caches: false,
});

export const languageOf = (c: Context): Language => {
  const language: unknown = c.get("language");
  return isLanguage(language) ? language : "en";
};

/** The language that somebody chose on a page, by its address. */
export const chosenLanguage = (c: Context): Language | undefined => {
  const lang = c.req.query("lang");
  return isLanguage(lang) ? lang : undefined;
};

type Sent = { sent?: Record<string, string>; status?: ContentfulStatusCode; retryAfter?: number };

/** `retryAfter`: in seconds. */
export const page = (
  c: Context,
  content: JSX.Element,
  { sent = headers, status = 200, retryAfter }: Sent = {},
) => {
  c.header("vary", "accept-language");
  if (retryAfter !== undefined) c.header("retry-after", String(retryAfter));
  return c.html(html`<!doctype html>${content}`, status, sent);
};

/** A page that names somebody or holds what opens their place: nothing on the way keeps it. */
export const show = (c: Context, content: JSX.Element, status: ContentfulStatusCode = 200) =>
  page(c, content, { sent: unkept, status });
