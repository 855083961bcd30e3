import { afterAll, beforeAll, expect, test } from "vitest";
import { workbook } from "../adapters/local-list-sheets.ts";
import { openScene, type Scene } from "./scene.ts";

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** Sends a file as the staff of Binche do; a type of its own where a browser knows none. */
const upload = async (bytes: Uint8Array, type = xlsx) => {
  const headers = { authorization: "Bearer key-lead", "content-type": type };
  const body = Uint8Array.from(bytes);
  const reply = await scene.app.request("/v1/centres/binche/imports", { method: "POST", headers, body });
  return { status: reply.status, told: await reply.json() };
};

const list = () =>
  workbook((sheet) => {
    sheet.addRow(["Nom", "Prénom", "Date de naissance", "GSM", "E-mail"]);
    sheet.addRow(["Dupont", "Jean", new Date("1950-01-15T00:00:00Z"), "0470 12 34 56", "jean@example.org"]);
    sheet.addRow(["Peeters", "Anne", undefined, "0470 12 34 57", "anne@example.org"]);
  });

test("a workbook is taken in, its faults named by row, and a second time as any file of bytes changes nothing", async () => {
  const bytes = await list();
  const first = await upload(bytes);
  expect(first).toMatchObject({ status: 200, told: { added: 1, notUsable: 1, faults: [{ row: 3 }] } });
  const again = await upload(bytes, "application/octet-stream");
  expect(again).toMatchObject({ status: 200, told: { added: 0, unchanged: 1, notUsable: 1 } });
});

test("the workbook that is sent out is taken in again and changes nothing", async () => {
  await upload(await list());
  const file = await scene.send("GET", "/v1/centres/binche/exports?format=xlsx", { as: "lead" });
  expect(file.headers.get("content-type")).toBe(xlsx);
  expect(file.headers.get("content-disposition")).toContain("binche.xlsx");
  const back = await upload(new Uint8Array(await file.arrayBuffer()));
  expect(back).toMatchObject({ status: 200, told: { added: 0, unchanged: 1, notUsable: 0, faults: [] } });
});

test("half a workbook is refused as no list, and nobody is taken from it", async () => {
  const whole = await list();
  const { status, told } = await upload(whole.slice(0, whole.length / 2));
  expect([status, told]).toEqual([422, expect.objectContaining({ code: "spreadsheet_unreadable" })]);
});
