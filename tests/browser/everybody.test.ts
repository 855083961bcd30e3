import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { pastEvening } from "../support/evening.ts";
import { look } from "./look.ts";
import { neighbour } from "./town.ts";
import { openWalker, tabTo, type Walker } from "./walker.ts";

/* What anybody meets who has no account and need not be on a list. */

let walker: Walker;
beforeAll(async () => {
  walker = await openWalker({ hour: 16 });
});
afterEach(() => walker.leave());
afterAll(() => walker.close());

const daysAgo = (days: number) => new Date(Date.parse(walker.town.now()) - days * 86_400_000).toISOString();
const everyPicture =
  '[...document.querySelectorAll("picture img")].every((image) => image.complete && image.naturalWidth > 0)';
/** Each picture of the page is there, and not an empty frame. */
const drawn = async (page: Page) => {
  for (const picture of await page.locator("picture img").all()) await picture.scrollIntoViewIfNeeded();
  await expect.poll(() => page.evaluate<boolean>(everyPicture), { timeout: 30_000 }).toBe(true);
};

test("the first page asks for the postcode, by keyboard alone, and leads to the list", async () => {
  const { page } = await walker.visit();
  await page.goto("/?lang=en");
  await page.waitForSelector("text=No doses are left over so far today");
  await look(page, "everybody-home-quiet");
  await tabTo(page, "#postcode");
  await page.keyboard.type("1000");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/register\?.*postcode=1000/);
});

test("today's doses come to the first page by themselves, and without a script on the next look", async () => {
  const { town, visit } = walker;
  const [{ page }, still] = [await visit(), await visit({ javaScriptEnabled: false })];
  await town.register(neighbour("1941-02-03"));
  await page.goto("/?lang=nl");
  await page.waitForSelector("[data-live].on");
  await still.page.goto("/?lang=nl");
  expect(await still.page.locator(".surplus").count()).toBe(0);
  await town.announce("pacheco", 4);
  await page.waitForSelector(".surplus .dose.held");
  expect(await page.locator(".surplus .dose").count()).toBe(4);
  await look(page, "everybody-home-doses");
  await still.page.click("[data-still] a");
  await still.page.waitForSelector(".surplus .dose");
  expect(await still.page.locator(".surplus .dose").count()).toBe(4);
});

test("whoever works with it finds the way in, and everybody the figures and the platforms", async () => {
  const { page } = await walker.visit();
  for (const [link, address] of [
    ["main a[href^='/sign-in']", /\/sign-in\?lang=de/],
    ["main a[href^='/figures']", /\/figures\?lang=de/],
    ["header a[href^='/platforms']", /\/platforms\?lang=de/],
  ] as const) {
    await page.goto("/?lang=de");
    await tabTo(page, link);
    await page.keyboard.press("Enter");
    await page.waitForURL(address);
  }
});

test("figures: while there are none, that is what the page says", async () => {
  const { page } = await walker.visit();
  await page.goto("/figures?lang=fr");
  await page.waitForSelector("h1");
  expect(await page.locator("picture").count()).toBe(0);
  await look(page, "everybody-figures-none");
});

test("figures: each chart is drawn, has its table, and its two downloads", async () => {
  const { sql } = walker.town.database;
  const evenings = [
    ["wallonia", "charleroi", 20, 240, 12],
    ["wallonia", "charleroi", 19, 130, 0],
    ["brussels", "pacheco", 19, 320, 25],
    ["brussels", "pacheco", 27, 90, 3],
  ] as const;
  for (const [region, centre, days, used, lost] of evenings)
    await pastEvening(sql, { region, centre, at: daysAgo(days), used, lost });
  const { page } = await walker.visit();
  await page.goto("/figures?lang=en");
  await page.waitForSelector("#days");
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 360, height: 800 });
  await drawn(page);
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1440, height: 800 });
  await drawn(page);
  expect(await page.locator("picture").count()).toBe(4);
  await look(page, "everybody-figures");
  for (const table of await page.locator("section.figure summary").all()) {
    await table.focus();
    await page.keyboard.press("Enter");
  }
  expect(await page.locator("section.figure details[open] table").count()).toBe(4);
  await look(page, "everybody-figures-tables");
  for (const [link, name] of [
    ["Download the numbers (CSV)", /\.csv$/],
    ["Download the picture (SVG)", /^everydose-days\.svg$/],
  ] as const) {
    const coming = page.waitForEvent("download");
    await page.locator("section.figure").first().getByText(link).click();
    expect((await coming).suggestedFilename()).toMatch(name);
  }
});

test("figures: a region is chosen by keyboard, and days that do not go together are told", async () => {
  const { page } = await walker.visit();
  await page.goto("/figures?lang=nl");
  await tabTo(page, "#region");
  await page.selectOption("#region", "brussels");
  await tabTo(page, "form.pick button");
  await page.keyboard.press("Enter");
  await page.waitForURL(/region=brussels/);
  await page.goto("/figures?lang=nl&from=2021-05-01&until=2021-04-01");
  await page.waitForSelector("[role=alert]");
  await look(page, "everybody-figures-refused");
});

test("how the platforms are doing, in two languages", async () => {
  const { page } = await walker.visit();
  await page.goto("/platforms?lang=fr");
  await page.waitForSelector("table.platforms tbody tr");
  await page.goto("/platforms?lang=en");
  await page.waitForSelector("h1:text-is('How the platforms are doing')");
  await look(page, "everybody-platforms");
});

test("an address that leads nowhere says so, and leads on", async () => {
  const { page } = await walker.visit({ locale: "de-BE" });
  await page.goto("/impfung-fuer-mich");
  await look(page, "everybody-unknown-address");
  await page.locator("main a").first().click();
  await page.waitForSelector("#postcode");
});

test("in the sandbox, what was written can be read, of one person too", async () => {
  const { town, visit } = walker;
  const person = neighbour("1942-03-04");
  await town.register(person);
  await town.written(person, /(\S+)/);
  const { page } = await visit();
  await page.goto("/sandbox/messages");
  await page.waitForSelector("article.letter");
  await look(page, "everybody-sandbox-messages");
  await page.goto(`/sandbox/messages?to=${encodeURIComponent("nobody@example.org")}`);
  expect(await page.locator("article.letter").count()).toBe(0);
  await look(page, "everybody-sandbox-messages-none");
});
