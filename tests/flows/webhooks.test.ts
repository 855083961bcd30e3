import { readFileSync } from "node:fs";
import { HTTP } from "cloudevents";
import { Webhook as Stock } from "standardwebhooks";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Caller, issueKeys } from "../../gateway/flows/authorise.ts";
import {
  changeWebhook,
  makeWebhook,
  readWebhook,
  rotateSecret,
} from "../../gateway/flows/webhooks/manage.ts";
import type { Post, Posted } from "../../gateway/flows/webhooks/post.ts";
import { listDeliveries, replayWebhook } from "../../gateway/flows/webhooks/replay.ts";
import { testWebhook } from "../../gateway/flows/webhooks/send.ts";
import { signatureOf, signedHeaders } from "../../gateway/flows/webhooks/signature.ts";
import { leave, seen } from "../../gateway/store/replicas.ts";
import { createWebhookLoop } from "../../gateway/worker/webhooks.ts";
import type { EventFilter } from "../../schema/cloud-event.ts";
import { DeliveryQuestion, type IssuedWebhook } from "../../schema/webhook.ts";
import { dataFile, noData } from "../support/data.ts";
import type { TestDeps } from "../support/gateway.ts";
import { quiet } from "../support/quiet.ts";
import { leftOver, scene } from "./scene.ts";

/* Events on their way to whoever wants them: on a database of their own, on a clock that the test moves. */

let world: TestDeps;
beforeEach(async () => {
  world = await scene();
  await issueKeys(world.deps, [{ key: "key-of-agency", caller: agency }]);
});
afterEach(() => world.close());

const agency = { label: "agency", role: "agency", regions: ["wallonia"], centres: [] } as unknown as Caller;
const base = "https://dose.example.org";
type Letter = Parameters<Post["send"]>[0];

/** Addresses that answer as a test says, and what they were sent. */
const addresses = () => {
  const sent: Letter[] = [];
  const answers = new Map<string, (letter: Letter) => Promise<Posted> | Posted>();
  const post: Post = {
    refusal: async () => undefined,
    send: async (letter) => {
      sent.push(letter);
      return (await answers.get(letter.address)?.(letter)) ?? { status: 204 };
    },
  };
  const at = (address: string) => sent.filter((letter) => letter.address === address);
  return { post, sent, at, answers };
};
let net: ReturnType<typeof addresses>;
beforeEach(() => {
  net = addresses();
});

const loop = (replica?: string, post = net.post) =>
  createWebhookLoop({ deps: world.deps, post, base, replica, random: () => 0, log: quiet });

const one = "https://one.example.org/in";
const two = "https://two.example.org/in";
const hook = (address = one, types: EventFilter[] = ["everydose.surplus.*"]): Promise<IssuedWebhook> =>
  makeWebhook(world.deps, { address, types }, { caller: agency, post: net.post });

/** What happened before somebody ordered it is not sent: a chain that is not linked yet would be. */
const settled = () => loop().drain();

const byText = (one: unknown, other: unknown) => (String(one) < String(other) ? -1 : 1);

const idOf = ({ headers }: Letter) => headers["webhook-id"];
const history = async (id: IssuedWebhook["id"], query = {}) =>
  (await listDeliveries(world.deps, id, { question: DeliveryQuestion.parse(query), caller: agency })).items;
/** A busy machine takes its time. */
const patiently = { timeout: 60_000 };
const minutes = (count: number) => world.clock.advance(count);

describe("a signature", () => {
  const vectors = dataFile("http/standard-webhooks/vectors.json") ?? "";

  test.skipIf(vectors === "")(
    `is that of the specification's own libraries${vectors ? "" : ` (${noData})`}`,
    () => {
      const { sign } = JSON.parse(readFileSync(vectors, "utf8")) as {
        sign: { secret: string; id: string; timestamp: number; payload: string; signature: string }[];
      };
      expect(sign.length).toBeGreaterThan(0);
      for (const { secret, id, timestamp, payload: body, signature } of sign) {
        expect(signatureOf({ id, timestamp, body }, secret)).toBe(signature);
        expect(signatureOf({ id, timestamp, body }, secret.replace("whsec_", ""))).toBe(signature);
      }
    },
  );

  test("is verified by the stock library, and by none with another secret, body, id or moment", () => {
    const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const message = { id: "evt_wallonia_1", timestamp: Math.floor(Date.now() / 1000), body: '{"a":"é"}' };
    const headers = signedHeaders(message, [secret]);
    expect(new Stock(secret).verify(message.body, headers)).toEqual({ a: "é" });
    const other = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    expect(() => new Stock(other).verify(message.body, headers)).toThrow();
    expect(() => new Stock(secret).verify('{"a":"e"}', headers)).toThrow();
    for (const changed of [
      { "webhook-id": "evt_wallonia_2" },
      { "webhook-timestamp": String(message.timestamp - 1) },
    ])
      expect(() =>
        new Stock(secret).verify(message.body, { ...headers, ...changed } as unknown as Record<
          string,
          string
        >),
      ).toThrow();
    expect(() => signatureOf(message, "whsec_")).toThrow();
    expect(() => signatureOf({ ...message, timestamp: -1 }, secret)).toThrow();
  });
});

