import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openAfternoon } from "./agency-scene.ts";
import { cameIn, press } from "./came-in.ts";
import { look, widths } from "./look.ts";
import { tabTo, type Walker } from "./walker.ts";

/* What an authority looks at first, decides of its rules, and keeps. */

let walker: Walker;
beforeAll(async () => {
  walker = await openAfternoon();
});
afterEach(() => walker.leave());
afterAll(() => walker.close());

test("the overview says what waits and how the day goes, in French too", async () => {
  await walker.town.announce("heysel", 2);
  const page = await cameIn(walker, "agency", { to: "/agency", language: "fr" });
  await page.waitForSelector("table");
  await look(page, "agency-overview-fr");
  await page.goto("/agency?lang=en");
  await page.waitForSelector("h1:text-is('Your region today')");
  await look(page, "agency-overview");
  // On a telephone the many pages stand at the foot, and the head leads there.
  await page.setViewportSize({ width: widths.telephone, height: 800 });
  await press(page, "a.to-pages");
  await press(page, "#pages a[href^='/agency/kept']");
  await page.waitForURL(/\/agency\/kept/);
});

test("a policy: what is wrong is told beside its field, then the difference, a dry run, and only then in force", async () => {
  const page = await cameIn(walker, "agency", { to: "/agency/regions" });
  await look(page, "agency-rules-of-all-regions");
  await page.click("main >> text=Brussels");
  await page.waitForSelector("text=Write the next version");
  await look(page, "agency-rules");
  await page.click("text=Write the next version");
  await page.waitForSelector("#f-windowMinutes");
  await look(page, "agency-rules-form");

  await page.fill("#f-windowMinutes", "a while");
  await page.press("#f-windowMinutes", "Enter");
  await page.waitForSelector("#f-windowMinutes-fault");
  expect(await page.inputValue("#f-windowMinutes")).toBe("a while");
  await look(page, "agency-rules-form-fault");

  await page.selectOption("select[name='try.centre']", "pacheco");
  await tabTo(page, "#f-windowMinutes", 200);
  await page.keyboard.press("Control+A");
  await page.keyboard.type("45");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#tried");
  expect(await page.textContent("#tried")).toMatch(/Time to answer/);
  await page.locator("#tried summary").click();
  await look(page, "agency-rules-tried");
  await press(page, "button[value=enact]");
  await page.waitForSelector("text=The new rules are in force.");
  await look(page, "agency-rules-in-force");
  const { rules } = await walker.town.call<{ rules: { windowMinutes: number } }>(
    "GET /v1/regions/brussels/policy",
  );
  expect(rules.windowMinutes).toBe(45);
});

test("data kept, in two languages", async () => {
  const page = await cameIn(walker, "agency", { to: "/agency/kept", language: "nl" });
  await look(page, "agency-kept-nl");
  await page.goto("/agency/kept?lang=en");
  await page.waitForSelector("text=People who are being forgotten");
  await look(page, "agency-kept");
});
