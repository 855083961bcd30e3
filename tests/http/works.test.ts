import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { OpenSlots, PlatformState } from "../../schema/platform.ts";
import { page, plusMinutes } from "../../schema/primitives.ts";
import { Centre, Policy, Region } from "../../schema/region.ts";
import { ReportRow } from "../../schema/report.ts";
import { Expected, Invitation, Surplus } from "../../schema/surplus.ts";
import { always, Opened, Volunteer } from "../../schema/volunteer.ts";
import { newVolunteer } from "../support/gateway.ts";
import { announced, invited, leftover, listOf, openScene, registered, type Scene } from "./scene.ts";

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

describe("a volunteer", () => {
  test("registers, reads, changes, pauses, resumes and leaves", async () => {
    const { send } = scene;
    const { token, volunteer } = await registered(scene);
    expect(volunteer).toMatchObject({ state: "active", nationalNumberKnown: true });
    const own = async (method: string, path: string, json?: unknown) =>
      (await send(method, `/v1/volunteer${path}`, { token, json })).json();
    expect(await own("GET", "")).toEqual(volunteer);
    expect(await own("PATCH", "", { language: "de" })).toMatchObject({ language: "de" });
    expect(await own("POST", "/pause")).toMatchObject({ state: "paused" });
    expect(await own("GET", "")).toMatchObject({ state: "paused", availability: { week: always.week } });
    expect(await own("POST", "/resume")).toMatchObject({ state: "active" });
    const { token: session } = await scene.read(Opened, "POST", "/v1/volunteer/session", {
      ...{ token, json: { birthDate: volunteer.birthDate } },
    });
    expect(await (await send("GET", "/v1/volunteer", { token: session })).json()).toMatchObject({
      state: "active",
    });
    expect((await send("POST", "/v1/volunteer/withdraw", { token })).status).toBe(204);
    expect((await send("GET", "/v1/volunteer", { token })).status).toBe(401);
  });

  test("gets the same registration for the same key, and no second one", async () => {
    const { send } = scene;
    const headers = { "Idempotency-Key": '"8e03978e-40d5-43dd-bc93-6894a57f9324"' };
    const json = newVolunteer();
    const first = await send("POST", "/v1/volunteers", { json, headers });
    const again = await send("POST", "/v1/volunteers", { json, headers });
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(await again.json()).toEqual(await first.json());
    expect(again.headers.get("idempotency-replayed")).toBe("true");
  });

  test("is answered alike whether or not a lost token's contact is known", async () => {
    const { contact } = newVolunteer();
    const ask = () => scene.send("POST", "/v1/volunteers/recover", { json: { contact } });
    const unknown = await ask();
    await registered(scene);
    const known = await ask();
    expect([unknown.status, known.status]).toEqual([202, 202]);
    expect(await known.text()).toBe(await unknown.text());
  });
});