/** As the stock library sees it, at the moment at which it was sent. */
const verified = (letter: Letter, secret: string): unknown => {
  const {
    "webhook-id": id = "",
    "webhook-timestamp": then = "",
    "webhook-signature": signatures = "",
  } = letter.headers;
  // The library knows the machine's clock alone: it signs what it is to find, at the moment of the test's clock.
  const expected = new Stock(secret).sign(id, new Date(Number(then) * 1000), letter.body);
  expect(signatures.split(" ")).toContain(expected);
  return JSON.parse(letter.body);
};

test("what happens is sent as a CloudEvent that its secret signs, once", async () => {
  await settled();
  const { id, secret } = await hook();
  const surplus = await leftOver(world, 2);
  await loop().drain();
  await loop().drain();
  const [letter, ...more] = net.at(one);
  if (!letter) throw new Error("nothing was sent");
  expect(more).toEqual([]);
  expect(letter.headers["webhook-signature"]).toMatch(/^v1,\S+$/);
  const event = verified(letter, secret) as Record<string, unknown>;
  expect(event).toMatchObject({ id: idOf(letter), type: "everydose.surplus.announced", subject: surplus.id });
  expect(HTTP.toEvent({ headers: letter.headers, body: letter.body })).toMatchObject({ id: idOf(letter) });
  expect(await readWebhook(world.deps, id, agency)).toMatchObject({ waiting: 0, dead: 0, state: "enabled" });
  expect(await history(id)).toMatchObject([
    { event: idOf(letter), state: "taken", attempts: [{ status: 204 }] },
  ]);
});

test("two secrets sign for as long as was asked, then one", async () => {
  await settled();
  const { id, secret } = await hook();
  const issued = await rotateSecret(world.deps, id, { input: { oldForHours: 2 }, caller: agency });
  await leftOver(world, 1);
  await loop().drain();
  minutes(121);
  await leftOver(world, 1);
  await loop().drain();
  const [both, alone] = net.at(one) as [Letter, Letter];
  for (const each of [secret, issued.secret]) verified(both, each);
  expect(both.headers["webhook-signature"]?.split(" ")).toHaveLength(2);
  verified(alone, issued.secret);
  expect(alone.headers["webhook-signature"]?.split(" ")).toHaveLength(1);
  await loop().tidy();
  const [row] = await world.database.sql`select old_secret_sealed from webhooks`;
  expect(row).toEqual({ old_secret_sealed: null });
  const sealed = await world.database.sql<{ text: string }[]>`select w::text as text from webhooks w`;
  expect(sealed[0]?.text).not.toContain("whsec");
});

test("what is not taken is sent again under the same id, by the schedule, and is a dead letter in the end", async () => {
  await settled();
  const { id } = await hook();
  net.answers.set(one, () => ({ status: 500 }));
  await leftOver(world, 1);
  const waits = [0, 5 / 60, 5, 30, 120, 300, 600, 840, 1200, 1440];
  for (const [nth, wait] of waits.entries()) {
    if (wait > 0.1) {
      minutes(wait - 0.1);
      await loop().drain();
      expect(net.at(one), `before try ${nth + 1}`).toHaveLength(nth);
      minutes(0.1);
    } else minutes(wait);
    // From the fifth failure on an address rests a little as well.
    minutes(nth >= 5 ? 5 : 0);
    await loop().drain();
    expect(net.at(one), `try ${nth + 1}`).toHaveLength(nth + 1);
  }
  expect(new Set(net.at(one).map(idOf)).size).toBe(1);
  const moments = net.at(one).map(({ headers }) => headers["webhook-timestamp"]);
  expect(new Set(moments).size, "each try has a moment of its own").toBe(10);
  const [dead] = await history(id, { state: "dead" });
  expect(dead).toMatchObject({ state: "dead", attempts: waits.map(() => ({ status: 500 })) });
  net.answers.clear();
  minutes(10);
  const replayed = await replayWebhook(world.deps, id, { input: { dead: true }, caller: agency });
  expect(replayed).toMatchObject({ waiting: 1, dead: 0 });
  await loop().drain();
  expect(net.at(one)).toHaveLength(11);
  expect(new Set(net.at(one).map(idOf)).size).toBe(1);
});

