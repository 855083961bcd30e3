import { afterAll, afterEach, beforeAll, test } from "vitest";
import { always } from "../../adapters/kit/faults.ts";
import { openAfternoon } from "./agency-scene.ts";
import { cameIn, press, until } from "./came-in.ts";
import { look } from "./look.ts";
import type { Walker } from "./walker.ts";

/* An authority and the platforms: how they are, and which works for whom. */

let walker: Walker;
beforeAll(async () => {
  walker = await openAfternoon();
});
afterEach(() => walker.leave());
afterAll(() => walker.close());

test("a change of platform: plan, rehearsal, order; halted while the platform is away, gone on with, and back again", async () => {
  const { sandbox, wait } = walker.town;
  const qvax = sandbox.simulators.get("qvax");
  if (!qvax) throw new Error("the sandbox has no qvax");
  const page = await cameIn(walker, "agency", { to: "/agency/bindings" });
  await look(page, "agency-bindings");
  await page.click("text=Plan a change");
  await page.waitForSelector("#b-place");
  await look(page, "agency-bindings-plan");
  await page.selectOption("#b-place", "brussels/pacheco");
  await page.selectOption("#b-platform", "qvax");
  await page.fill("#b-from", "2021-01-01T08:00");
  await page.check("input[name=which][value=some]");
  await press(page, "button[value=rehearse]");
  await page.waitForSelector("text=Choose at least one task");
  await look(page, "agency-bindings-plan-fault");
  await page.check("input[name=role][value=roster]");
  await press(page, "button[value=rehearse]");
  await page.waitForSelector("text=What it would do");
  await look(page, "agency-bindings-rehearsed");

  qvax.faults.plan(always({ kind: "down" }));
  await press(page, "button[value=order]");
  await page.waitForSelector("text=The change is ordered.");
  await until(page, "people are carried over");
  await look(page, "agency-change-running");
  await press(page, "button[value=halt]");
  await page.waitForSelector("text=Nobody further is carried over.");
  await look(page, "agency-change-halted");
  qvax.faults.lift();
  await press(page, "button[value=resume]");
  await page.waitForSelector("text=People are carried over again.");
  wait(5);
  await until(page, "everybody has been looked at");
  await look(page, "agency-change-done");
  await press(page, "button[value=undo]");
  await page.waitForSelector("text=It goes back to how it was before.");
  await look(page, "agency-change-undone");
});

test("a change from tomorrow on is taken back, in Dutch", async () => {
  const page = await cameIn(walker, "agency", {
    to: "/agency/bindings/new?place=wallonia/namur",
    language: "nl",
  });
  await page.selectOption("#b-platform", "local-list");
  await page.check("input[name=which][value=some]");
  await page.check("input[name=role][value=roster]");
  await press(page, "button[value=rehearse]");
  await press(page, "button[value=order]");
  await page.waitForSelector(".state.planned");
  await look(page, "agency-change-planned");
  await press(page, "button[value=take-back]");
  await page.waitForSelector(".state.taken-back");
});

test("platforms: how each is, how it has been, and what can be asked of it", async () => {
  const page = await cameIn(walker, "agency", { to: "/agency/platforms", language: "fr" });
  await look(page, "agency-platforms-fr");
  await page.goto("/agency/platforms?lang=en");
  await look(page, "agency-platforms");
  await page.click("main a:text-is('qvax')");
  await page.waitForSelector("text=How it has been");
  await look(page, "agency-platform");
  await press(page, "button[value=read]");
  await page.waitForSelector("text=Ordered: the list is read from its beginning.");
});
