import { afterAll, afterEach, beforeAll, test } from "vitest";
import { look } from "./look.ts";
import { neighbour } from "./town.ts";
import { openWalker, type Walker } from "./walker.ts";

/* The ways of whoever is on the list, in a real browser. */

let walker: Walker;
beforeAll(async () => {
  walker = await openWalker({ hour: 16 });
});
afterEach(() => walker.leave());
afterAll(() => walker.close());

test("an invitation: what is promised, a yes, and what then", async () => {
  const { town, visit } = walker;
  const person = neighbour("1941-02-03");
  await town.register(person);
  await town.announce("pacheco", 1);
  const token = await town.invitationOf(person);
  const { page } = await visit();
  await page.goto(`/answer?lang=en#${token}`);
  await page.waitForSelector("text=A dose is held for you");
  await look(page, "volunteer-invitation-held");
});
