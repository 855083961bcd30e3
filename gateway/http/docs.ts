import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { compress } from "hono/compress";
import { etag } from "hono/etag";
import { html } from "hono/html";
import { newRouter, type Router } from "./router.ts";

/** Scalar for browsers, in one file; the package that holds it ready-made is otherwise not used. */
const packaged = createRequire(import.meta.url).resolve("@scalar/fastify-api-reference");
const bundle = new URL("js/standalone.js", pathToFileURL(packaged));
const scripts = { "scalar.js": bundle, "start.js": new URL("docs/start.js", import.meta.url) };

/** All of it comes from here. Scalar writes its styles into the page, so they alone may stand within. */
const headers = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; " +
    "img-src 'self' data:; font-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "cache-control": "no-cache",
};

/** What stands in `reference` is read where no script runs, and gives way to Scalar where one does. */
const page = html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>everydose: the API</title>
    <link rel="icon" href="data:,">
  </head>
  <body>
    <main id="reference">
      <h1>everydose</h1>
      <p>The whole API is described in <a href="/openapi.json">openapi.json</a>, which any OpenAPI reader shows.
        With JavaScript, this page shows it.</p>
      <p><a href="/">Back to the first page</a></p>
    </main>
    <script src="/docs/scalar.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>`;

/** The API's description, to be read by people, without the internet. */
export const docs = (): Router => {
  const app = newRouter();
  app.get("/docs", (c) => c.html(page, 200, headers));
  for (const [name, file] of Object.entries(scripts)) {
    let content: string | undefined;
    app.get(`/docs/${name}`, compress(), etag(), (c) => {
      content ??= readFileSync(file, "utf8");
      return c.body(content, 200, { ...headers, "content-type": "text/javascript; charset=utf-8" });
    });
  }
  return app;
};
