import { randomBytes } from "node:crypto";
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
const beside = (name: string) => new URL(`docs/${name}`, import.meta.url);
const scripts = { "scalar.js": bundle, "styles.js": beside("styles.js"), "start.js": beside("start.js") };

const headers = { "cache-control": "no-cache" };
/** All of it comes from here. Scalar writes its styles into the page: styles.js gives them the word for it. */
const policyWith = (nonce: string): string =>
  `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; connect-src 'self'; ` +
  "img-src 'self' data:; font-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** What stands in `reference` is read where no script runs, and gives way to Scalar where one does. */
const page = (nonce: string) => html`<!doctype html>
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
    <script src="/docs/styles.js" nonce="${nonce}"></script>
    <script src="/docs/scalar.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>`;

/** The API's description, to be read by people, without the internet. */
export const docs = (): Router => {
  const app = newRouter();
  app.get("/docs", (c) => {
    const nonce = randomBytes(16).toString("base64");
    return c.html(page(nonce), 200, {
      "content-security-policy": policyWith(nonce),
      "cache-control": "no-store",
    });
  });
  for (const [name, file] of Object.entries(scripts)) {
    let content: string | undefined;
    app.get(`/docs/${name}`, compress(), etag(), (c) => {
      content ??= readFileSync(file, "utf8");
      return c.body(content, 200, { ...headers, "content-type": "text/javascript; charset=utf-8" });
    });
  }
  return app;
};
