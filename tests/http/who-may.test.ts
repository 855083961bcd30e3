import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BindingChange } from "../../schema/binding.ts";
import { Problem } from "../../schema/errors.ts";
import { page, plusMinutes } from "../../schema/primitives.ts";
import { Policy } from "../../schema/region.ts";
import { ReportRow } from "../../schema/report.ts";
import { Surplus } from "../../schema/surplus.ts";
import { announced, type KeyName, keys, leftover, listOf, openScene, paired, type Scene } from "./scene.ts";

let scene: Scene;
let surplus: string;
let pair: string;
let moved: string;
beforeAll(async () => {
  scene = await openScene();
  surplus = (await announced(scene)).id;
  pair = await paired(scene);
  await scene.send("POST", "/v1/campaigns", { as: "operator", json: boosters() });
  const ordered = { as: "operator", json: moving() } as const;
  moved = (await scene.read(BindingChange, "POST", "/v1/bindings", ordered)).id;
});
afterAll(() => scene.close());

const moving = () => ({
  ...{ region: "wallonia", centre: "namur", roles: ["roster"], platform: "local-list" },
  from: plusMinutes(scene.clock.now(), 60),
});

const boosters = () => ({
  ...{ id: "booster-2021", regions: ["wallonia"], startsAt: plusMinutes(scene.clock.now(), 60) },
  name: { fr: "dose de rappel", nl: "boosterprik", de: "Auffrischung", en: "boosters" },
  policy: { consentText: "2021-11", intervalDays: 120 },
});

const nobody = "0f8fad5b-d9cb-469f-a165-70867728950e";
const everyone = Object.keys(keys) as KeyName[];

/** Each protected address, and the keys that open it; all others are refused. */
const doors: [
  door: string,
  address: () => [method: string, path: string, json?: unknown],
  opens: KeyName[],
][] = [
  ["announcing", () => ["POST", "/v1/surpluses", leftover(scene)], ["staff", "operator"]],
  ["listing", () => ["GET", "/v1/surpluses"], ["staff", "elsewhere", "agency", "flanders", "operator"]],
  ["reading", () => ["GET", `/v1/surpluses/${surplus}`], ["staff", "operator"]],
  ["changing", () => ["PATCH", `/v1/surpluses/${surplus}`, { doses: 2 }], ["staff", "operator"]],
  ["who comes", () => ["GET", `/v1/surpluses/${surplus}/expected`], ["staff", "operator"]],
  ["cancelling", () => ["POST", `/v1/surpluses/${surplus}/cancel`], ["staff", "operator"]],
  ["walking in", () => ["POST", `/v1/surpluses/${surplus}/walk-ins`], ["staff", "operator"]],
  [
    "attending",
    () => ["PATCH", `/v1/bookings/${nobody}`, { outcome: "attended" }],
    ["staff", "elsewhere", "operator"],
  ],
  ["the call sheet", () => ["GET", "/v1/centres/charleroi/calls"], ["staff", "operator"]],
  [
    "a call",
    () => ["POST", `/v1/invitations/${nobody}/call`, { outcome: "yes" }],
    ["staff", "elsewhere", "operator"],
  ],
  ["a list out", () => ["GET", "/v1/centres/binche/exports"], ["staff", "operator"]],
  ["policies", () => ["GET", "/v1/regions/wallonia/policies"], ["agency", "operator"]],
  ["rehearsing", () => ["POST", "/v1/policies/dry-run", leftover(scene)], ["staff", "agency", "operator"]],
  ["the pairs", () => ["GET", "/v1/pairs"], ["staff", "agency", "flanders", "operator"]],
  ["a pair", () => ["GET", `/v1/pairs/${pair}`], ["staff", "agency", "operator"]],
  ["keeping apart", () => ["POST", `/v1/pairs/${pair}/keep-apart`], ["staff", "agency", "operator"]],
  ["merging", () => ["POST", `/v1/pairs/${pair}/merge`], ["staff", "agency", "operator"]],
  ["undoing", () => ["POST", `/v1/pairs/${pair}/undo`], ["staff", "agency", "operator"]],
  ["comparing", () => ["POST", "/v1/platforms/doclr/reconciliation"], ["agency", "flanders", "operator"]],
  [
    "reading a list through",
    () => ["POST", "/v1/platforms/qvax/reading", {}],
    ["staff", "elsewhere", "agency", "flanders", "operator"],
  ],
  [
    "believing a doubted reading",
    () => ["POST", "/v1/platforms/qvax/reading", { missing: 3 }],
    ["staff", "operator"],
  ],
  ["the comparison", () => ["GET", "/v1/platforms/doclr/reconciliation"], ["agency", "flanders", "operator"]],
  ["the bindings", () => ["GET", "/v1/bindings"], ["agency", "flanders", "operator"]],
  ["a change of platform", () => ["POST", "/v1/bindings", moving()], ["agency", "operator"]],
  ["rehearsing it", () => ["POST", "/v1/bindings/rehearsal", moving()], ["agency", "operator"]],
  ["that change", () => ["GET", `/v1/bindings/${moved}`], ["agency", "operator"]],
  ["moving it", () => ["PATCH", `/v1/bindings/${moved}`, { from: moving().from }], ["agency", "operator"]],
  ["halting it", () => ["POST", `/v1/bindings/${moved}/halt`], ["agency", "operator"]],
  ["resuming it", () => ["POST", `/v1/bindings/${moved}/resume`], ["agency", "operator"]],
  ["undoing it", () => ["POST", `/v1/bindings/${moved}/undo`], ["agency", "operator"]],
  ["taking it back", () => ["DELETE", `/v1/bindings/${moved}`], ["agency", "operator"]],
  ["the campaigns", () => ["GET", "/v1/campaigns"], ["agency", "flanders", "operator"]],
  ["a campaign", () => ["POST", "/v1/campaigns", boosters()], ["agency", "operator"]],
  ["rehearsing a campaign", () => ["POST", "/v1/campaigns/rehearsal", boosters()], ["agency", "operator"]],
  ["that campaign", () => ["GET", "/v1/campaigns/booster-2021"], ["agency", "operator"]],
  ["halting a campaign", () => ["POST", "/v1/campaigns/booster-2021/halt"], ["agency", "operator"]],
  ["resuming a campaign", () => ["POST", "/v1/campaigns/booster-2021/resume"], ["agency", "operator"]],
  ["taking a campaign back", () => ["DELETE", "/v1/campaigns/booster-2021"], ["agency", "operator"]],
  ["making a key", () => ["POST", "/v1/keys", { label: "door", role: "staff" }], ["operator"]],
  ["the keys", () => ["GET", "/v1/keys"], ["operator"]],
  ["ending a key", () => ["DELETE", "/v1/keys/nobodys"], ["operator"]],
  [
    "reports",
    () => ["GET", "/v1/reports/doses?from=2021-04-16&until=2021-04-16"],
    ["reporting", "ofNamur", "agency", "flanders", "operator"],
  ],
];

