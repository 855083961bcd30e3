import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { texts } from "../../gateway/console/texts/texts.ts";
import { look } from "./look.ts";
import { addressesOf, reads, staysUnseen, tap } from "./volunteers.ts";
import { openWalker, tabTo, type Walker } from "./walker.ts";

/* The ways onto the list in a real browser: for oneself, for somebody else, with faults, and with a network that drops. */

let walker: Walker;
beforeAll(async () => {
  walker = await openWalker({ hour: 16 });
});
afterEach(() => walker.leave());
afterAll(() => walker.close());

/** Goes to a field with the keyboard and types into it. */
const enter = async (page: Page, field: string, text: string) => {
  await tabTo(page, `#${field}`);
  await page.keyboard.type(text);
};
const press = async (page: Page, selector: string, key: "Space" | "Enter") => {
  await tabTo(page, selector);
  await page.keyboard.press(key);
};
/** Their own place, as the address says it once they are on the list. */
const tokenIn = (page: Page) => new URL(page.url()).hash.slice(1);

test("in Dutch with the keyboard alone: the postcode, what the list means, a choice of centres, and a place that opens again", async () => {
  const { page } = await walker.visit();
  const addresses = addressesOf(page);
  const { home, register: words, place } = texts.nl;
  await page.goto("/?lang=nl");
  await reads(page, home.title);
  await enter(page, "postcode", "1000");
  await page.keyboard.press("Enter");
  await reads(page, words.order);
  await reads(page, words.intro.within);
  await reads(page, "65 jaar en ouder");
  await look(page, "volunteer-registering-explained");

  await enter(page, "givenName", "An");
  await enter(page, "familyName", "Peeters");
  await enter(page, "birthDate", "30/7/1946");
  await enter(page, "email", "an.peeters@example.org");
  await press(page, "[name=centres][value=pacheco]", "Space");
  await press(page, "[name=centres][value=heysel]", "Space");
  await press(page, "[name=when][value='sunday.evening']", "Space");
  await press(page, "#consent", "Space");
  await press(page, "button.yes", "Enter");
  await reads(page, words.done);
  await look(page, "volunteer-registering-done");
  const token = tokenIn(page);
  expect(new URL(page.url()).pathname).toBe("/my-place");
  await page.reload();
  await reads(page, "An Peeters");
  expect(await page.isChecked("[value='sunday.evening']")).toBe(false);
  expect(await page.isChecked("[value='sunday.morning']")).toBe(true);
  await reads(page, place.registered);
  staysUnseen(addresses, token);
});

test("in French: what is wrong is said beside its field, what was typed stays, also through a reload, and is put right", async () => {
  const { page } = await walker.visit();
  const words = texts.fr.register;
  await page.goto("/register?lang=fr");
  await look(page, "volunteer-registering-postcode");
  // The field itself takes nothing like it: whoever follows somebody's link meets it.
  await page.goto("/register?lang=fr&postcode=0999");
  await reads(page, words.noRegion);
  await look(page, "volunteer-registering-unknown-postcode");
  await page.fill("#postcode", "1050");
  await tap(page, words.goOn);
  await page.fill("#givenName", "Odette");
  await page.fill("#familyName", "Lambert");
  await page.fill("#birthDate", "31/2/1947");
  await page.fill("#mobile", "0470 12 34 56");
  await page.check("#consent");
  await tap(page, words.send);
  await reads(page, words.look);
  await reads(page, words.faults.birthDate);
  await reads(page, words.faults.centres);
  expect(await page.evaluate("document.activeElement.id")).toBe("birthDate");
  await look(page, "volunteer-registering-faults");
  await page.reload();
  expect(await page.inputValue("#familyName")).toBe("Lambert");
  expect(await page.inputValue("#birthDate")).toBe("31/2/1947");
  await page.fill("#birthDate", "28/2/1947");
  await page.check("[name=centres][value=forest]");
  await tap(page, words.send);
  await reads(page, words.done);
  await page.goto("/register?lang=fr&postcode=1050");
  expect(await page.inputValue("#familyName")).toBe("");
});

test("a helper registers somebody else in the same steps, and is the one who is written to", async () => {
  const { page } = await walker.visit();
  const words = texts.fr.register;
  await page.goto("/register?lang=fr&postcode=1000");
  expect(await page.isVisible("#helperName")).toBe(false);
  await page.check("#for-other");
  await reads(page, words.helperWritten);
  expect(await page.isVisible("#email")).toBe(false);
  await look(page, "volunteer-registering-helping");
  await page.fill("#givenName", "Marcel");
  await page.fill("#familyName", "Dubois");
  await page.fill("#birthDate", "02/03/1938");
  await page.fill("#helperName", "Nadia Dubois");
  await page.fill("#helperEmail", "nadia@example.org");
  await page.check("[name=centres][value=pacheco]");
  await page.check("#consent");
  await tap(page, words.send);
  await reads(page, words.done);
  const letter = await walker.town.written({ contact: { email: "nadia@example.org" } }, /(Marcel)/);
  expect(letter).toBe("Marcel");
  await page.reload();
  await reads(page, "Nadia Dubois");
});

test("a network that drops while it is sent: they read that nothing is lost, may close the page, and it goes on by itself", async () => {
  const { page, context } = await walker.visit();
  const words = texts.nl.register;
  await page.goto("/register?lang=nl&postcode=1000");
  await page.fill("#givenName", "Jef");
  await page.fill("#familyName", "Claes");
  await page.fill("#birthDate", "01021944");
  await page.fill("#email", "jef@example.org");
  await page.check("[name=centres][value=uccle]");
  await page.check("#consent");
  await context.setOffline(true);
  await tap(page, words.send);
  await reads(page, words.stop);
  await look(page, "volunteer-registering-without-network");
  await page.close();
  await context.setOffline(false);
  const again = await context.newPage();
  await again.goto("/register?lang=nl");
  await reads(again, words.done);
});
