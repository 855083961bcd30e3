import { afterAll, beforeAll, expect, test } from "vitest";
import { openScene, type Scene } from "./scene.ts";

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

test("the API's description was a white page without the internet", async () => {
  const reply = await scene.app.request("/docs");
  const text = await reply.text();
  expect(text).not.toMatch(/https?:\/\//);
  const scripts = [...text.matchAll(/<script src="([^"]*)"[^>]*>/g)].map(([, path = ""]) => path);
  expect(scripts).toEqual(["/docs/styles.js", "/docs/scalar.js", "/docs/start.js"]);
  const loaded = await Promise.all(scripts.map((path) => scene.app.request(path)));
  for (const each of loaded)
    expect([each.status, each.headers.get("content-type")]).toEqual([200, "text/javascript; charset=utf-8"]);
  const [, bundle = "", start] = await Promise.all(loaded.map((each) => each.text()));
  expect(bundle).toContain("createApiReference");
  expect(start).toContain('Scalar.createApiReference("#reference"');
});

test("it runs no script but its own, and tells no other site", async () => {
  const { headers } = await scene.app.request("/docs");
  const policy = headers.get("content-security-policy") ?? "";
  expect(policy).toMatch(/default-src 'none'; script-src 'self'; style-src 'self' 'nonce-[\w+/]{22}==';/);
  expect(policy).not.toMatch(/https?:|\*|unsafe/);
  const again = await scene.app.request("/docs");
  expect(again.headers.get("content-security-policy")).not.toBe(policy);
  expect(await (await scene.app.request("/docs")).text()).not.toMatch(/<script>|\son\w+=/);
});

test("it has words where no script runs, which lead to the document", async () => {
  const text = await (await scene.app.request("/docs")).text();
  const [, words] = /<main id="reference">(.*)<\/main>/s.exec(text) ?? [];
  expect(words).toContain('<a href="/openapi.json">');
});

test("its bundle is sent small, and not again where it has not changed", async () => {
  const zipped = await scene.app.request("/docs/scalar.js", { headers: { "accept-encoding": "gzip" } });
  expect(zipped.headers.get("content-encoding")).toBe("gzip");
  const tag = zipped.headers.get("etag") ?? "";
  const again = await scene.app.request("/docs/scalar.js", { headers: { "if-none-match": tag } });
  expect(again.status).toBe(304);
});
