import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { texts } from "../../gateway/console/texts/texts.ts";
import type { CentreId, Day, Language } from "../../schema/primitives.ts";
import { look } from "./look.ts";
import { neighbour } from "./town.ts";
import { addressesOf, isGiven, reads, staysUnseen, tap } from "./volunteers.ts";
import { openWalker, type Walker } from "./walker.ts";

/* The same ways where no script runs: whole pages, plain forms, and the link pasted once. */

let walker: Walker;
beforeAll(async () => {
  walker = await openWalker({ hour: 16 });
});
afterEach(() => walker.leave());
afterAll(() => walker.close());

const visit = async () => {
  const { page } = await walker.visit({ javaScriptEnabled: false });
  return { page, addresses: addressesOf(page) };
};
/** axe is a script itself: the page as it came is looked at in a browser that runs scripts, without its own. */
const lookPlainly = async (page: Page, name: string) => {
  const body = (await page.content()).replace(/<script[^>]*><\/script>|<\/?noscript>/g, "");
  const [address] = page.url().split("#");
  const { page: looked } = await walker.visit();
  await looked.route(`${address}`, (route) => route.fulfill({ contentType: "text/html", body }));
  await looked.goto(`${address}`);
  await look(looked, name);
  await looked.close();
};
/** `year`: each way of each language has people of its own, at a centre of its own. */
const somebody = ({ language, centre, year }: { language: Language; centre: string; year: number }) =>
  neighbour(`${year}-04-05` as Day, { language, centres: [centre as CentreId] });

const paste = async (page: Page, link: string, goOn: string) => {
  await page.locator("input[name=link]").filter({ visible: true }).first().fill(link);
  await tap(page, goOn);
};
/** Their answer as a page: looked at as often as they like, since it does not renew itself. */
const looksUntil = async (page: Page, says: string, again: string) => {
  for (let times = 0; times < 20; times += 1) {
    if (await page.getByText(says).first().isVisible()) return;
    await tap(page, again);
  }
  await reads(page, says);
};

