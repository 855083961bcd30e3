import { afterEach, beforeEach, expect, test } from "vitest";
import { linkAudit } from "../../gateway/flows/audit/link.ts";
import { issueKeys } from "../../gateway/flows/authorise.ts";
import type { Post } from "../../gateway/flows/webhooks/post.ts";
import { createApp } from "../../gateway/http/app.ts";
import { createWebhookLoop } from "../../gateway/worker/webhooks.ts";
import { DeliveryPage, IssuedSecret, IssuedWebhook, TestOutcome, Webhook } from "../../schema/webhook.ts";
import { quiet } from "../support/quiet.ts";
import { announced, keys, listOf, openScene, type Scene } from "./scene.ts";

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
  while (await linkAudit(scene.deps));
});
afterEach(() => scene.close());

const byText = (one: unknown, other: unknown) => (String(one) < String(other) ? -1 : 1);

const address = "https://reports.example.org/everydose?token=of-theirs";
const wanted = { address, types: ["everydose.surplus.*"] };
const made = (json: object = wanted, as: "agency" | "operator" | "platform" = "agency") =>
  scene.read(IssuedWebhook, "POST", "/v1/webhooks", { as, json });

/** Sends all that is due, to addresses that answer with this status. */
const sent = async (status: number): Promise<void> => {
  const post: Post = { refusal: async () => undefined, send: async () => ({ status }) };
  const base = "https://dose.example.org";
  await createWebhookLoop({ deps: scene.deps, post, base, random: () => 0, log: quiet }).drain();
};

test("a webhook is ordered, shown without its secret, changed, tested and removed", async () => {
  const { secret, ...webhook } = await made();
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{32,}=*$/);
  const at = `/v1/webhooks/${webhook.id}`;
  expect(webhook).toMatchObject({
    regions: ["wallonia"],
    owner: keys.agency.label,
    role: "agency",
    state: "enabled",
  });
  expect(await scene.read(Webhook, "GET", at, { as: "agency" })).toEqual(webhook);
  const change = { note: "the dashboard", types: ["everydose.booking.*"], state: "disabled" };
  const changed = await scene.read(Webhook, "PATCH", at, { as: "agency", json: change });
  expect(changed).toMatchObject({ ...change, disabledFor: "asked" });
  const enabled = await scene.read(Webhook, "PATCH", at, { as: "operator", json: { state: "enabled" } });
  expect(enabled, "whoever enables it makes it reach no further").toMatchObject({
    ...{ state: "enabled", regions: ["wallonia"], role: "agency", owner: keys.agency.label },
  });
  expect(await scene.read(TestOutcome, "POST", `${at}/test`, { as: "agency" })).toMatchObject({
    taken: true,
    status: 204,
  });
  const again = await scene.send("POST", `${at}/test`, { as: "agency" });
  expect([again.status, again.headers.get("retry-after")]).toEqual([429, "5"]);
  expect((await scene.send("DELETE", at, { as: "agency" })).status).toBe(204);
  expect((await scene.send("GET", at, { as: "agency" })).status).toBe(404);
  const lines = await scene.database.sql`
    select event, facts->>'host' as host from audit where event like 'webhook.%' order by id`;
  expect(lines.map(({ event }) => event)).toEqual([
    ...["webhook.made", "webhook.changed", "webhook.changed", "webhook.removed"],
  ]);
  expect(lines[0]?.host).toBe("reports.example.org");
  expect(JSON.stringify(await scene.database.sql`select * from audit`)).not.toContain("of-theirs");
});

test("the same order with the same key makes one webhook, and shows the same secret", async () => {
  const headers = { "idempotency-key": '"once"' };
  const order = () =>
    scene.read(IssuedWebhook, "POST", "/v1/webhooks", { as: "agency", json: wanted, headers });
  expect(await order()).toEqual(await order());
  const { items } = await scene.read(listOf(Webhook), "GET", "/v1/webhooks", { as: "agency" });
  expect(items).toHaveLength(1);
});

test("what was sent is listed, and what was given up by itself; one event is sent again", async () => {
  const { id } = await made();
  const at = `/v1/webhooks/${id}`;
  await announced(scene);
  await sent(410);
  const dead = await scene.read(DeliveryPage, "GET", `${at}/deliveries?state=dead`, { as: "agency" });
  expect(dead.items).toMatchObject([
    { type: "everydose.surplus.announced", state: "dead", attempts: [{ status: 410 }] },
  ]);
  expect(await scene.read(Webhook, "GET", at, { as: "agency" })).toMatchObject({
    disabledFor: "gone",
    dead: 1,
  });
  await scene.send("PATCH", at, { as: "agency", json: { state: "enabled" } });
  const event = dead.items[0]?.event;
  const replayed = await scene.send("POST", `${at}/replay`, { as: "agency", json: { event } });
  expect([replayed.status, await replayed.json()]).toMatchObject([202, { waiting: 1, dead: 0 }]);
  await announced(scene);
  await sent(204);
  const first = await scene.read(DeliveryPage, "GET", `${at}/deliveries?limit=1`, { as: "agency" });
  const second = await scene.read(
    ...([
      DeliveryPage,
      "GET",
      `${at}/deliveries?limit=1&cursor=${encodeURIComponent(first.next ?? "")}`,
      { as: "agency" },
    ] as const),
  );
  const all = [...first.items, ...second.items];
  expect(all.map(({ state }) => state)).toEqual(["taken", "taken"]);
  expect(all.find((each) => each.event === event)?.attempts).toMatchObject([
    { status: 410 },
    { status: 204 },
  ]);
  expect(second.next).toBeUndefined();
});

