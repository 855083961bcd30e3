import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { issueKeys } from "../../gateway/flows/authorise.ts";
import { createWorker } from "../../gateway/worker/loop.ts";
import { CentreId, PlatformName } from "../../schema/primitives.ts";
import { RowToMend, Work } from "../../schema/work.ts";
import { quiet } from "../support/quiet.ts";
import { aList, sendList } from "./lists-in-files.ts";
import { listOf, openScene, type Scene } from "./scene.ts";

/* Long work as its routes tell it, carried out by a worker as in production. */

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
  const narrowed = ["binche", "namur"].map((centre) => ({
    key: `key-${centre}`,
    caller: { label: centre, role: "lead" as const, regions: [], centres: [CentreId.parse(centre)] },
  }));
  await issueKeys(scene.deps, narrowed);
});
afterAll(() => scene.close());

const worker = () =>
  createWorker({
    ...{ deps: scene.deps, platforms: scene.platforms, log: quiet, random: () => 0.5 },
    ...{ publicUrl: "http://127.0.0.1", pullEveryMinutes: 15 },
    notify: async () => ({ at: scene.clock.now(), channel: "e-mail" }),
  });
const read = (id: string, token = "key-lead") => scene.read(Work, "GET", `/v1/work/${id}`, { token });
const Told = z.object({ code: z.string(), detail: z.string().optional() });
const codeOf = async (reply: Response) => [reply.status, Told.parse(await reply.json()).code];

test("a list is answered once it is laid down, and taken in by whichever worker comes", async () => {
  const reply = await sendList(scene);
  expect([reply.status, reply.headers.get("preference-applied")]).toEqual([202, "respond-async"]);
  const work = Work.parse(await reply.json());
  expect(reply.headers.get("location")).toBe(`/v1/work/${work.id}`);
  expect(work).toMatchObject({ state: "waiting", total: 1, toMend: 1, orderedBy: "a key for lead" });
  await worker().drain();
  expect(await read(work.id)).toMatchObject({ state: "done", result: { added: 1, notUsable: 1 } });
  const path = `/v1/work/${work.id}/rows`;
  const { items } = await scene.read(listOf(RowToMend), "GET", path, { as: "lead" });
  expect(items).toMatchObject([{ row: 3 }]);
  const json = { rows: [{ row: 3, cells: { birthDate: "31/12/1950" } }] };
  const mended = await scene.read(Work, "POST", path, { as: "lead", json });
  expect(mended).toMatchObject({ toMend: 0, result: { added: 2, notUsable: 0 } });
  expect(await codeOf(await scene.send("POST", path, { as: "lead", json }))).toEqual([409, "work_unfit"]);
  for (const row of [2 ** 31, Number.MAX_SAFE_INTEGER]) {
    const beyond = await scene.send("POST", path, { as: "lead", json: { rows: [{ row }] } });
    expect(await codeOf(beyond)).toEqual([400, "invalid_input"]);
  }
});

test("another centre's work is seen by nobody of it, in no listing and at no address", async () => {
  const { id } = Work.parse(
    await (await sendList(scene, aList, { start: "later", key: "key-binche" })).json(),
  );
  const list = async (token: string) =>
    (await scene.read(listOf(Work), "GET", "/v1/work", { token })).items.map((each) => each.id);
  expect(await list("key-binche")).toContain(id);
  expect(await list("key-namur")).toEqual([]);
  expect(await list("key-flanders")).toEqual([]);
  const rows = { rows: [{ row: 3, leaveOut: true }] };
  for (const [method, path, json] of [
    ["GET", `/v1/work/${id}`],
    ["POST", `/v1/work/${id}/cancel`],
    ["POST", `/v1/work/${id}/start`],
    ["GET", `/v1/work/${id}/rows`],
    ["POST", `/v1/work/${id}/rows`, rows],
    ["POST", `/v1/work/${id}/file`],
  ] as const)
    expect(await codeOf(await scene.send(method, path, { token: "key-namur", json }))).toEqual([
      404,
      "not_found",
    ]);
  expect(await codeOf(await sendList(scene, aList, { key: "key-namur" }))).toEqual([403, "not_allowed"]);
});