describe("a dose left over", () => {
  test("is announced, accepted and used", async () => {
    const { send, read, clock } = scene;
    await registered(scene);
    const { id, doses } = await announced(scene);
    expect(doses).toMatchObject({ free: 1, used: 0 });
    const { token } = await invited(scene, id);
    expect(await (await send("GET", "/v1/invitation", { token })).json()).toMatchObject({ state: "open" });
    const said = await (await send("POST", "/v1/invitation/accept", { token })).json();
    expect(said).toMatchObject({ state: "accepted", comeAt: plusMinutes(clock.now(), 30) });
    expect(JSON.stringify(said)).not.toContain("pfizer");
    const coming = await read(listOf(Expected), "GET", `/v1/surpluses/${id}/expected`, { as: "staff" });
    expect(coming).toMatchObject({ items: [{ familyName: "Dupont", booking: { state: "promised" } }] });
    const booking = `/v1/bookings/${coming.items[0]?.booking.id}`;
    const came = await send("PATCH", booking, { as: "staff", json: { outcome: "attended" } });
    expect(await came.json()).toMatchObject({ state: "attended" });
    const report = "/v1/reports/doses?from=2021-04-16&until=2021-04-16&by=region,ageBand";
    const { items } = await read(listOf(ReportRow), "GET", report, { as: "reporting" });
    expect(items).toContainEqual({ region: "wallonia", ageBand: "65-74", announced: 1, used: 1, lost: 0 });
  });

  test("is declined, and the person keeps their registration", async () => {
    const { token: own } = await registered(scene);
    const { token } = await invited(scene, (await announced(scene)).id);
    const said = await scene.send("POST", "/v1/invitation/decline", { token });
    expect(await said.json()).toMatchObject({ state: "declined" });
    const { state } = await scene.read(Volunteer, "GET", "/v1/volunteer", { token: own });
    expect(state).toBe("active");
  });

  test("is raised, given at the door once for a key, and taken back", async () => {
    const { send } = scene;
    const { id } = await announced(scene);
    const raised = await send("PATCH", `/v1/surpluses/${id}`, { as: "staff", json: { doses: 3 } });
    expect(await raised.json()).toMatchObject({ doses: { free: 3 } });
    const atDoor = { as: "staff", headers: { "Idempotency-Key": '"door-1"' } } as const;
    const first = await (await send("POST", `/v1/surpluses/${id}/walk-ins`, atDoor)).json();
    expect(first).toMatchObject({ state: "attended", walkIn: true });
    expect(await (await send("POST", `/v1/surpluses/${id}/walk-ins`, atDoor)).json()).toEqual(first);
    const cancelled = await (await send("POST", `/v1/surpluses/${id}/cancel`, { as: "staff" })).json();
    expect(cancelled).toMatchObject({ state: "cancelled", doses: { used: 1, removed: 2, free: 0 } });
  });

  test("is announced once, though one key asks five times at once", async () => {
    const asked = { as: "staff", json: leftover(scene), headers: { "Idempotency-Key": '"rush"' } } as const;
    const replies = await Promise.all(
      Array.from({ length: 5 }, () => scene.send("POST", "/v1/surpluses", asked)),
    );
    const statuses = new Set(replies.map(({ status }) => status));
    expect(statuses).toContain(201);
    expect([...statuses].filter((status) => status !== 201 && status !== 409)).toEqual([]);
    const { items } = await scene.read(page(Surplus), "GET", "/v1/surpluses", { as: "staff" });
    expect(items).toHaveLength(1);
  });

  test("is listed in pages, the newest first", async () => {
    const ids: string[] = [];
    for (const minutes of [0, 1, 1]) {
      scene.clock.advance(minutes);
      ids.unshift((await announced(scene)).id);
    }
    const pageOf = (query: string) =>
      scene.read(page(Surplus), "GET", `/v1/surpluses?${query}`, { as: "staff" });
    const { items, next = "" } = await pageOf("limit=2");
    const rest = await pageOf(`limit=2&cursor=${encodeURIComponent(next)}`);
    expect(rest.next).toBeUndefined();
    expect([...items, ...rest.items].map(({ id }) => id)).toEqual(ids);
  });
});

describe("a region", () => {
  test("shows its places and enacts the next version of its policy", async () => {
    const { send, read } = scene;
    expect((await read(listOf(Region), "GET", "/v1/regions")).items).toHaveLength(4);
    expect(await read(Region, "GET", "/v1/regions/wallonia")).toMatchObject({ centreBy: "domicile" });
    const { items } = await read(listOf(Centre), "GET", "/v1/centres?region=wallonia");
    expect(new Set(items.map(({ region }) => region))).toEqual(new Set(["wallonia"]));
    expect(await read(Centre, "GET", "/v1/centres/charleroi")).toMatchObject({ region: "wallonia" });
    const { rules } = await read(Policy, "GET", "/v1/regions/wallonia/policy");
    const json = { rules: { ...rules, windowMinutes: 45 } };
    const enacted = await send("POST", "/v1/regions/wallonia/policies", { as: "agency", json });
    expect([enacted.status, Policy.parse(await enacted.json()).version]).toEqual([201, 2]);
    const versions = await read(listOf(Policy), "GET", "/v1/regions/wallonia/policies", { as: "agency" });
    expect(versions.items.map(({ version }) => version)).toEqual([2, 1]);
  });

  test("asks who would be called, and nobody is", async () => {
    const { volunteer } = await registered(scene);
    const asked = await scene.send("POST", "/v1/policies/dry-run", { as: "agency", json: leftover(scene) });
    expect(await asked.json()).toMatchObject({
      called: [{ volunteer: volunteer.id, reason: { place: 1, age: 71 } }],
    });
    expect(await scene.read(page(Surplus), "GET", "/v1/surpluses", { as: "staff" })).toEqual({ items: [] });
  });
});

