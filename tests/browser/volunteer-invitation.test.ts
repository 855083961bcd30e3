import { readFile } from "node:fs/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { texts } from "../../gateway/console/texts/texts.ts";
import type { CentreId, Day, Language } from "../../schema/primitives.ts";
import { look } from "./look.ts";
import { neighbour } from "./town.ts";
import { addressesOf, isGiven, reads, sleeps, staysUnseen, tap } from "./volunteers.ts";
import { openWalker, tabTo, type Walker } from "./walker.ts";

/* An invitation in a real browser: held or standby, each answer to it, silence, and what comes of each. */

let walker: Walker;
beforeAll(async () => {
  walker = await openWalker({ hour: 16 });
});
afterEach(() => walker.leave());
afterAll(() => walker.close());

type Asked = { centre: string; born: Day; language: Language };
/** Somebody of a centre of their own, so that nobody else is asked with them. */
const person = ({ centre, born, language }: Asked) =>
  neighbour(born, { centres: [centre as CentreId], language });

/** Their letter opened as it came: it says no language. */
const opened = async (token: string) => {
  const { page, context } = await walker.visit();
  const addresses = addressesOf(page);
  await page.clock.install();
  await page.goto(`/answer#${token}`);
  return { page, context, addresses };
};

/** Somebody is asked alone, and has opened the letter. */
const invited = async (asked: Asked) => {
  const { town } = walker;
  const [who, words] = [person(asked), texts[asked.language].answer];
  await town.register(who);
  const surplus = await town.announce(asked.centre, 1);
  const token = await town.invitationOf(who);
  const browser = await opened(token);
  await reads(browser.page, words.held);
  return { ...browser, who, words, surplus, token, town };
};