test("an address that asks for a pause has it, with all that waits for it", async () => {
  await settled();
  const { id } = await hook();
  net.answers.set(one, () => ({ status: 429, retryAfterSeconds: 600 }));
  await leftOver(world, 1);
  await loop().drain();
  await leftOver(world, 1);
  minutes(9);
  await loop().drain();
  expect(net.at(one)).toHaveLength(1);
  expect((await readWebhook(world.deps, id, agency)).restsUntil).toBeDefined();
  net.answers.clear();
  minutes(1);
  await loop().drain();
  expect(net.at(one)).toHaveLength(3);
  const now = await readWebhook(world.deps, id, agency);
  expect([now.restsUntil, now.failingSince, now.waiting]).toEqual([undefined, undefined, 0]);
});

test("an address that is gone is asked no more, and others within reach are told", async () => {
  await settled();
  const { id } = await hook();
  await hook(two, ["everydose.webhook.disabled"]);
  net.answers.set(one, () => ({ status: 410 }));
  await leftOver(world, 1);
  await loop().drain();
  await leftOver(world, 1);
  await loop().drain();
  expect(net.at(one)).toHaveLength(1);
  expect(await readWebhook(world.deps, id, agency)).toMatchObject({
    state: "disabled",
    disabledFor: "gone",
    dead: 1,
  });
  expect(net.at(two).map(({ body }) => JSON.parse(body).data)).toEqual([
    { region: "wallonia", webhook: id, because: "gone" },
  ]);
});

test("an address that takes nothing for five days is asked no more; once enabled, it gets all that it missed", async () => {
  await settled();
  const { id } = await hook();
  net.answers.set(one, () => ({ fault: "ECONNREFUSED" }));
  const surpluses: string[] = [];
  for (let day = 0; day < 7; day += 1) {
    surpluses.push((await leftOver(world, 1)).id);
    await loop().drain();
    minutes(24 * 60);
  }
  await loop().drain();
  const ended = await readWebhook(world.deps, id, agency);
  expect(ended).toMatchObject({ state: "disabled", disabledFor: "failing" });
  const tried = net.at(one).length;
  await loop().drain();
  expect(net.at(one)).toHaveLength(tried);
  net.answers.clear();
  net.sent.splice(0);
  const change = { state: "enabled" as const };
  await changeWebhook(world.deps, id, { change, caller: agency, post: net.post });
  await replayWebhook(world.deps, id, { input: { dead: true }, caller: agency });
  await loop().drain();
  expect(
    net
      .at(one)
      .map(({ body }) => JSON.parse(body).subject)
      .toSorted(byText),
  ).toEqual(surpluses.toSorted(byText));
});

