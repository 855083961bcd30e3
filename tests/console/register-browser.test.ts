import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { pages } from "../../gateway/console/pages.tsx";
import { listenOn } from "../../gateway/listen.ts";
import { openScene, type Scene } from "../http/scene.ts";
import { executablePath, openBrowser } from "../support/browser.ts";
import { nationalNumber } from "../support/gateway.ts";

/* The form of a registration in a browser, before a gateway that is asked too much. Skipped where there is no Chromium. */

let scene: Scene;
let browser: Browser;
let serving: Awaited<ReturnType<typeof listenOn>>;
let context: BrowserContext;
let url: string;
/** So many registrations are still refused; each that came, by its key. */
let refusals = 0;
let keys: string[] = [];

const api = async (path: string, init?: RequestInit) => {
  if (init?.method !== "POST") return scene.app.request(path, init);
  keys.push(new Headers(init.headers).get("idempotency-key") ?? "");
  if (refusals === 0) return scene.app.request(path, init);
  refusals -= 1;
  const headers = { "retry-after": "1" };
  return new Response(JSON.stringify({ code: "overloaded", retry: true }), { status: 503, headers });
};

const kept = (page: Page) => page.evaluate<string | null>('localStorage.getItem("everydose-registration")');
const people = async () => (await scene.database.sql`select count(*)::int as n from volunteers`)[0]?.n;

const fill = async (page: Page, number: string) => {
  await page.goto(`${url}/register?lang=en`);
  await page.fill("#postcode", "6000");
  await page.click("button.yes");
  await page.fill("#givenName", "Jean");
  await page.fill("#familyName", "Dupont");
  await page.fill("#nationalNumber", number);
  await page.fill("#email", `p${number}@example.org`);
  await page.fill("#mobile", `+32470${number.slice(0, 6)}`);
  await page.uncheck('[value="monday.morning"]');
  await page.check("[name=consent]");
};
const isDone = (page: Page) => page.waitForSelector("text=You are on the list");

describe.skipIf(!executablePath)("whoever registers in a browser", () => {
  beforeAll(async () => {
    scene = await openScene();
    serving = await listenOn({ app: pages({ api }) }, { host: "127.0.0.1", port: 0 });
    url = `http://127.0.0.1:${serving.port}`;
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    serving?.server.close();
    await scene?.close();
  });
  beforeEach(async () => {
    context = await browser.newContext();
    context.setDefaultTimeout(60_000);
    keys = [];
    refusals = 0;
  });
  afterEach(() => context.close());

  test("F01: is told that it goes on by itself, twice, and is registered once; then nothing is kept on the device", async () => {
    const page = await context.newPage();
    const before = await people();
    await fill(page, nationalNumber("1951-02-01"));
    expect(await kept(page)).toContain("Dupont");
    refusals = 2;
    await page.click("button.yes");
    await page.waitForSelector("text=/We keep your details and try again in \\d+ s/");
    expect(await page.evaluate('document.querySelector("form").inert')).toBe(true);
    await isDone(page);
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
    expect(await kept(page)).toBeNull();
    expect(await people()).toBe(before + 1);
  });

  test("F01: and closes the page while it is refused loses nothing: opened again, it goes on under the same key, in the same language", async () => {
    const page = await context.newPage();
    const before = await people();
    await fill(page, nationalNumber("1951-02-02"));
    refusals = Number.MAX_SAFE_INTEGER;
    await page.click("button.yes");
    await page.waitForSelector("text=/try again in/");
    await page.close();
    refusals = 0;
    const again = await context.newPage();
    await again.goto(`${url}/register?lang=fr`);
    await isDone(again);
    expect(new Set(keys).size).toBe(1);
    expect(await kept(again)).toBeNull();
    const [row] = await scene.database
      .sql`select availability from volunteers order by registered_at desc, birth_date desc limit 1`;
    expect(row?.availability.week.monday).toEqual(["afternoon", "evening"]);
    expect(await people()).toBe(before + 1);
  });

  test("and has no network goes on when it is back", async () => {
    const page = await context.newPage();
    await fill(page, nationalNumber("1951-02-03"));
    await context.setOffline(true);
    await page.click("button.yes");
    await page.waitForSelector("text=/try again in/");
    await context.setOffline(false);
    await isDone(page);
  });

  test("and has not sent it yet finds all that was typed, for a day, or erases it", async () => {
    const page = await context.newPage();
    const number = nationalNumber("1951-02-04");
    await fill(page, number);
    await page.goto(`${url}/register?lang=fr`);
    await page.click("text=Reprendre ce que vous aviez commencé");
    expect(await page.inputValue("#nationalNumber")).toBe(number);
    expect(await page.isChecked('[value="monday.morning"]')).toBe(false);
    expect(keys).toEqual([]);
    await page.click("[data-erase]");
    await page.waitForURL(/\/register$/);
    expect(await kept(page)).toBeNull();

    await fill(page, number);
    const aged = { ...JSON.parse((await kept(page)) ?? "{}"), at: Date.now() - 25 * 3_600_000 };
    await page.evaluate(
      `localStorage.setItem("everydose-registration", ${JSON.stringify(JSON.stringify(aged))})`,
    );
    await page.goto(`${url}/register?lang=en&postcode=6000`);
    expect(await page.inputValue("#nationalNumber")).toBe("");
    expect(await kept(page)).toBeNull();
  });

  test("and is told what is wrong is at its field, and sends it again", async () => {
    const page = await context.newPage();
    await fill(page, "12345678901");
    await page.click("button.yes");
    await page.waitForSelector("#nationalNumber-fault");
    expect(await page.evaluate("document.activeElement.id")).toBe("nationalNumber");
    await page.fill("#nationalNumber", nationalNumber("1951-02-05"));
    await page.click("button.yes");
    await isDone(page);
  });

  test("finds no wider page than a telephone's, nor one that must be scrolled sideways", async () => {
    const page = await context.newPage();
    await page.setViewportSize({ width: 360, height: 740 });
    for (const lang of ["fr", "nl", "de", "en"]) {
      await page.goto(`${url}/register?lang=${lang}&postcode=1000`);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
    }
  });
});
