import { afterAll, afterEach, beforeAll, test } from "vitest";
import { texts } from "../../gateway/console/texts/texts.ts";
import type { CentreId } from "../../schema/primitives.ts";
import type { Policy } from "../../schema/region.ts";
import { look } from "./look.ts";
import { neighbour } from "./town.ts";
import { reads, sleeps, tap } from "./volunteers.ts";
import { openWalker, type Walker } from "./walker.ts";

/* Whoever did not answer: how long a yes still counts, what their silence means, and the way back. */

let walker: Walker;
beforeAll(async () => {
  walker = await openWalker({ hour: 16 });
});
afterEach(() => walker.leave());
afterAll(() => walker.close());

test("F06: silence, where the region lets them rest: a yes still counts for a while, then one tap and they are called again", async () => {
  const { town } = walker;
  const { rules } = await town.call<Policy>("GET /v1/regions/brussels/policy");
  const body = { rules: { ...rules, silencePausesDays: 7 } };
  await town.call("POST /v1/regions/brussels/policies", { as: "agency", body });
  const who = neighbour("1941-02-10", { centres: ["woluwe-saint-lambert" as CentreId], language: "fr" });
  await town.register(who);
  await town.announce("woluwe-saint-lambert", 1);
  const token = await town.invitationOf(who);
  const { page } = await walker.visit();
  await page.clock.install();
  await page.goto(`/answer#${token}`);
  const words = texts.fr.answer;
  await reads(page, words.held);
  await sleeps({ town, page, minutes: 31 });
  await reads(page, words.late);
  await look(page, "volunteer-invitation-late");
  await sleeps({ town, page, minutes: 120 });
  await reads(page, words.pausedMeans);
  await look(page, "volunteer-invitation-silence");
  await tap(page, words.callAgain);
  await reads(page, words.isBack);
  await look(page, "volunteer-invitation-back");
});