describe("a centre with a list in a file", () => {
  const list = [
    "Nom;Prénom;Date de naissance;GSM;E-mail",
    "Dupont;Jean;15/01/1950;0470 12 34 56;jean@example.org",
    "Peeters;Anne;;0470 12 34 57;anne@example.org",
  ].join("\n");
  const upload = () =>
    scene.app.request("/v1/centres/binche/imports", {
      method: "POST",
      headers: { authorization: "Bearer key-lead", "content-type": "text/csv" },
      body: list,
    });

  test("sends it, sends it again, and takes it out", async () => {
    const first = await upload();
    expect(first.status).toBe(200);
    expect(await first.json()).toMatchObject({ added: 1, notUsable: 1, faults: [{ row: 3 }] });
    expect(await (await upload()).json()).toMatchObject({ added: 0, unchanged: 1, notUsable: 1 });
    const file = await scene.send("GET", "/v1/centres/binche/exports?format=csv", { as: "lead" });
    expect(file.headers.get("content-disposition")).toContain("binche.csv");
    const text = await file.text();
    expect(text).toContain("Dupont");
    expect(text).not.toContain("Peeters");
  });

  test("telephones whom it is to call", async () => {
    const { send } = scene;
    expect(await (await send("GET", "/v1/centres/binche/calls", { as: "staff" })).json()).toEqual({
      items: [],
    });
  });
});

describe("a platform", () => {
  const post = (delivery: string, events: unknown) =>
    scene.app.request("/v1/platforms/posting/events", {
      method: "POST",
      headers: { signature: "right", delivery },
      body: JSON.stringify(events),
    });

  test("is shown as it is, and no platform's silence fails the slots of all", async () => {
    const { items } = await scene.read(listOf(PlatformState), "GET", "/v1/platforms");
    expect(items).toContainEqual(expect.objectContaining({ name: "local-list", state: "unknown" }));
    const asked = "/v1/slots?from=2021-04-16T15:00:00Z&until=2021-04-17T15:00:00Z&region=brussels";
    const { slots, sources } = await scene.read(OpenSlots, "GET", asked);
    expect(slots).toEqual([]);
    expect(sources).toMatchObject([{ platform: "doctena", state: "failed" }]);
  });

  test("tells of an answer; the same delivery again, even with other words, changes nothing", async () => {
    await registered(scene);
    const { id: invitation, token } = await invited(scene, (await announced(scene)).id);
    await scene.database.sql`update invitations set platform = 'posting'`;
    const at = scene.clock.now();
    expect((await post("d1", [])).status).toBe(202);
    expect((await post("d1", [{ kind: "answered", invitation, answer: "yes", at }])).status).toBe(202);
    const state = async () => (await scene.read(Invitation, "GET", "/v1/invitation", { token })).state;
    expect(await state()).toBe("open");
    expect((await post("d2", [{ kind: "answered", invitation, answer: "yes", at }])).status).toBe(202);
    expect(await state()).toBe("accepted");
  });
});

test("today is pushed at once and after each change", async () => {
  const stream = (await scene.app.request("/v1/live")).body?.getReader();
  const text = async () => new TextDecoder().decode((await stream?.read())?.value);
  expect(await text()).toBe("event: today\ndata: []\n\n");
  const { id } = await announced(scene);
  expect(await text()).toContain(id);
  await stream?.cancel();
});

test("the API is up, and says what it is", async () => {
  expect(await (await scene.send("GET", "/health")).json()).toMatchObject({ status: "UP" });
  const described = z.looseObject({ openapi: z.literal("3.1.0"), paths: z.record(z.string(), z.unknown()) });
  const { paths } = await scene.read(described, "GET", "/openapi.json");
  expect(Object.keys(paths)).toContain("/v1/invitation/accept");
  expect(await (await scene.send("GET", "/docs")).text()).toContain("/openapi.json");
});