test("all from a moment on is sent again, and so is one event, under the ids of before", async () => {
  await settled();
  const { id } = await hook();
  const early = await leftOver(world, 1);
  await loop().drain();
  minutes(10);
  const from = world.clock.now();
  const [middle, late] = [await leftOver(world, 1), await leftOver(world, 1)];
  await loop().drain();
  const before = net.sent.splice(0);
  await replayWebhook(world.deps, id, { input: { from }, caller: agency });
  await loop().drain();
  expect(net.sent.map(idOf).toSorted(byText)).toEqual(before.slice(1).map(idOf).toSorted(byText));
  expect(net.sent.map(({ body }) => JSON.parse(body).subject).toSorted(byText)).toEqual(
    [middle.id, late.id].toSorted(byText),
  );
  net.sent.splice(0);
  const [first] = before;
  await replayWebhook(world.deps, id, { input: { event: idOf(first as Letter) ?? "" }, caller: agency });
  await loop().drain();
  expect(net.sent.map(({ body }) => JSON.parse(body).subject)).toEqual([early.id]);
  const input = { event: "evt_flanders_1" };
  await expect(replayWebhook(world.deps, id, { input, caller: agency })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("who answers slowly or never keeps nobody else waiting", async () => {
  await settled();
  await hook(one);
  await hook(two);
  const hangs: (() => void)[] = [];
  net.answers.set(one, () => new Promise<Posted>((answer) => hangs.push(() => answer({ status: 204 }))));
  for (let count = 0; count < 30; count += 1) await leftOver(world, 1);
  const going = loop();
  const drained = going.drain();
  await expect.poll(() => net.at(two).length, patiently).toBe(30);
  expect(net.at(one).length, "its own places, and no more").toBe(8);
  net.answers.clear();
  while (hangs.length > 0) hangs.pop()?.();
  await drained;
  expect(new Set(net.at(one).map(idOf)).size).toBe(30);
});

test("two gateways send each event once, and nothing twice at once", async () => {
  await settled();
  await hook();
  const open = new Set<string>();
  net.answers.set(one, async (letter) => {
    const id = idOf(letter) ?? "";
    expect(open.has(id)).toBe(false);
    open.add(id);
    await new Promise((done) => setTimeout(done, 5));
    open.delete(id);
    return { status: 204 };
  });
  for (let count = 0; count < 20; count += 1) await leftOver(world, 1);
  await Promise.all([loop().drain(), loop().drain()]);
  expect(net.at(one).map(idOf).toSorted(byText)).toEqual(
    [...new Set(net.at(one).map(idOf))].toSorted(byText),
  );
  expect(net.at(one)).toHaveLength(20);
});

test("what a gateway had on its way when it was killed is sent by another, as soon as it is missed", async () => {
  await settled();
  const { id } = await hook();
  const killed = "0f8fad5b-d9cb-469f-a165-70867728950e";
  await seen(world.deps.db, killed);
  await leftOver(world, 1);
  const never: Post = { ...net.post, send: () => new Promise(() => undefined) };
  const dying = loop(killed, never);
  void dying.drain();
  const { sql } = world.database;
  const claimed = async () => (await sql`select from webhook_deliveries where claimed_by = ${killed}`).length;
  await expect.poll(claimed, patiently).toBe(1);
  await loop().drain();
  expect(net.at(one), "it may still be on its way").toEqual([]);
  await sql`update replicas set seen_at = now() - interval '1 minute' where id = ${killed}`;
  const other = world.deps.uuid();
  await seen(world.deps.db, other);
  await loop(other).drain();
  expect(net.at(one)).toHaveLength(1);
  expect(await history(id)).toMatchObject([{ state: "taken" }]);
  await leave(world.deps.db, other);
});

test("what a slow gateway says of one that was taken over counts no more", async () => {
  await settled();
  const { id } = await hook();
  await leftOver(world, 1);
  let answer = (_: Posted): void => undefined;
  let drained: Promise<void> | undefined;
  await new Promise<void>((isAsked) => {
    const send = () =>
      new Promise<Posted>((tell) => {
        answer = tell;
        isAsked();
      });
    drained = loop(undefined, { ...net.post, send }).drain();
  });
  minutes(2);
  await loop().drain();
  answer({ status: 500 });
  await drained;
  expect(await history(id)).toMatchObject([{ state: "taken", attempts: [{ status: 204 }] }]);
});

test("a test event says what came of it, and nothing else changes", async () => {
  const { id, secret } = await hook();
  net.answers.set(one, () => ({ status: 503, retryAfterSeconds: 60 }));
  const ask = () => testWebhook(world.deps, id, { caller: agency, post: net.post, base });
  const failed = await ask();
  expect(failed).toMatchObject({ taken: false, status: 503, event: expect.stringMatching(/^evt_test_/) });
  verified(net.at(one)[0] as Letter, secret);
  await expect(ask()).rejects.toMatchObject({ code: "too_many_requests", retryAfterSeconds: 5 });
  minutes(1);
  net.answers.set(one, () => ({ fault: "forbidden" }));
  expect(await ask()).toMatchObject({ taken: false, fault: "forbidden" });
  expect(await readWebhook(world.deps, id, agency)).toMatchObject({ state: "enabled", waiting: 0 });
  expect((await readWebhook(world.deps, id, agency)).failingSince).toBeUndefined();
});

test("the webhook of a key that is ended is told nothing more, nor that of one that reaches less far", async () => {
  await settled();
  const { id } = await hook();
  await issueKeys(world.deps, [
    { key: "another", caller: { ...agency, regions: ["flanders"] } as unknown as Caller },
  ]);
  await loop().tidy();
  expect(await readWebhook(world.deps, id, agency)).toMatchObject({
    state: "disabled",
    disabledFor: "key-ended",
  });
  await leftOver(world, 1);
  await loop().drain();
  expect(net.sent).toEqual([]);
});
