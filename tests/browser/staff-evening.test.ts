import type { BrowserContextOptions } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { CentreId } from "../../schema/primitives.ts";
import { look } from "./look.ts";
import { onTheList, saysYes, signedIn } from "./staff-scene.ts";
import { openWalker, tabTo, type Walker } from "./walker.ts";

/* A centre's evening, from the doses that are announced to those that are taken back, in a real browser. */

let walker: Walker;
let staff: BrowserContextOptions;
beforeAll(async () => {
  walker = await openWalker({ hour: 16 });
  staff = await signedIn(walker, "staff");
});
afterEach(() => walker.leave());
afterAll(() => walker.close());

const centres = (id: string) => ({ centres: [id as CentreId] });

test("doses are announced in two taps, which say what was announced the last time", async () => {
  const { page } = await walker.visit(staff);
  await page.goto("/staff?lang=en");
  await look(page, "staff-centres");
  const announce = page.locator('a[href^="/staff/centres/pacheco/announce"]');
  await announce.click();
  await look(page, "staff-announce-the-first-time");
  await page.fill("#doses", "0");
  await page.click("button.yes");
  await page.waitForSelector("text=A whole number from 1 to 100.");
  await look(page, "staff-announce-at-fault");
  await page.fill("#doses", "3");
  await page.fill("#until", "20:30");
  await page.click("button.yes");
  await page.waitForSelector("text=Announced. People are being asked.");

  await page.goto("/staff?lang=en");
  await announce.click();
  await page.waitForSelector("text=3 doses until 20:30");
  await look(page, "staff-announce");
  await page.click("button.again");
  await page.waitForSelector("text=Announced. People are being asked.");
  expect(await page.locator("[data-surplus]").count()).toBe(2);
  await look(page, "staff-evening-announced");
});

test("a yes is on the board by itself, and whoever types there is not disturbed", async () => {
  const { town } = walker;
  const eldest = { ...centres("heysel"), givenName: "Marie", familyName: "Leroy" };
  const [first, second] = [
    await onTheList(town, { born: "1941-02-03", ...eldest }),
    await onTheList(town, { born: "1943-02-03", ...centres("heysel"), givenName: "Luc", familyName: "Maes" }),
  ];
  await town.announce("heysel", 2);
  const { page } = await walker.visit(staff);
  await page.goto("/staff/centres/heysel?lang=en");
  await page.waitForSelector("[data-mark=yes]");
  await page.waitForSelector("text=Nobody is expected yet.");
  await saysYes(town, first);
  await page.waitForSelector("[data-people=coming] >> text=Marie Leroy");
  await look(page, "staff-evening-live");

  await page.click("text=Change or take back");
  const doses = page.locator("[data-surplus] input[name=doses]");
  await doses.fill("5");
  await saysYes(town, second);
  await page.waitForSelector("[data-people=coming] >> text=Luc Maes");
  expect(await doses.inputValue()).toBe("5");
  expect(await page.evaluate<string>("document.activeElement?.name")).toBe("doses");
  await look(page, "staff-evening-change");
});

test("a network that drops is said, and what happened meanwhile is caught up with", async () => {
  const { town } = walker;
  const person = await onTheList(town, {
    born: "1944-05-06",
    givenName: "Rosa",
    familyName: "Peeters",
    ...centres("molenbeek"),
  });
  await town.announce("molenbeek", 1);
  const { page, context } = await walker.visit(staff);
  await page.goto("/staff/centres/molenbeek?lang=en");
  await page.waitForSelector("[data-mark=yes]");
  await context.setOffline(true);
  await page.waitForSelector("text=Reconnecting…");
  await saysYes(town, person);
  await page.waitForSelector("text=Not up to date since");
  expect(await page.locator("text=Rosa Peeters").count()).toBe(0);
  await look(page, "staff-evening-cut-off");
  await context.setOffline(false);
  await page.waitForSelector("[data-people=coming] >> text=Rosa Peeters");
  await page.waitForSelector("[data-mark=yes]");
});

test("doses are changed and taken back with the keyboard alone, in French", async () => {
  const { town } = walker;
  await town.announce("forest", 2);
  const { page } = await walker.visit(staff);
  await page.goto("/staff/centres/forest?lang=fr");
  await page.waitForSelector("[data-mark=yes]");
  await tabTo(page, ".change > summary");
  await page.keyboard.press("Enter");
  await tabTo(page, ".change input[name=doses]");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await page.waitForSelector("text=3 doses de Pfizer");
  await tabTo(page, ".change > summary");
  await page.keyboard.press("Enter");
  await tabTo(page, ".change .sure summary");
  await page.keyboard.press("Enter");
  await tabTo(page, ".change .sure button");
  await look(page, "staff-evening-take-back");
  await page.keyboard.press("Enter");
  await page.waitForSelector("article.cancelled >> text=3 doses de Pfizer");
  expect(await page.locator("article.cancelled .acts").count()).toBe(0);
  await look(page, "staff-evening-taken-back");
});

test("without a script the board says as of when it stands, and its forms work", async () => {
  const { page } = await walker.visit({ ...staff, javaScriptEnabled: false });
  await page.goto("/staff/centres/uccle/announce?lang=nl");
  await page.fill("#doses", "2");
  await page.click("button.yes");
  await page.waitForSelector("text=Opnieuw laden");
  await page.click(".change > summary");
  await page.fill(".change input[name=doses]", "4");
  await page.click(".change form button[type=submit] >> nth=0");
  await page.waitForSelector("text=4 dosissen van Pfizer");
  await page.click("text=Aan iemand ter plaatse gegeven");
  await page.waitForSelector("text=1 gebruikt");
});
