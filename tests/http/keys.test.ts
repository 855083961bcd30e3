import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createApp } from "../../gateway/http/app.ts";
import { Problem } from "../../schema/errors.ts";
import { IssuedKey, type Key } from "../../schema/key.ts";
import { quiet } from "../support/quiet.ts";
import { leftover, openScene, type Scene } from "./scene.ts";

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const door = { label: "charleroi-door", role: "staff", regions: ["wallonia"], centres: ["charleroi"] };
const make = (json: unknown = door, headers?: Record<string, string>) =>
  scene.send("POST", "/v1/keys", { as: "operator", json, headers });
const made = async (json?: unknown) => IssuedKey.parse(await (await make(json)).json());
const end = (label: string) => scene.send("DELETE", `/v1/keys/${label}`, { as: "operator" });
const announce = async (token: string, centre = "charleroi") =>
  (await scene.send("POST", "/v1/surpluses", { token, json: { ...leftover(scene), centre } })).status;
const refusal = async (reply: Promise<Response>) => Problem.parse(await (await reply).json());

describe("a key that an operator makes", () => {
  test("opens what its role opens, as far as it reaches, until it is revoked", async () => {
    const { key, ...rest } = await made();
    expect(rest).toEqual({ ...door, issuedAt: scene.clock.now() });
    expect(await announce(key)).toBe(201);
    expect(await announce(key, "namur")).toBe(403);
    expect((await end(door.label)).status).toBe(204);
    expect(await announce(key)).toBe(401);
    expect((await refusal(end(door.label))).code).toBe("not_found");
  });

  test("is shown once; neither the listing nor the database holds it", async () => {
    const { key, ...rest } = await made();
    const listed = await scene.send("GET", "/v1/keys", { as: "operator" });
    const text = await listed.text();
    expect(JSON.parse(text).items.map(({ label }: Key) => label)).toContain("a key for operator");
    expect(JSON.parse(text).items).toContainEqual(rest);
    expect(text).not.toContain(key);
    const rows = await scene.database.sql`select * from keys where label = ${door.label}`;
    expect(JSON.stringify(rows)).not.toContain(key);
    await end(door.label);
    expect(await (await scene.send("GET", "/v1/keys", { as: "operator" })).text()).not.toContain(door.label);
  });

  test("is the same for the same idempotency key, and no second one", async () => {
    const headers = { "Idempotency-Key": '"first-key"' };
    const first = await (await make(door, headers)).json();
    const again = await make(door, headers);
    expect([again.status, again.headers.get("idempotency-replayed")]).toEqual([201, "true"]);
    expect(await again.json()).toEqual(first);
  });

  test.each(["local-list", "configuration", "anonymous", "gateway", "volunteer"])(
    "is not called %s, which the audit calls somebody else",
    async (label) => {
      const { code, issues } = await refusal(make({ ...door, label }));
      expect([code, issues?.map(({ at }) => at)]).toEqual(["invalid_input", ["/label"]]);
    },
  );

  test("leaves a line in the audit when it is made and when it ends", async () => {
    const { key } = await made();
    await end(door.label);
    const { sql } = scene.database;
    const lines =
      await sql`select event, actor, facts from audit where facts->>'label' = ${door.label} order by id`;
    expect(lines).toMatchObject([
      { event: "key.made", actor: "a key for operator", facts: { role: "staff", centres: ["charleroi"] } },
      { event: "key.revoked", actor: "a key for operator" },
    ]);
    expect(JSON.stringify(lines)).not.toContain(key);
  });

  test("may have the label of one that was revoked, and not that of a valid one", async () => {
    const { key } = await made();
    expect((await refusal(make())).code).toBe("label_taken");
    expect(await announce(key)).toBe(201);
    await end(door.label);
    expect(await announce((await made()).key)).toBe(201);
    expect(await announce(key)).toBe(401);
  });

  test("is one, though two ask for its label at once", async () => {
    const { sql } = scene.database;
    const both = await sql.begin(async (held) => {
      await held`lock table keys in share row exclusive mode`;
      const asked = [make(), make()];
      await vi.waitFor(async () => {
        const waiting = await sql`select 1 from pg_locks where not granted and database =
          (select oid from pg_database where datname = current_database())`;
        expect(waiting).toHaveLength(2);
      });
      return () => Promise.all(asked);
    });
    expect((await both()).map(({ status }) => status).sort()).toEqual([201, 409]);
  });
});

test.each([
  [{ regions: ["atlantis"] }, "/regions/0"],
  [{ centres: ["charleroi", "nowhere"] }, "/centres/1"],
  [{ regions: ["flanders"], centres: ["charleroi"] }, "/centres/0"],
  [{ role: "operator", centres: ["charleroi"] }, "/centres/0"],
  [{ role: "anybody" }, "/role"],
  [{ label: "gateway" }, "/label"],
])("a key that would open nothing, or stand for somebody else, is refused: %j", async (more, at) => {
  const { code, issues } = await refusal(make({ label: "door", role: "staff", ...more }));
  expect([code, issues]).toMatchObject(["invalid_input", [{ in: "body", at }]]);
});

test("a key of the settings is not revoked here: the next start would make it valid again", async () => {
  const { key } = await made({ label: "given", role: "operator" });
  const app = createApp({
    ...scene,
    platforms: [],
    slots: { deadlineMs: 500 },
    keysGiven: ["given"],
    log: quiet,
  });
  const headers = { authorization: `Bearer ${key}` };
  const reply = app.request("/v1/keys/given", { method: "DELETE", headers });
  expect((await refusal(Promise.resolve(reply))).code).toBe("key_of_settings");
  expect((await app.request("/v1/keys", { headers })).status).toBe(200);
});
