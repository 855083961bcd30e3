import { HTTP } from "cloudevents";
import { expect, test } from "vitest";
import { type Caller, issueKeys } from "../../gateway/flows/authorise.ts";
import { readWebhook, rotateSecret } from "../../gateway/flows/webhooks/manage.ts";
import type { Post, Posted } from "../../gateway/flows/webhooks/post.ts";
import { replayWebhook } from "../../gateway/flows/webhooks/replay.ts";
import { testWebhook } from "../../gateway/flows/webhooks/send.ts";
import { leave, seen } from "../../gateway/store/replicas.ts";
import { leftOver } from "./scene.ts";
import {
  agency,
  base,
  byText,
  here,
  history,
  hook,
  idOf,
  type Letter,
  loop,
  minutes,
  one,
  patiently,
  settled,
  two,
  useWebhooks,
  verified,
} from "./webhook-scene.ts";

useWebhooks();

test("what happens is sent as a CloudEvent that its secret signs, once", async () => {
  await settled();
  const { id, secret } = await hook();
  const surplus = await leftOver(here.world, 2);
  await loop().drain();
  await loop().drain();
  const [letter, ...more] = here.net.at(one);
  if (!letter) throw new Error("nothing was sent");
  expect(more).toEqual([]);
  expect(letter.headers["webhook-signature"]).toMatch(/^v1,\S+$/);
  const event = verified(letter, secret) as Record<string, unknown>;
  expect(event).toMatchObject({ id: idOf(letter), type: "everydose.surplus.announced", subject: surplus.id });
  expect(HTTP.toEvent({ headers: letter.headers, body: letter.body })).toMatchObject({ id: idOf(letter) });
  expect(await readWebhook(here.world.deps, id, agency)).toMatchObject({
    waiting: 0,
    dead: 0,
    state: "enabled",
  });
  expect(await history(id)).toMatchObject([
    { event: idOf(letter), state: "taken", attempts: [{ status: 204 }] },
  ]);
});

test("two secrets sign for as long as was asked, then one", async () => {
  await settled();
  const { id, secret } = await hook();
  const issued = await rotateSecret(here.world.deps, id, { input: { oldForHours: 2 }, caller: agency });
  await leftOver(here.world, 1);
  await loop().drain();
  minutes(121);
  await leftOver(here.world, 1);
  await loop().drain();
  const [both, alone] = here.net.at(one) as [Letter, Letter];
  for (const each of [secret, issued.secret]) verified(both, each);
  expect(both.headers["webhook-signature"]?.split(" ")).toHaveLength(2);
  verified(alone, issued.secret);
  expect(alone.headers["webhook-signature"]?.split(" ")).toHaveLength(1);
  await loop().tidy();
  const [row] = await here.world.database.sql`select old_secret_sealed from webhooks`;
  expect(row).toEqual({ old_secret_sealed: null });
  const sealed = await here.world.database.sql<{ text: string }[]>`select w::text as text from webhooks w`;
  expect(sealed[0]?.text).not.toContain("whsec");
});

