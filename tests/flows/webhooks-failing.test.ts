import { expect, test } from "vitest";
import { changeWebhook, readWebhook } from "../../gateway/flows/webhooks/manage.ts";
import { replayWebhook } from "../../gateway/flows/webhooks/replay.ts";
import { leftOver } from "./scene.ts";
import {
  agency,
  byText,
  here,
  history,
  hook,
  idOf,
  loop,
  minutes,
  one,
  settled,
  two,
  useWebhooks,
} from "./webhook-scene.ts";

useWebhooks();

test("what is not taken is sent again under the same id, by the schedule, and is a dead letter in the end", async () => {
  await settled();
  const { id } = await hook();
  here.net.answers.set(one, () => ({ status: 500 }));
  await leftOver(here.world, 1);
  const waits = [0, 5 / 60, 5, 30, 120, 300, 600, 840, 1200, 1440];
  for (const [nth, wait] of waits.entries()) {
    if (wait > 0.1) {
      minutes(wait - 0.1);
      await loop().drain();
      expect(here.net.at(one), `before try ${nth + 1}`).toHaveLength(nth);
      minutes(0.1);
    } else minutes(wait);
    // From the fifth failure on an address rests a little as well.
    minutes(nth >= 5 ? 5 : 0);
    await loop().drain();
    expect(here.net.at(one), `try ${nth + 1}`).toHaveLength(nth + 1);
  }
  expect(new Set(here.net.at(one).map(idOf)).size).toBe(1);
  const moments = here.net.at(one).map(({ headers }) => headers["webhook-timestamp"]);
  expect(new Set(moments).size, "each try has a moment of its own").toBe(10);
  const [dead] = await history(id, { state: "dead" });
  expect(dead).toMatchObject({ state: "dead", attempts: waits.map(() => ({ status: 500 })) });
  here.net.answers.clear();
  minutes(10);
  const replayed = await replayWebhook(here.world.deps, id, { input: { dead: true }, caller: agency });
  expect(replayed).toMatchObject({ waiting: 1, dead: 0 });
  await loop().drain();
  expect(here.net.at(one)).toHaveLength(11);
  expect(new Set(here.net.at(one).map(idOf)).size).toBe(1);
});

test("an address that asks for a pause has it, with all that waits for it", async () => {
  await settled();
  const { id } = await hook();
  here.net.answers.set(one, () => ({ status: 429, retryAfterSeconds: 600 }));
  await leftOver(here.world, 1);
  await loop().drain();
  await leftOver(here.world, 1);
  minutes(9);
  await loop().drain();
  expect(here.net.at(one)).toHaveLength(1);
  expect((await readWebhook(here.world.deps, id, agency)).restsUntil).toBeDefined();
  here.net.answers.clear();
  minutes(1);
  await loop().drain();
  expect(here.net.at(one)).toHaveLength(3);
  const now = await readWebhook(here.world.deps, id, agency);
  expect([now.restsUntil, now.failingSince, now.waiting]).toEqual([undefined, undefined, 0]);
});

test("an address that is gone is asked no more, and others within reach are told", async () => {
  await settled();
  const { id } = await hook();
  await hook(two, ["everydose.webhook.disabled"]);
  here.net.answers.set(one, () => ({ status: 410 }));
  await leftOver(here.world, 1);
  await loop().drain();
  await leftOver(here.world, 1);
  await loop().drain();
  expect(here.net.at(one)).toHaveLength(1);
  expect(await readWebhook(here.world.deps, id, agency)).toMatchObject({
    state: "disabled",
    disabledFor: "gone",
    dead: 1,
  });
  expect(here.net.at(two).map(({ body }) => JSON.parse(body).data)).toEqual([
    { region: "wallonia", webhook: id, because: "gone" },
  ]);
});

test("an address that takes nothing for five days is asked no more; once enabled, it gets all that it missed", async () => {
  await settled();
  const { id } = await hook();
  here.net.answers.set(one, () => ({ fault: "ECONNREFUSED" }));
  const surpluses: string[] = [];
  for (let day = 0; day < 7; day += 1) {
    surpluses.push((await leftOver(here.world, 1)).id);
    await loop().drain();
    minutes(24 * 60);
  }
  await loop().drain();
  const ended = await readWebhook(here.world.deps, id, agency);
  expect(ended).toMatchObject({ state: "disabled", disabledFor: "failing" });
  const tried = here.net.at(one).length;
  await loop().drain();
  expect(here.net.at(one)).toHaveLength(tried);
  here.net.answers.clear();
  here.net.sent.splice(0);
  const change = { state: "enabled" as const };
  await changeWebhook(here.world.deps, id, { change, caller: agency, post: here.net.post });
  await replayWebhook(here.world.deps, id, { input: { dead: true }, caller: agency });
  await loop().drain();
  expect(
    here.net
      .at(one)
      .map(({ body }) => JSON.parse(body).subject)
      .toSorted(byText),
  ).toEqual(surpluses.toSorted(byText));
});
