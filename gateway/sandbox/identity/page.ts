import { createHash } from "node:crypto";
import { html, raw } from "hono/html";
import type { Person } from "./people.ts";

const style = "body { font: 1rem/1.6 system-ui; max-width: 40rem; margin: 2rem auto; padding: 0 1rem }";
const hash = createHash("sha256").update(style).digest("base64");

export const pageHeaders = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": `default-src 'none'; style-src 'sha256-${hash}'; frame-ancestors 'none'`,
};

/** On which somebody says who they are. */
export const page = (people: readonly Person[]): string =>
  String(html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>everydose sandbox: sign in</title>
    <style>${raw(style)}</style>
  </head>
  <body>
    <h1>Who are you?</h1>
    <p>These people are made up for this sandbox. There are no passwords: it is on your own machine only.</p>
    <ul>${people.map(({ id, name }) => html`<li><a href="?person=${id}">${name}</a></li>`)}</ul>
  </body>
</html>
`);