describe.each([
  { language: "fr", centre: "pacheco", other: "heysel", third: "molenbeek", decade: 1930 },
  { language: "nl", centre: "forest", other: "uccle", third: "anderlecht", decade: 1940 },
] as const)("without a script, in $language:", ({ language, centre, other, third, decade }) => {
  const { answer, register, place, registration, mine, home } = texts[language];
  const isFirst = language === "fr";

  test("from the postcode to a place on the list, with what is wrong beside its field", async () => {
    const { page } = await visit();
    await page.goto(`/?lang=${language}`);
    await page.fill("#postcode", "1000");
    await tap(page, home.go);
    await reads(page, register.order);
    await reads(page, register.intro.order);
    await page.fill("#givenName", "Maria");
    await page.fill("#familyName", isFirst ? "Lejeune" : "Jansen");
    await page.fill("#birthDate", "30/02/1939");
    await page.fill("#email", `maria.${language}@example.org`);
    await page.check("#consent");
    await tap(page, register.send);
    await reads(page, register.faults.birthDate);
    await reads(page, register.faults.centres);
    expect(await page.inputValue("#givenName")).toBe("Maria");
    if (isFirst) await lookPlainly(page, "volunteer-plainly-faults");
    await page.fill("#birthDate", "28/02/1939");
    await page.check("[name=centres][value=schaerbeek]");
    await tap(page, register.send);
    await reads(page, register.done);
    await tap(page, register.mine);
    await reads(page, "Maria");
    await reads(page, place.states.active);
  });

  test("for somebody else, whose helper is written to", async () => {
    const { page } = await visit();
    await page.goto(`/register?lang=${language}&postcode=1000`);
    await page.check("#for-other");
    await page.fill("#givenName", "Gaston");
    await page.fill("#familyName", isFirst ? "Henry" : "Wouters");
    await page.fill("#birthDate", "1/4/1936");
    await page.fill("#helperName", "Ines");
    await page.fill("#helperEmail", `ines.${language}@example.org`);
    await page.check("[name=centres][value=schaerbeek]");
    await page.check("#consent");
    await tap(page, register.send);
    await reads(page, register.done);
    const to = { contact: { email: `ines.${language}@example.org` } };
    expect(await walker.town.written(to, /(Gaston)/)).toBe("Gaston");
  });

  test("an invitation: pasted once, a yes, the way and the calendar, and the dose given back", async () => {
    const { town } = walker;
    const who = somebody({ language, centre, year: decade + 1 });
    await town.register(who);
    await town.announce(centre, 1);
    const token = await town.invitationOf(who);
    const { page, addresses } = await visit();
    await page.goto(`/answer?lang=${language}#${token}`);
    if (isFirst) await lookPlainly(page, "volunteer-plainly-link");
    await paste(page, `${town.url}/answer#${token}`, answer.goOn);
    await looksUntil(page, answer.held, answer.lookAgain);
    await reads(page, answer.verdicts.notYet);
    if (isFirst) await lookPlainly(page, "volunteer-plainly-held");
    await tap(page, answer.yes);
    await reads(page, answer.verdicts.expected);
    if (isFirst) await lookPlainly(page, "volunteer-plainly-expected");
    expect(await page.getByText(answer.map).getAttribute("href")).toContain("openstreetmap.org");
    const download = page.waitForEvent("download");
    await tap(page, answer.calendar);
    expect(await readFile(await (await download).path(), "utf8")).toContain("BEGIN:VEVENT");
    await page.getByText(answer.cannotCome).click();
    await tap(page, answer.cancelNow);
    await reads(page, answer.cancelledHeading);
    await reads(page, answer.verdicts.notExpected);
    staysUnseen(addresses, token);
  });

  test("a standby's yes, who is expected once the other says no, and had their dose", async () => {
    const { town } = walker;
    const first = somebody({ language, centre: other, year: decade + 2 });
    const second = somebody({ language, centre: other, year: decade + 3 });
    await town.register(first);
    await town.register(second);
    const surplus = await town.announce(other, 1);
    const held = await town.invitationOf(first);
    const token = await town.invitationOf(second);
    const { page } = await visit();
    await page.goto(`/answer?lang=${language}`);
    await paste(page, token, answer.goOn);
    await looksUntil(page, answer.maybeNotice, answer.lookAgain);
    await tap(page, answer.yesMaybe);
    await reads(page, answer.readyNotice);
    const refused = await visit();
    await refused.page.goto(`/answer?lang=${language}`);
    await paste(refused.page, held, answer.goOn);
    await tap(refused.page, answer.no);
    await reads(refused.page, answer.declinedHeading);
    await looksUntil(page, answer.verdicts.expected, answer.lookAgain);
    await isGiven(town, surplus);
    await page.goto(`/answer?lang=${language}`);
    await paste(page, token, answer.goOn);
    await reads(page, answer.attendedNotice);
  });

  test("my place: the birth date, the week, a pause and back, and the way out", async () => {
    const { town } = walker;
    const who = somebody({ language, centre: third, year: decade + 4 });
    await town.register(who);
    const letter = await town.written(who, /\/my-place#(\S+)/);
    const { page, addresses } = await visit();
    await page.goto(`/?lang=${language}`);
    await page.getByText(register.already).click();
    await paste(page, `${town.url}/my-place#${letter}`, place.goOn);
    await reads(page, place.states.active);
    await page.fill("#birthDate", `5/4/${decade + 4}`);
    await tap(page, mine.show);
    await reads(page, "Jean Dupont");
    if (isFirst) await lookPlainly(page, "volunteer-plainly-place");
    await page.uncheck("[value='friday.evening']");
    await tap(page, place.saveWeek);
    await reads(page, place.says.saved);
    expect(await page.isChecked("[value='friday.evening']")).toBe(false);
    await tap(page, registration.pause);
    await reads(page, place.says.paused);
    await tap(page, registration.resume);
    await reads(page, place.says.resumed);
    await tap(page, registration.withdraw);
    await tap(page, place.leaveYes);
    await reads(page, place.leftMeans);
    staysUnseen(addresses, letter);
  });
});
