import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pages } from "../../gateway/console/pages.tsx";
import { listenOn } from "../../gateway/listen.ts";
import { openScene, type Scene } from "../http/scene.ts";
import { executablePath, openBrowser } from "../support/browser.ts";

/* Each page in a browser, which tells of whatever its policy keeps it from. */

const message = {
  id: "1",
  at: "2021-04-16T14:30:00.000Z",
  channel: "email" as const,
  to: "an@example.org",
  subject: "A dose",
  text: "http://127.0.0.1/answer#abc",
};

let scene: Scene;
let browser: Browser;
let url: string;
let stop: () => void;
beforeAll(async () => {
  scene = await openScene();
  const app = pages({ api: scene.app.request, isSecure: true, sandbox: { list: () => [message] } });
  app.route("/", scene.app);
  const { server, port } = await listenOn({ app }, { host: "127.0.0.1", port: 0 });
  url = `http://127.0.0.1:${port}`;
  stop = () => {
    server.close();
    server.closeAllConnections();
  };
  if (executablePath) browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  stop();
  await scene.close();
});

/**
 * Scalar, which draws `/docs`, asks whether it may make a function of a text and write styles into attributes; it is told
 * that it may not, and goes on without.
 */
const isAsked = (address: string, line: string): boolean =>
  address === "/docs" &&
  /^violates (script-src eval|style-src-attr inline)|^Applying inline style/.test(line.trim());

const addresses = [
  "/",
  "/#token",
  "/answer",
  "/answer#token",
  "/consent#token",
  "/renew#token",
  "/register",
  "/my-place",
  "/my-place#token-of-nobody-at-all",
  "/register?postcode=6000",
  "/sandbox/messages",
  "/docs",
];

describe.each(addresses)("%s", (address) => {
  test("is sent with a policy that allows nothing written into the page", async () => {
    const { headers } = await fetch(url + address);
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  });

  test.skipIf(!executablePath)("is shown whole: nothing of it is kept back by its policy", async () => {
    const page = await browser.newPage();
    const told: string[] = [];
    page.on("console", (line) => {
      if (/content.security.policy|violates/i.test(line.text())) told.push(line.text());
    });
    page.on("pageerror", (error) => told.push(error.message));
    await page.addInitScript(`document.addEventListener("securitypolicyviolation", (event) =>
      console.error("violates", event.effectiveDirective, event.blockedURI, event.sample))`);
    await page.goto(url + address);
    await page.locator("h1").first().waitFor({ state: "attached", timeout: 60_000 });
    await page.waitForTimeout(500);
    await page.close();
    expect(told.filter((line) => !isAsked(address, line))).toEqual([]);
  });
});

test("where people come by https, browsers are told to keep to it", async () => {
  for (const address of ["/", "/answer", "/consent", "/renew", "/register"]) {
    const { headers } = await fetch(url + address);
    expect(headers.get("strict-transport-security")).toBe("max-age=31536000");
  }
  const plain = pages({ api: scene.app.request });
  expect((await plain.request("/")).headers.get("strict-transport-security")).toBeNull();
  expect((await scene.app.request("/v1/regions")).headers.get("strict-transport-security")).toBeNull();
});
