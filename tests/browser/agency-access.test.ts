import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { linkAudit } from "../../gateway/flows/audit/link.ts";
import { cameIn } from "./came-in.ts";
import { look } from "./look.ts";
import { openWalker, type Walker } from "./walker.ts";

/* Who may look, at what, and what is written of it: auditors, operators, and those who have no business here. */

let walker: Walker;
beforeAll(async () => {
  walker = await openWalker({ hour: 16 });
  await walker.town.announce("pacheco", 2);
  await linkAudit(walker.town.gateway.deps);
});
afterEach(() => walker.leave());
afterAll(() => walker.close());

test("an auditor searches what was decided, without a name; an authority reads that it is not theirs", async () => {
  const page = await cameIn(walker, "auditor", { to: "/agency/audit?region=brussels" });
  await page.waitForSelector("text=Doses were announced");
  expect(await page.textContent("main")).not.toContain("Dupont");
  await page.locator(".audit-line summary").first().click();
  await look(page, "agency-audit");
  await page.fill("#a-subject", "Dupont");
  await page.press("#a-subject", "Enter");
  await page.waitForSelector("text=Copy a whole reference");
  await look(page, "agency-audit-fault");
  await page.fill("#a-subject", "0123456789abcdef01234567");
  await page.press("#a-subject", "Enter");
  await page.waitForSelector("text=No line says this.");
  await look(page, "agency-audit-none");
  const other = await cameIn(walker, "agency", { to: "/agency/audit", language: "fr" });
  await look(other, "agency-audit-not-yours");
});

test("who may do what, in two languages; and the operator makes a key and ends it", async () => {
  const page = await cameIn(walker, "operator", { to: "/who-may", language: "fr" });
  await look(page, "agency-who-may-fr");
  await page.goto("/who-may?lang=en");
  await page.waitForSelector("h1:text-is('Who may do what')");
  await look(page, "agency-who-may");
  await page.click("a[href^='/who-may/keys']");
  await page.waitForSelector("#label");
  await look(page, "agency-keys");
  await page.fill("#label", "Not A Label");
  await page.press("#label", "Enter");
  await page.waitForSelector("#label-fault");
  expect(await page.inputValue("#label")).toBe("Not A Label");
  await look(page, "agency-keys-fault");
  await page.fill("#label", "pacheco-evening");
  await page.press("#label", "Enter");
  await page.waitForSelector("#made");
  await look(page, "agency-key-made");
  await page.click("text=I have copied it");
  await page.click("text=End pacheco-evening");
  await look(page, "agency-key-ending");
  await page.click("button:text-is('End it')");
  await page.waitForSelector("text=The key pacheco-evening is ended.");
});

test("whoever works in a centre reads whose pages these are, and is led to their own", async () => {
  const page = await cameIn(walker, "staff", { to: "/agency" });
  await page.waitForSelector("text=This page is not for your role");
  await look(page, "agency-not-for-staff");
  const authority = await cameIn(walker, "agency", { to: "/agency/pairs/none-such" });
  await authority.waitForSelector("text=There is nothing here");
  await look(authority, "agency-nothing-here");
});
