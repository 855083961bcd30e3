import { afterAll, afterEach, beforeAll, test } from "vitest";
import { comparePeople } from "../../gateway/flows/compare.ts";
import { openAfternoon } from "./agency-scene.ts";
import { cameIn, press, until } from "./came-in.ts";
import { look } from "./look.ts";
import { neighbour } from "./town.ts";
import type { Walker } from "./walker.ts";

/* An authority and the people of its lists: a campaign that asks them, and pairs that may be one. */

let walker: Walker;
beforeAll(async () => {
  walker = await openAfternoon();
});
afterEach(() => walker.leave());
afterAll(() => walker.close());

test("a campaign: what lacks is told, whom it would ask, begun, halted while no mail leaves, and gone on with", async () => {
  const { sandbox, wait } = walker.town;
  const page = await cameIn(walker, "agency", { to: "/agency/campaigns" });
  await look(page, "agency-campaigns");
  await page.click("text=Begin a campaign");
  await press(page, "button[value=rehearse]");
  await page.waitForSelector(".fault");
  await look(page, "agency-campaign-form-fault");
  for (const each of ["fr", "nl", "de", "en"])
    await page.fill(`input[name="name.${each}"]`, `booster (${each})`);
  await page.fill("#c-id", "booster-2021");
  await page.fill("#c-startsAt", "2021-01-01T08:00");
  await page.fill("#c-consentText", "2021-04");
  await page.check("input[name=region][value=brussels]");
  await press(page, "button[value=rehearse]");
  await page.waitForSelector("text=What it would come to");
  await look(page, "agency-campaign-rehearsed");
  for (const channel of ["email", "sms"] as const) sandbox.postOffice.break(channel, { down: true });
  await press(page, "button[value=order]");
  await page.waitForSelector("text=The campaign is ordered.");
  await until(page, "people are being asked");
  await look(page, "agency-campaign-running");
  await press(page, "button[value=halt]");
  await page.waitForSelector("text=Nobody further is asked.");
  await look(page, "agency-campaign-halted");
  for (const channel of ["email", "sms"] as const) sandbox.postOffice.break(channel, {});
  await press(page, "button[value=resume]");
  await page.waitForSelector("text=People are asked again.");
  wait(20);
  await until(page, "everybody has been asked");
  await look(page, "agency-campaign-done");
});

test("doubtful pairs are decided with one letter each, and a decision is undone", async () => {
  const { town } = walker;
  for (const [born, givenName] of [
    ["1944-04-04", "Marie"],
    ["1945-05-05", "Luc"],
  ] as const) {
    const one = { givenName, familyName: "Peeters", nationalNumber: undefined, birthDate: born };
    await town.register(neighbour(born, { ...one, contact: { email: `${givenName}1@example.org` } }));
    await town.register(neighbour(born, { ...one, contact: { email: `${givenName}2@example.org` } }));
  }
  await comparePeople(town.gateway.deps);
  const page = await cameIn(walker, "agency", { to: "/agency/pairs" });
  await page.waitForSelector("text=Begin with the first");
  await look(page, "agency-pairs");
  await page.click("text=Begin with the first");
  await page.waitForSelector("text=By keyboard: M one person");
  await look(page, "agency-pair");
  const first = page.url();
  await page.waitForSelector("[data-keys-hint]:visible");
  await page.keyboard.press("j");
  await page.waitForURL((url) => url.href !== first && /pairs\/[\da-f-]{36}/.test(url.href));
  const second = page.url();
  await page.waitForSelector("[data-keys-hint]:visible");
  await page.keyboard.press("m");
  await page.waitForSelector("text=The pair before is one person now.");
  await page.waitForSelector("[data-keys-hint]:visible");
  await page.keyboard.press("k");
  await page.waitForSelector("text=No pair waits for a decision.");
  await look(page, "agency-pairs-none");
  await page.goto(second);
  await look(page, "agency-pair-decided");
  await press(page, "button[value=undo]");
  await page.waitForSelector("text=They are two registrations again.");
});