test("another secret is shown once, and the one before signs for as long as is said", async () => {
  const { id, secret } = await made();
  const at = `/v1/webhooks/${id}/secret`;
  const issued = await scene.read(IssuedSecret, "POST", at, { as: "agency", json: {} });
  expect(issued.secret).not.toBe(secret);
  expect(issued.oldSecretUntil).toBe("2021-04-17T14:30:00.000Z");
  const stolen = await scene.read(IssuedSecret, "POST", at, { as: "agency", json: { oldForHours: 0 } });
  expect(stolen.oldSecretUntil).toBeUndefined();
});

test("an authority sees what lies within its region, a platform its own alone", async () => {
  const [ofAgency, ofPlatform, ofAll] = [
    await made(),
    await made(wanted, "platform"),
    await made(wanted, "operator"),
  ];
  const seen = async (as: "agency" | "flanders" | "platform" | "operator") =>
    (await scene.read(listOf(Webhook), "GET", "/v1/webhooks", { as })).items
      .map(({ id }) => id)
      .toSorted(byText);
  const ids = (...these: { id: string }[]) => these.map(({ id }) => id).toSorted(byText);
  expect(await seen("agency")).toEqual(ids(ofAgency));
  expect(await seen("flanders")).toEqual([]);
  expect(await seen("platform")).toEqual(ids(ofPlatform));
  expect(await seen("operator")).toEqual(ids(ofAgency, ofPlatform, ofAll));
  for (const { id } of [ofPlatform, ofAll])
    expect((await scene.send("DELETE", `/v1/webhooks/${id}`, { as: "agency" })).status).toBe(404);
  await issueKeys(scene.deps, [
    { key: "key-other", caller: { ...keys.platform, label: "another platform" } },
  ]);
  const path = `/v1/webhooks/${ofPlatform.id}/secret`;
  expect((await scene.send("POST", path, { token: "key-other", json: {} })).status).toBe(404);
});

test("what is no address, no type, or too much is refused with what would do", async () => {
  const refused = async (json: object) => {
    const reply = await scene.send("POST", "/v1/webhooks", { as: "agency", json });
    return [reply.status, await reply.json()];
  };
  expect(await refused({ ...wanted, types: [] })).toMatchObject([400, { issues: [{ at: "/types" }] }]);
  expect(await refused({ ...wanted, types: ["everydose.names.*"] })).toMatchObject([
    400,
    { issues: [{ at: "/types/0" }] },
  ]);
  expect(await refused({ ...wanted, address: "ftp://example.org" })).toMatchObject([
    400,
    { issues: [{ at: "/address" }] },
  ]);
  const post: Post = { refusal: async () => "it lies inside", send: async () => ({ status: 204 }) };
  const app = createApp({ deps: scene.deps, platforms: [], slots: { deadlineMs: 500 }, post, log: quiet });
  const inside = await app.request("/v1/webhooks", {
    ...{ method: "POST", body: JSON.stringify(wanted) },
    headers: { authorization: "Bearer key-agency", "content-type": "application/json" },
  });
  expect([inside.status, await inside.json()]).toMatchObject([
    ...[400, { issues: [{ at: "/address", detail: "it lies inside" }] }],
  ]);
  for (let count = 0; count < 20; count += 1) await made();
  expect(await refused(wanted)).toMatchObject([409, { code: "too_many_webhooks" }]);
});

test("the webhook of a key that is revoked is disabled, and belongs to whoever enables it", async () => {
  const door = { label: "door", role: "agency", regions: ["wallonia"] };
  const { key } = (await (await scene.send("POST", "/v1/keys", { as: "operator", json: door })).json()) as {
    key: string;
  };
  const { id } = await scene.read(IssuedWebhook, "POST", "/v1/webhooks", { token: key, json: wanted });
  await scene.send("DELETE", "/v1/keys/door", { as: "operator" });
  const post: Post = { refusal: async () => undefined, send: async () => ({ status: 204 }) };
  await createWebhookLoop({ deps: scene.deps, post, base: "", random: () => 0, log: quiet }).tidy();
  const at = `/v1/webhooks/${id}`;
  expect(await scene.read(Webhook, "GET", at, { as: "agency" })).toMatchObject({
    disabledFor: "key-ended",
    owner: "door",
  });
  const enabled = await scene.read(Webhook, "PATCH", at, { as: "agency", json: { state: "enabled" } });
  expect(enabled).toMatchObject({ state: "enabled", owner: keys.agency.label });
});