const each: Asked[] = [
  { language: "fr", centre: "pacheco", born: "1941-02-02" },
  { language: "nl", centre: "heysel", born: "1941-02-03" },
];
describe.each(each)("a dose held for somebody who reads $language", ({ language, centre, born }) => {
  test("they read that they are not expected yet, have the right time left after their telephone slept, and are expected after one tap", async () => {
    const asked = await invited({ centre, born, language });
    const { page, words, addresses, token, town } = asked;
    expect(await page.getAttribute("html", "lang")).toBe(language);
    await reads(page, words.verdicts.notYet);
    await reads(page, words.heldPromise);
    if (language === "fr") await look(page, "volunteer-invitation-held");
    const left = async () => Number((await page.textContent(".countdown"))?.split(":")[0]);
    expect(await left()).toBeGreaterThanOrEqual(25);
    await sleeps({ town, page, minutes: 12 });
    await page.waitForFunction("Number(document.querySelector('.countdown').textContent.split(':')[0]) < 18");
    expect(await left()).toBeGreaterThanOrEqual(13);

    await tap(page, words.yes);
    await reads(page, words.verdicts.expected);
    await reads(page, words.bring);
    const way = await page.getByText(words.map).getAttribute("href");
    expect(way).toMatch(/^https:\/\/www\.openstreetmap\.org\/\?mlat=50\.\d+&mlon=4\.\d+#/);
    if (language === "fr") await look(page, "volunteer-invitation-expected");
    const download = page.waitForEvent("download");
    await tap(page, words.calendar);
    const entry = await readFile(await (await download).path(), "utf8");
    expect(entry).toContain("BEGIN:VEVENT");
    expect(entry).not.toContain(token);
    staysUnseen(addresses, token);
  });
});

test("whoever cannot come gives the dose back behind a second tap, and reads that they are not expected", async () => {
  const asked = await invited({ centre: "molenbeek", born: "1941-02-04", language: "nl" });
  const { page, words } = asked;
  await tap(page, words.yes);
  await reads(page, words.verdicts.expected);
  expect(await page.getByText(words.cancelNow).isVisible()).toBe(false);
  await page.getByText(words.cannotCome).filter({ visible: true }).click();
  await reads(page, words.cannotComeNotice);
  await look(page, "volunteer-invitation-giving-back");
  await tap(page, words.cancelNow);
  await reads(page, words.verdicts.notExpected);
  await reads(page, words.cancelledHeading);
  await look(page, "volunteer-invitation-given-back");
});

test("a no with the keyboard alone: they read that they keep their place, and go to it", async () => {
  const asked = await invited({ centre: "schaerbeek", born: "1941-02-05", language: "fr" });
  const { page, words, addresses, token } = asked;
  await tabTo(page, "[data-answer=decline]");
  await page.keyboard.press("Enter");
  await reads(page, words.declinedHeading);
  await reads(page, words.onList);
  await look(page, "volunteer-invitation-declined");
  await tabTo(page, "a[data-mine][href*='/my-place']");
  await page.keyboard.press("Enter");
  await reads(page, texts.fr.place.title);
  await reads(page, texts.fr.place.know);
  staysUnseen(addresses, token);
});

test("a connection that is away while they say yes: they read so, nothing is lost, and the next try counts", async () => {
  const { page, context, words } = await invited({ centre: "forest", born: "1941-02-06", language: "fr" });
  await context.setOffline(true);
  await tap(page, words.yes);
  await reads(page, words.offline);
  await reads(page, words.readFirst);
  await look(page, "volunteer-invitation-offline");
  await context.setOffline(false);
  await tap(page, words.again);
  await tap(page, words.yes);
  await reads(page, words.verdicts.expected);
});

/** One dose for two people: `held`: the token of whoever has it, beside the page of whoever stands by. */
const standsBy = async ({ born: [first, second], ...wishes }: Omit<Asked, "born"> & { born: [Day, Day] }) => {
  const { town } = walker;
  const [one, other] = [person({ ...wishes, born: first }), person({ ...wishes, born: second })];
  await town.register(one);
  await town.register(other);
  await town.announce(wishes.centre, 1);
  const held = await town.invitationOf(one);
  return { held, ...(await opened(await town.invitationOf(other))) };
};

test("a standby says yes with the keyboard alone, does not set out, and is expected once the dose comes free", async () => {
  const { town } = walker;
  const words = texts.nl.answer;
  const { held, page } = await standsBy({
    centre: "uccle",
    language: "nl",
    born: ["1941-02-07", "1951-02-07"],
  });
  await reads(page, words.maybe);
  await reads(page, words.maybeNotice);
  await look(page, "volunteer-invitation-standby");
  await tabTo(page, "[data-answer=accept]");
  await page.keyboard.press("Space");
  await reads(page, words.readyNotice);
  await look(page, "volunteer-invitation-standing-by");
  await town.call("POST /v1/invitation/decline", { token: held });
  await sleeps({ town, page, minutes: 1 });
  await reads(page, words.verdicts.expected);
});

test("a standby who was not needed reads that every dose found somebody, and that they keep their place", async () => {
  const { town } = walker;
  const words = texts.fr.answer;
  const { held, page } = await standsBy({
    centre: "anderlecht",
    language: "fr",
    born: ["1941-02-08", "1951-02-08"],
  });
  await tap(page, words.yesMaybe);
  await reads(page, words.readyNotice);
  await town.call("POST /v1/invitation/accept", { token: held });
  await sleeps({ town, page, minutes: 1 });
  await reads(page, words.released);
  await reads(page, words.keepsPlace);
  await look(page, "volunteer-invitation-not-needed");
});

test("after the dose they read that it is noted, and that nothing is left to do", async () => {
  const asked = await invited({ centre: "woluwe-saint-pierre", born: "1941-02-09", language: "nl" });
  const { page, words, town, surplus } = asked;
  await tap(page, words.yes);
  await reads(page, words.verdicts.expected);
  await isGiven(town, surplus);
  await sleeps({ town, page, minutes: 2 });
  await reads(page, words.attendedNotice);
  await look(page, "volunteer-invitation-after-the-dose");
});

test("a link that opens nothing says so, and a whole link can be pasted instead", async () => {
  const { page } = await walker.visit();
  await page.goto("/answer?lang=nl#a-token-that-nobody-was-given");
  await reads(page, texts.nl.answer.noToken);
  await look(page, "volunteer-invitation-wrong-link");
});
