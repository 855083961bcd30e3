import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { look } from "./look.ts";
import { openWalker, tabTo, type Walker } from "./walker.ts";

/* How whoever works here comes in, and goes out again. The provider's clock is the machine's, and so is the town's. */

let walker: Walker;
beforeAll(async () => {
  walker = await openWalker();
});
afterEach(() => walker.leave());
afterAll(() => walker.close());

const here = (page: Page) => page.url().slice(new URL(page.url()).origin.length);
const atProvider = async (page: Page, name: string) => {
  await page.waitForSelector("text=Who are you?");
  await page.getByRole("link", { name, exact: true }).click();
};

test("with an account elsewhere one comes back to the page that was wanted, and out again", async () => {
  const { page } = await walker.visit();
  await page.goto("/agency/platforms?lang=en");
  await page.waitForSelector("h1:text-is('Sign in')");
  await look(page, "agency-sign-in");
  await page.click("text=Sign in with Sandbox");
  await atProvider(page, "agency, Wallonia");
  await page.waitForSelector("h1:text-is('Platforms')");
  expect(here(page)).toBe("/agency/platforms?lang=en");
  expect(await page.textContent("header.top")).toContain("agency, Wallonia");
  await page.click("text=Sign out");
  await page.waitForSelector("text=You are signed out.");
  await look(page, "agency-signed-out");
  await page.goto("/agency?lang=en");
  await page.waitForSelector("h1:text-is('Sign in')");
});

test("in Dutch, whoever wants another's page reads that it is not for them, and what is", async () => {
  const { page } = await walker.visit();
  await page.goto("/agency/audit?lang=nl");
  await page.waitForSelector("h1:text-is('Aanmelden')");
  await page.locator(".choice a.button").first().click();
  await atProvider(page, "agency, Flanders");
  await page.waitForSelector("text=Alleen auditors lezen het auditlogboek");
  await look(page, "agency-not-your-role");
  await page.locator("main a").first().click();
  await page.waitForSelector("h1:text-is('Uw gewest vandaag')");
});

test("with a key, by keyboard alone; a wrong one is told beside the field", async () => {
  const { page } = await walker.visit();
  await page.goto("/who-may?lang=fr");
  await tabTo(page, "#key");
  await page.keyboard.type("not-a-key-of-anybody");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#key-fault");
  expect(await page.getAttribute("#key", "aria-describedby")).toContain("key-fault");
  await look(page, "agency-sign-in-wrong-key");
  await tabTo(page, "#key");
  await page.keyboard.type(walker.town.keyOf("auditor"));
  await page.keyboard.press("Enter");
  await page.waitForSelector("header.top form.whoever");
  expect(here(page)).toBe("/who-may?lang=fr");
  await tabTo(page, "form.whoever button");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#key");
  expect(here(page)).toMatch(/^\/sign-in\?why=out&lang=fr/);
});