describe.each(doors)("%s", (_, address, opens) => {
  test(`opens to ${opens.join(", ")}, and to no other key`, async () => {
    const [method, path, json] = address();
    const opened: KeyName[] = [];
    for (const as of everyone) {
      const { status } = await scene.send(method, path, { as, json });
      if (status !== 403) opened.push(as);
    }
    expect(new Set(opened)).toEqual(new Set(opens));
  });

  test("needs a key that is known", async () => {
    const [method, path, json] = address();
    const none = await scene.send(method, path, { json });
    expect([none.status, none.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
    expect((await scene.send(method, path, { token: "key-guessed", json })).status).toBe(401);
  });
});

test("a file is taken in only from the centre's own staff", async () => {
  const upload = (as: string) =>
    scene.app.request("/v1/centres/binche/imports", {
      method: "POST",
      headers: { authorization: `Bearer key-${as}`, "content-type": "text/csv" },
      body: "Nom;Prénom;GSM\n",
    });
  expect((await upload("elsewhere")).status).toBe(403);
  expect((await upload("agency")).status).toBe(403);
});

test("a listing and a report show no more than a key reaches", async () => {
  const listed = async (as: KeyName) =>
    (await scene.read(page(Surplus), "GET", "/v1/surpluses", { as })).items;
  expect(await listed("elsewhere")).toEqual([]);
  expect(await listed("flanders")).toEqual([]);
  expect(await listed("agency")).not.toEqual([]);
  const question = "/v1/reports/doses?from=2021-04-16&until=2021-04-16&by=region";
  const report = async (as: KeyName) => (await scene.read(listOf(ReportRow), "GET", question, { as })).items;
  expect(await report("flanders")).toEqual([]);
  expect(await report("reporting")).toMatchObject([{ region: "wallonia" }]);
});

test("a reporting key of one centre read the reports of all", async () => {
  const question = "/v1/reports/doses?from=2021-04-16&until=2021-04-16&by=centre";
  const report = async (as: KeyName) => (await scene.read(listOf(ReportRow), "GET", question, { as })).items;
  expect(await report("reporting")).toMatchObject([{ centre: "charleroi" }]);
  expect(await report("ofNamur")).toEqual([]);
});

test("a policy is enacted by its own region's agency only", async () => {
  const { rules } = await scene.read(Policy, "GET", "/v1/regions/wallonia/policy");
  const enact = async (as: KeyName) =>
    (await scene.send("POST", "/v1/regions/wallonia/policies", { as, json: { rules } })).status;
  expect([await enact("flanders"), await enact("staff"), await enact("agency")]).toEqual([403, 403, 201]);
});

describe("a volunteer's own address", () => {
  test.each([
    "GET /v1/volunteer",
    "GET /v1/invitation",
    "POST /v1/invitation/accept",
    "GET /v1/renewal",
    "POST /v1/renewal/decline",
  ])("%s", async (address) => {
    const [method = "", path = ""] = address.split(" ");
    expect((await scene.send(method, path)).status).toBe(401);
    const key = await scene.send(method, path, { as: "operator" });
    expect([key.status, Problem.parse(await key.json()).code]).toEqual([401, "token_not_valid"]);
  });
});
