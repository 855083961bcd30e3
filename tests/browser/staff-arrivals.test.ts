import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { CentreId } from "../../schema/primitives.ts";
import { look } from "./look.ts";
import { onTheList, openLine, saysYes, signedIn } from "./staff-scene.ts";
import { openWalker, tabTo, type Walker } from "./walker.ts";

/* Those who come, ticked off on a tablet at the door, in a real browser. */

let walker: Walker;
let staff: BrowserContextOptions;
const tablet = { viewport: { width: 820, height: 1180 }, hasTouch: true };
beforeAll(async () => {
  walker = await openWalker({ hour: 16 });
  staff = { ...(await signedIn(walker, "staff")), ...tablet };
  const { town } = walker;
  const centres = ["pacheco" as CentreId];
  const people = [
    await onTheList(town, { born: "1941-02-03", givenName: "Marie", familyName: "Leroy", centres }),
    await onTheList(town, { born: "1943-02-03", givenName: "Luc", familyName: "Maes", centres }),
    await onTheList(town, { born: "1945-02-03", givenName: "Rosa", familyName: "Peeters", centres }),
    await onTheList(town, { born: "1947-02-03", givenName: "Omer", familyName: "Dubois", centres }),
  ];
  await town.announce("pacheco", 6);
  for (const person of people) await saysYes(town, person);
});
afterEach(() => walker.leave());
afterAll(() => walker.close());

const board = "/staff/centres/pacheco";
const past = (name: string) => `[data-people=past] >> text=${name}`;

/** What a finger presses there and is lower than the keys of a telephone. */
const tooSmall = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(
    `[...document.querySelectorAll("#board button, #board summary, #board a.button")]
      .filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 44)
      .map((each) => each.textContent.trim())`,
  );

test("whoever came is ticked off with a thumb, whoever did not come frees the dose, and somebody at the door has one", async () => {
  const { page } = await walker.visit(staff);
  await page.goto(`${board}?lang=en`);
  await page.waitForSelector("[data-mark=yes]");
  await page.waitForSelector("[data-people=coming] >> text=Omer Dubois");
  await openLine(page, "Marie Leroy");
  expect(await tooSmall(page)).toEqual([]);
  await look(page, "staff-arrivals-card-to-look-at");
  await page.tap("li:has-text('Marie Leroy') >> text=Card seen: as declared");
  await page.waitForSelector(".card-seen >> text=Card seen: as declared");
  await page.tap("li:has-text('Marie Leroy') >> text=Dose given");
  await page.waitForSelector(past("Marie Leroy"), { state: "attached" });

  await openLine(page, "Luc Maes");
  await page.tap("li:has-text('Luc Maes') >> text=Did not come");
  await look(page, "staff-arrivals-did-not-come");
  await page.tap("li:has-text('Luc Maes') >> text=Yes, did not come");
  await page.waitForSelector(past("Luc Maes"), { state: "attached" });

  await page.tap("text=Given to someone at the door");
  await page.waitForSelector(past("Someone at the door"), { state: "attached" });
  await page.tap(".past > summary");
  await page.waitForSelector(past("Marie Leroy"));
  await look(page, "staff-arrivals-past");
});

test("a card that shows something else is noted, and the dose is given or not for a reason, in French", async () => {
  const { page } = await walker.visit(staff);
  await page.goto(`${board}?lang=fr`);
  await page.waitForSelector("[data-mark=yes]");
  await openLine(page, "Rosa Peeters");
  const line = page.locator("li", { hasText: "Rosa Peeters" });
  await line.locator(".look details summary").tap();
  await line.locator("input[name=birthDate]").fill("2010-02-03");
  await look(page, "staff-arrivals-card-otherwise");
  await line.locator("button[value=differs]").tap();
  await line.locator(".notice.bad").waitFor();
  await look(page, "staff-arrivals-card-against");
  await line.locator("select >> nth=0").selectOption("other-proof");
  await line.locator(".notice.bad button[value=attended]").tap();
  await page.waitForSelector(past("Rosa Peeters"), { state: "attached" });
});

test("somebody is ticked off with the keyboard alone, and the next thing to do is at hand", async () => {
  const { page } = await walker.visit(staff);
  await page.goto(`${board}?lang=en`);
  await page.waitForSelector("[data-mark=yes]");
  await tabTo(page, ".coming .person summary");
  await page.keyboard.press("Enter");
  await tabTo(page, ".look > form button");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".card-seen >> text=Card seen: as declared");
  await tabTo(page, ".given button");
  await page.keyboard.press("Enter");
  await page.waitForSelector(past("Omer Dubois"), { state: "attached" });
  await page.waitForSelector("text=Nobody is expected yet.");
  expect(await page.evaluate<string>("document.activeElement?.tagName")).not.toBe("BODY");
});

test("who is coming is there on paper and as a file", async () => {
  const { town } = walker;
  const person = await onTheList(town, {
    born: "1949-02-03",
    givenName: "Jeanne",
    familyName: "Claes",
    centres: ["heysel" as CentreId],
  });
  await town.announce("heysel", 1);
  await saysYes(town, person);
  const { page } = await walker.visit(staff);
  await page.goto("/staff/centres/heysel?lang=en");
  await page.tap("text=Print");
  await page.waitForSelector("table >> text=Jeanne Claes");
  await look(page, "staff-sheet");
  await page.emulateMedia({ media: "print" });
  expect(await page.locator("nav, button, .way-back").filter({ visible: true }).count()).toBe(0);
  await page.emulateMedia({ media: null });
  await page.goBack();
  const [file] = await Promise.all([page.waitForEvent("download"), page.tap("text=Download (CSV)")]);
  expect(file.suggestedFilename()).toMatch(/^heysel-\d{4}-\d\d-\d\d\.csv$/);
});