test("what stops the reading of a file stops it before anything is laid down", async () => {
  const before = (await scene.database.sql`select id from work`).length;
  const hostile: [string | Uint8Array<ArrayBuffer>, string][] = [
    ["%PDF-1.7\n", "PDF"],
    [`Nom;Prénom;GSM\n${"Peeters;An;0470123456\n".repeat(50_001)}`, "longer than 50000 rows"],
    [`Nom;Prénom;GSM${";x".repeat(300)}\nPeeters;An;0470123456\n`, "wider than 256 columns"],
    [Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0]), "archive"],
  ];
  for (const [body, why] of hostile) {
    const reply = await sendList(scene, body);
    const { code, detail } = Told.parse(await reply.json());
    expect([reply.status, code, detail]).toEqual([
      422,
      "spreadsheet_unreadable",
      expect.stringContaining(why),
    ]);
  }
  expect(await scene.database.sql`select id from work`).toHaveLength(before);
});

test("a file is ordered, written by a worker, and taken once", async () => {
  const json = { kind: "export", centre: "binche", format: "csv" };
  const { id } = await scene.read(Work, "POST", "/v1/work", { as: "lead", json });
  await worker().drain();
  expect(await read(id)).toMatchObject({ state: "done", hasFile: true });
  const file = await scene.send("POST", `/v1/work/${id}/file`, { as: "lead" });
  expect(file.headers.get("content-disposition")).toBe('attachment; filename="binche.csv"');
  expect(await file.text()).toContain("Peeters");
  const again = await scene.send("POST", `/v1/work/${id}/file`, { as: "lead" });
  expect(await codeOf(again)).toEqual([409, "work_unfit"]);
});

test("a change-over, a campaign and a first load are told in the same shape, to those who may order them", async () => {
  const { deps, clock, database, send } = scene;
  const order = { region: "wallonia", centre: "namur", roles: ["roster"], platform: "local-list" };
  await send("POST", "/v1/bindings", { as: "agency", json: { ...order, from: clock.now() } });
  await send("POST", "/v1/campaigns", {
    as: "agency",
    json: {
      ...{ id: "booster-2021", regions: ["wallonia"], startsAt: clock.now() },
      name: { fr: "dose de rappel", nl: "boosterprik", de: "Auffrischung", en: "boosters" },
      policy: { consentText: "2021-11" },
    },
  });
  await database.sql`
    insert into readings (platform, number, kind, begun_at, done, total, pace_at, pace_done, per_second)
    values (${PlatformName.parse("qvax")}, 1, 'first', ${deps.now()}, 50, 100, ${deps.now()}, 50, 10)`;
  const list = async (as: "agency" | "lead" | "flanders") =>
    (await scene.read(listOf(Work), "GET", "/v1/work", { as })).items;
  const seen = await list("agency");
  const told = (kind: string) => seen.find((each) => each.kind === kind);
  expect(told("first-load")).toMatchObject({ state: "running", secondsLeft: 5, mayCancel: false });
  expect(told("campaign")).toMatchObject({ id: "campaign.booster-2021", mayCancel: true });
  const change = told("change-over");
  expect(change).toMatchObject({
    centre: "namur",
    platform: "local-list",
    state: "waiting",
    secondsLeft: null,
  });
  expect((await list("lead")).map(({ kind }) => kind)).not.toContain("change-over");
  expect((await list("flanders")).map(({ kind }) => kind)).toEqual(["first-load"]);
  const stop = (id = "") => send("POST", `/v1/work/${id}/cancel`, { as: "agency" });
  expect(await (await stop(change?.id)).json()).toMatchObject({ state: "cancelled" });
  expect(await (await stop("campaign.booster-2021")).json()).toMatchObject({ state: "cancelled" });
  expect(await codeOf(await stop("campaign.booster-2021"))).toEqual([409, "work_over"]);
  expect(await codeOf(await stop("first-load.qvax"))).toEqual([409, "work_over"]);
});