test("all from a moment on is sent again, and so is one event, under the ids of before", async () => {
  await settled();
  const { id } = await hook();
  const early = await leftOver(here.world, 1);
  await loop().drain();
  minutes(10);
  const from = here.world.clock.now();
  const [middle, late] = [await leftOver(here.world, 1), await leftOver(here.world, 1)];
  await loop().drain();
  const before = here.net.sent.splice(0);
  await replayWebhook(here.world.deps, id, { input: { from }, caller: agency });
  await loop().drain();
  expect(here.net.sent.map(idOf).toSorted(byText)).toEqual(before.slice(1).map(idOf).toSorted(byText));
  expect(here.net.sent.map(({ body }) => JSON.parse(body).subject).toSorted(byText)).toEqual(
    [middle.id, late.id].toSorted(byText),
  );
  here.net.sent.splice(0);
  const [first] = before;
  await replayWebhook(here.world.deps, id, { input: { event: idOf(first as Letter) ?? "" }, caller: agency });
  await loop().drain();
  expect(here.net.sent.map(({ body }) => JSON.parse(body).subject)).toEqual([early.id]);
  const input = { event: "evt_flanders_1" };
  await expect(replayWebhook(here.world.deps, id, { input, caller: agency })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("who answers slowly or never keeps nobody else waiting", async () => {
  await settled();
  await hook(one);
  await hook(two);
  const hangs: (() => void)[] = [];
  here.net.answers.set(one, () => new Promise<Posted>((answer) => hangs.push(() => answer({ status: 204 }))));
  for (let count = 0; count < 30; count += 1) await leftOver(here.world, 1);
  const going = loop();
  const drained = going.drain();
  await expect.poll(() => here.net.at(two).length, patiently).toBe(30);
  expect(here.net.at(one).length, "its own places, and no more").toBe(8);
  here.net.answers.clear();
  while (hangs.length > 0) hangs.pop()?.();
  await drained;
  expect(new Set(here.net.at(one).map(idOf)).size).toBe(30);
});

test("two gateways send each event once, and nothing twice at once", async () => {
  await settled();
  await hook();
  const open = new Set<string>();
  here.net.answers.set(one, async (letter) => {
    const id = idOf(letter) ?? "";
    expect(open.has(id)).toBe(false);
    open.add(id);
    await new Promise((done) => setTimeout(done, 5));
    open.delete(id);
    return { status: 204 };
  });
  for (let count = 0; count < 20; count += 1) await leftOver(here.world, 1);
  await Promise.all([loop().drain(), loop().drain()]);
  expect(here.net.at(one).map(idOf).toSorted(byText)).toEqual(
    [...new Set(here.net.at(one).map(idOf))].toSorted(byText),
  );
  expect(here.net.at(one)).toHaveLength(20);
});

test("what a gateway had on its way when it was killed is sent by another, as soon as it is missed", async () => {
  await settled();
  const { id } = await hook();
  const killed = "0f8fad5b-d9cb-469f-a165-70867728950e";
  await seen(here.world.deps.db, killed);
  await leftOver(here.world, 1);
  const never: Post = { ...here.net.post, send: () => new Promise(() => undefined) };
  const dying = loop(killed, never);
  void dying.drain();
  const { sql } = here.world.database;
  const claimed = async () => (await sql`select from webhook_deliveries where claimed_by = ${killed}`).length;
  await expect.poll(claimed, patiently).toBe(1);
  await loop().drain();
  expect(here.net.at(one), "it may still be on its way").toEqual([]);
  await sql`update replicas set seen_at = now() - interval '1 minute' where id = ${killed}`;
  const other = here.world.deps.uuid();
  await seen(here.world.deps.db, other);
  await loop(other).drain();
  expect(here.net.at(one)).toHaveLength(1);
  expect(await history(id)).toMatchObject([{ state: "taken" }]);
  await leave(here.world.deps.db, other);
});

test("what a slow gateway says of one that was taken over counts no more", async () => {
  await settled();
  const { id } = await hook();
  await leftOver(here.world, 1);
  let answer = (_: Posted): void => undefined;
  let drained: Promise<void> | undefined;
  await new Promise<void>((isAsked) => {
    const send = () =>
      new Promise<Posted>((tell) => {
        answer = tell;
        isAsked();
      });
    drained = loop(undefined, { ...here.net.post, send }).drain();
  });
  minutes(2);
  await loop().drain();
  answer({ status: 500 });
  await drained;
  expect(await history(id)).toMatchObject([{ state: "taken", attempts: [{ status: 204 }] }]);
});

test("a test event says what came of it, and nothing else changes", async () => {
  const { id, secret } = await hook();
  here.net.answers.set(one, () => ({ status: 503, retryAfterSeconds: 60 }));
  const ask = () => testWebhook(here.world.deps, id, { caller: agency, post: here.net.post, base });
  const failed = await ask();
  expect(failed).toMatchObject({ taken: false, status: 503, event: expect.stringMatching(/^evt_test_/) });
  verified(here.net.at(one)[0] as Letter, secret);
  await expect(ask()).rejects.toMatchObject({ code: "too_many_requests", retryAfterSeconds: 5 });
  minutes(1);
  here.net.answers.set(one, () => ({ fault: "forbidden" }));
  expect(await ask()).toMatchObject({ taken: false, fault: "forbidden" });
  expect(await readWebhook(here.world.deps, id, agency)).toMatchObject({ state: "enabled", waiting: 0 });
  expect((await readWebhook(here.world.deps, id, agency)).failingSince).toBeUndefined();
});

test("the webhook of a key that is ended is told nothing more, nor that of one that reaches less far", async () => {
  await settled();
  const { id } = await hook();
  await issueKeys(here.world.deps, [
    { key: "another", caller: { ...agency, regions: ["flanders"] } as unknown as Caller },
  ]);
  await loop().tidy();
  expect(await readWebhook(here.world.deps, id, agency)).toMatchObject({
    state: "disabled",
    disabledFor: "key-ended",
  });
  await leftOver(here.world, 1);
  await loop().drain();
  expect(here.net.sent).toEqual([]);
});
