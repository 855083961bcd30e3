import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { texts } from "../../gateway/console/texts/texts.ts";
import type { CentreId, Day, Language } from "../../schema/primitives.ts";
import { look } from "./look.ts";
import { neighbour } from "./town.ts";
import { addressesOf, isGiven, reads, staysUnseen, tap } from "./volunteers.ts";
import { openWalker, tabTo, type Walker } from "./walker.ts";

/* One's own place in a real browser: what is registered, the week, a pause, the way back, the way out, and what happened. */

let walker: Walker;
beforeAll(async () => {
  walker = await openWalker({ hour: 16 });
});
afterEach(() => walker.leave());
afterAll(() => walker.close());

/** Somebody who is on the list, and the link of the letter that told them so. */
const listed = async (born: Day, language: Language, centre = "pacheco") => {
  const { town } = walker;
  const who = neighbour(born, { language, centres: [centre as CentreId] });
  await town.register(who);
  return { town, who, letter: await town.written(who, /\/my-place#(\S+)/) };
};
const bornAs = (born: Day) => born.split("-").reverse().join("/");

test("in French: a letter opens how it stands, the birth date the rest; the week is changed, a pause taken, and one tap brings them back", async () => {
  const { letter } = await listed("1942-03-04", "fr");
  const { place: words, mine, registration } = texts.fr;
  const { page } = await walker.visit();
  const addresses = addressesOf(page);
  await page.goto(`/my-place#${letter}`);
  await reads(page, words.states.active);
  expect(await page.getAttribute("html", "lang")).toBe("fr");
  // All of the page speaks their language, in a browser of another.
  expect(await page.textContent(".foot")).toContain(texts.fr.frame.home);
  expect(await page.getByText("Dupont").count()).toBe(0);
  await look(page, "volunteer-place-by-letter");
  await page.fill("#birthDate", "5/3/1942");
  await tap(page, mine.show);
  await reads(page, mine.wrong);
  await look(page, "volunteer-place-wrong-birth-date");
  await page.fill("#birthDate", "4/3/1942");
  await tap(page, mine.show);
  await reads(page, "Jean Dupont");
  await reads(page, words.events.registered);
  await look(page, "volunteer-place-open");

  await page.uncheck("[value='monday.morning']");
  // The head of a row stands for all of it.
  await page.click("[data-day=sunday] button");
  await tap(page, words.saveWeek);
  await reads(page, words.says.saved);
  expect(await page.isChecked("[value='monday.morning']")).toBe(false);
  expect(await page.isChecked("[value='sunday.evening']")).toBe(false);
  expect(await page.isChecked("[value='monday.evening']")).toBe(true);

  await tap(page, registration.pause);
  await reads(page, words.says.paused);
  await look(page, "volunteer-place-paused");
  await tap(page, registration.resume);
  await reads(page, words.says.resumed);
  await reads(page, words.events.resumed);
  staysUnseen(addresses, letter);
});

test("in Dutch with the keyboard alone: the week, a pause and back, almost leaving, and leaving", async () => {
  const born: Day = "1942-03-05";
  const { letter } = await listed(born, "nl");
  const { place: words, mine } = texts.nl;
  const { page } = await walker.visit();
  await page.goto(`/my-place#${letter}`);
  await reads(page, words.know);
  const press = async (selector: string, key: "Space" | "Enter" = "Enter") => {
    await tabTo(page, selector);
    await page.keyboard.press(key);
  };
  await tabTo(page, "#birthDate");
  await page.keyboard.type(bornAs(born));
  await page.keyboard.press("Enter");
  await reads(page, mine.reached);
  await press("[value='tuesday.morning']", "Space");
  await press("form:has([data-week]) button[type=submit]");
  await reads(page, words.says.saved);
  expect(await page.isChecked("[value='tuesday.morning']")).toBe(false);
  await press("form[action^='/my-place/pause'] button");
  await reads(page, words.says.paused);
  await press("form[action^='/my-place/resume'] button");
  await reads(page, words.says.resumed);
  await press("form[action^='/my-place/leave'] button");
  await reads(page, words.leaveMeans);
  await look(page, "volunteer-place-leaving");
  await press("form[action='/my-place?lang=nl'][data-place] button");
  await reads(page, words.states.active);
  await press("form[action^='/my-place/leave'] button");
  await reads(page, words.leaveSure);
  await press("[name=sure]");
  await reads(page, words.leftMeans);
  expect(new URL(page.url()).hash).toBe("");
  await look(page, "volunteer-place-left");
  await page.goto(`/my-place?lang=nl#${letter}`);
  await reads(page, mine.noToken);
});

test("whoever has no link reads how to get one, and is answered the same whoever they are", async () => {
  const { page } = await walker.visit();
  const { place: words, mine } = texts.fr;
  await page.goto("/my-place?lang=fr");
  await reads(page, words.intro);
  await look(page, "volunteer-place-without-link");
  await page.getByText(mine.fresh, { exact: true }).click();
  await page.fill("#contact", "personne@example.org");
  await tap(page, mine.send);
  await reads(page, mine.sent);
  await look(page, "volunteer-place-link-sent");
});

test("a network that drops while they take a break: they read that nothing is lost, and the next try counts", async () => {
  const { letter } = await listed("1942-03-06", "nl");
  const { place: words, registration } = texts.nl;
  const { page, context } = await walker.visit();
  await page.goto(`/my-place#${letter}`);
  await reads(page, words.states.active);
  await context.setOffline(true);
  await tap(page, registration.pause);
  await reads(page, words.away);
  await look(page, "volunteer-place-without-network");
  await context.setOffline(false);
  await tap(page, registration.pause);
  await reads(page, words.says.paused);
});

test("whoever left the page open for longer than half an hour is asked for their birth date again, and the link goes on", async () => {
  const born: Day = "1942-03-07";
  const { letter, town } = await listed(born, "fr");
  const { place: words, mine } = texts.fr;
  const { page } = await walker.visit();
  await page.goto(`/my-place#${letter}`);
  await page.fill("#birthDate", bornAs(born));
  await tap(page, mine.show);
  await reads(page, words.registered);
  town.wait(31);
  await tap(page, words.saveWeek);
  await reads(page, words.says.expired);
  await look(page, "volunteer-place-closed-itself");
  await page.fill("#birthDate", bornAs(born));
  await tap(page, mine.show);
  await reads(page, words.registered);
});

test("whoever is expected reads it before all else, and after their dose that they are called no more", async () => {
  const born: Day = "1942-03-08";
  const { letter, town, who } = await listed(born, "nl", "forest");
  const { place: words, mine, answer } = texts.nl;
  const surplus = await town.announce("forest", 1);
  await town.call("POST /v1/invitation/accept", { token: await town.invitationOf(who) });
  const { page } = await walker.visit();
  const open = async () => {
    await page.goto(`/my-place?lang=nl#${letter}`);
    await page.fill("#birthDate", bornAs(born));
    await tap(page, mine.show);
  };
  await open();
  await reads(page, answer.verdicts.expected);
  expect(await page.getByText(texts.nl.registration.states.active).count()).toBe(0);
  await look(page, "volunteer-place-expected");
  await isGiven(town, surplus);
  await page.reload();
  await open();
  await reads(page, words.dosed);
  await look(page, "volunteer-place-after-the-dose");
});

describe("a letter of before, which leads to the first page,", () => {
  test.each(["fr", "nl"] as const)(
    "opens their place in %s, and its token is sent in no address",
    async (language) => {
      const { letter } = await listed(language === "fr" ? "1942-03-09" : "1942-03-10", language, "uccle");
      const { page } = await walker.visit();
      const addresses = addressesOf(page);
      await page.goto(`/#${letter}`);
      await reads(page, texts[language].place.states.active);
      expect(new URL(page.url()).pathname).toBe("/my-place");
      staysUnseen(addresses, letter);
    },
  );

  test("also where the first page is open already; its own parts are no letters", async () => {
    const { letter } = await listed("1942-03-11", "fr", "uccle");
    const { page } = await walker.visit();
    await page.goto("/?lang=nl#main");
    await reads(page, texts.nl.home.title);
    await page.evaluate(`location.hash = ${JSON.stringify(letter)}`);
    await reads(page, texts.nl.place.states.active);
  });
});
