import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { look } from "./look.ts";
import { signedIn } from "./staff-scene.ts";
import { openWalker, tabTo, type Walker } from "./walker.ts";

/* A centre's own list and its telephone, in a real browser. */

let walker: Walker;
let lead: BrowserContextOptions;
beforeAll(async () => {
  walker = await openWalker({ hour: 16 });
  lead = await signedIn(walker, "lead");
});
afterEach(() => walker.leave());
afterAll(() => walker.close());

const list = "/staff/centres/lint/list";
const sheetOf = (...rows: string[]): string =>
  ["Naam;Voornaam;Geboortedatum;GSM;Postcode", ...rows].join("\n");

/** A file dragged in from elsewhere and let go. */
const drop = async (page: Page, text: string) => {
  const dataTransfer = await page.evaluateHandle(
    `(() => {
      const dragged = new DataTransfer();
      dragged.items.add(new File([${JSON.stringify(text)}], "lijst.csv", { type: "text/csv" }));
      return dragged;
    })()`,
  );
  await page.dispatchEvent(".drop", "dragover", { dataTransfer });
  await look(page, "staff-list-dragged-over");
  await page.dispatchEvent(".drop", "drop", { dataTransfer });
};

test("a list is dragged in, seen before it is taken in, and its bad rows are mended in place", async () => {
  const { page } = await walker.visit(lead);
  await page.goto(`${list}?lang=en`);
  await look(page, "staff-list");
  await drop(
    page,
    sheetOf(
      "Peeters;An;01/02/1941;0470 12 34 56;2547",
      "Dubois;Jean;32/13/1950;0470 12 34 57;2547",
      "Leroy;Marie;15/03/1949;0470 12 34 58;2547",
      "Maes;Luc;15/03/1947;0470 12;2547",
    ),
  );
  await page.waitForSelector("text=2 people can be taken in.");
  await look(page, "staff-list-preview");
  await page.click("text=Take in 2 people");
  await page.waitForSelector("text=What came of it");
  await page.waitForSelector("text=Rows to be mended");
  await look(page, "staff-list-to-mend");

  await page.goto("/work?lang=en");
  await page.waitForSelector("text=2 rows are still to be mended.");
  await look(page, "staff-work");
  await page.click("text=List taken in");
  await page.fill('[name="3.birthDate"]', "12/03/1950");
  await page.check('[name="5.leave-out"]');
  await page.click("text=Send these again");
  await page.waitForSelector("text=Nothing is left to mend.");
  await look(page, "staff-list-mended");
});

test("a list is brought in by the field for files with the keyboard alone, in Dutch, and left", async () => {
  const { page } = await walker.visit(lead);
  await page.goto(`${list}?lang=nl`);
  await tabTo(page, "#file");
  await page.setInputFiles("#file", {
    name: "lijst.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("%PDF-1.7"),
  });
  await tabTo(page, "form[data-drop] button");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#file-fault");
  await look(page, "staff-list-no-list");
  await page.setInputFiles("#file", {
    name: "lijst.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(sheetOf("Claes;Jeanne;01/02/1945;0470 12 34 60;2547")),
  });
  await tabTo(page, "form[data-drop] button");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#preview");
  await tabTo(page, ".choices .other");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".notice");
  expect(await page.locator("#preview").count()).toBe(0);
});

test("whose turn it is stands on the telephone sheet once doses are announced", async () => {
  const { town } = walker;
  const { page } = await walker.visit(lead);
  await page.goto("/staff/centres/lint/telephone?lang=en");
  await page.waitForSelector("text=Nobody is to be called now.");
  await look(page, "staff-telephone-nobody");
  await town.announce("lint", 2);
  await page.waitForSelector(".to-call");
  const { page: plain } = await walker.visit({ ...lead, javaScriptEnabled: false });
  await plain.goto("/staff/centres/lint/telephone?lang=fr");
  await plain.waitForSelector(".to-call");
});

test("an answer at the telephone is one tap away", async () => {
  const { page } = await walker.visit(lead);
  await page.goto("/staff/centres/lint/telephone?lang=en");
  const whom = () => page.locator(".to-call h2").innerText();
  const first = await whom();
  expect(await page.getAttribute(".number-to-call", "href")).toMatch(/^tel:\+3247012345\d$/);
  const left = Number.parseInt(await page.locator(".to-call .left strong").innerText(), 10);
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(180);
  await look(page, "staff-telephone");
  await page.click(".answer-no-answer");
  await page.waitForSelector("text=Noted: no answer.");
  expect(await whom()).not.toBe(first);
  await page.click(".answer-yes");
  await page.waitForSelector("text=Noted: they come.");
  expect(await whom()).toBe(first);
  await page.waitForSelector("text=Called once without an answer.");
  await look(page, "staff-telephone-again");
  await tabTo(page, ".answer-no");
  await page.keyboard.press("Enter");
  await page.waitForSelector("text=Noted: not today.");
});
