import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listPages } from "../../gateway/console/lists/pages.tsx";
import { listTexts } from "../../gateway/console/texts/lists/words.ts";
import { languages } from "../../gateway/console/texts/texts.ts";
import { createWorker } from "../../gateway/worker/loop.ts";
import type { ShownCaller } from "../../schema/caller.ts";
import { announced, invited, type KeyName, openScene, registered, type Scene } from "../http/scene.ts";
import { quiet } from "../support/quiet.ts";
import { apiBy, signedInAs } from "./signed-in.ts";

/* The pages of a centre's list, its telephone and long work, as a browser without scripts has them. */

let scene: Scene;
const caller: ShownCaller = {
  label: "lead:1",
  by: "key",
  role: "lead",
  routes: [],
  regions: [],
  centres: [],
};
let as: KeyName = "lead";
let pages: Hono;
beforeAll(async () => {
  scene = await openScene();
  pages = new Hono().route(
    "/",
    listPages({
      signedIn: signedInAs(() => ({ caller, name: "Anne", may: () => true, api: apiBy(scene, as) })),
      now: () => Date.parse(scene.clock.now()),
    }),
  );
});
afterAll(() => scene.close());

const read = async (path: string): Promise<[number, string]> => {
  const reply = await pages.request(path);
  return [reply.status, await reply.text()];
};
const post = (path: string, fields: Record<string, string | string[]> = {}) =>
  pages.request(path, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" },
    body: new URLSearchParams(
      Object.entries(fields).flatMap(([name, all]) =>
        [all].flat().map((each): [string, string] => [name, each]),
      ),
    ).toString(),
  });
const upload = async (text: string) => {
  const form = new FormData();
  form.set("file", new File([text], "liste.csv", { type: "text/csv" }));
  const sent = new Request("http://127.0.0.1/staff/centres/binche/list?lang=en", {
    method: "POST",
    body: form,
  });
  return pages.request(sent);
};
const worker = () =>
  createWorker({
    deps: scene.deps,
    platforms: scene.platforms,
    log: quiet,
    random: () => 0.5,
    publicUrl: "http://127.0.0.1",
    pullEveryMinutes: 15,
    notify: async () => ({ at: scene.clock.now(), channel: "e-mail" }),
  });

const list = [
  "Nom;Prénom;Date de naissance;GSM",
  "Peeters;An;01/02/1951;0470 12 34 56",
  "Dubois;<b>Jean</b>;32/13/1950;0470 12 34 57",
  "Leroy;Marie;15/03/1949;0470 12 34 58",
  "Leroy;Marie;15/03/1949;0470 12 34 58",
].join("\n");

test("a list is shown before it is taken in, taken in, and its bad rows mended where they stand", async () => {
  const sent = await upload(list);
  expect(sent.status).toBe(303);
  const here = sent.headers.get("location") ?? "";
  const [, preview] = await read(here);
  expect(preview).toContain("2 people can be taken in.");
  expect(preview).toContain("Date de naissance");
  const [path = ""] = here.split("?");
  expect((await post(`${path}/start?lang=en`)).headers.get("location")).toBe(here);
  expect((await read(here))[1]).toContain('data-follow="on"');
  await worker().drain();
  const [, done] = await read(here);
  expect(done).toContain('data-follow="off"');
  expect(done).toContain("The same person already stands in row 4.");
  expect(done).toMatch(/<input[^>]*name="3\.birthDate"[^>]*value="32\/13\/1950"/);
  expect(done).not.toContain("<b>Jean");
  const mended = await post(`${path}/rows?lang=en`, {
    row: ["3", "5"],
    "3.birthDate": "12/03/1950",
    "3.givenName": "Jean",
    "5.leave-out": "yes",
  });
  const [, after] = await read(mended.headers.get("location") ?? "");
  expect(after).toContain("Nothing is left to mend.");
  expect(after).not.toContain('<form method="post" action="/staff/centres/binche/list/import');
  const [, over] = await read(`${path}?lang=fr`);
  expect(over).toContain("Nouveaux sur la liste");
});

test("what is no list is refused beside its field, and nothing is begun", async () => {
  const [status, page] = [422, "This file is not a list that can be read."];
  const reply = await upload("%PDF-1.7");
  expect([reply.status, await reply.text()]).toEqual([status, expect.stringContaining(page)]);
  const none = await upload("");
  expect([none.status, await none.text()]).toEqual([422, expect.stringContaining("Choose a file first.")]);
});

test("a list is taken along: with numbers only where a reason is given, and what was typed stays", async () => {
  const asked = { format: "csv", numbers: "yes", reason: "authority-asks", words: "no" };
  const refused = await post("/staff/centres/binche/list/export?lang=en", asked);
  const page = await refused.text();
  expect(refused.status).toBe(422);
  expect(page).toContain("Write at least three words");
  expect(page).toMatch(/<input[^>]*id="words"[^>]*value="no"/);
  const words = "The agency has asked for it";
  const ordered = await post("/staff/centres/binche/list/export?lang=en", { ...asked, words });
  const here = ordered.headers.get("location") ?? "";
  await worker().drain();
  expect((await read(here))[1]).toContain("The file is ready.");
  const file = await post(here.replace("?", "/file?"));
  expect(file.headers.get("content-disposition")).toContain("binche.csv");
  expect(file.headers.get("cache-control")).toBe("no-store");
  expect((await read(here))[1]).toContain("The file was taken");
  const model = await pages.request("/staff/centres/binche/list/model?format=csv");
  expect(await model.text()).toContain("Date de naissance / Geboortedatum");
});

test("one person is telephoned at a time, each answer is noted, and the next comes by itself", async () => {
  await registered(scene);
  const { id } = await announced(scene, 2);
  await invited(scene, id);
  await scene.database.sql`update invitations set channel = 'telephone'`;
  const here = "/staff/centres/charleroi/telephone?lang=en";
  const [, page] = await read(here);
  expect(page).toMatch(/<a class="button number-to-call" href="tel:\+32/);
  expect(page).toContain("minutes left");
  const invitation = /name="invitation" value="([^"]+)"/.exec(page)?.[1] ?? "";
  const noted = await post(here, { invitation, outcome: "yes", at: "0" });
  expect(noted.headers.get("location")).toContain("did=yes");
  expect((await read(noted.headers.get("location") ?? ""))[1]).toContain("Noted: they come.");
  const late = await post(here, { invitation, outcome: "no", at: "0" });
  expect([late.status, await late.text()]).toEqual([409, expect.stringContaining("came too late")]);
});

test("long work is listed and stopped by whoever may; another region's agency sees none of it", async () => {
  const here = ((await upload(list)).headers.get("location") ?? "").split("?")[0] ?? "";
  const id = here.split("/").pop() ?? "";
  expect((await read("/work?lang=en"))[1]).toContain(id);
  as = "flanders";
  expect((await read("/work?lang=en"))[1]).toContain("Nothing is under way.");
  expect((await post(`/work/${id}/cancel?lang=en`)).status).toBe(404);
  as = "staff";
  expect((await read("/staff/centres/binche/list?lang=en"))[0]).toBe(403);
  as = "lead";
  expect((await post(`/work/${id}/cancel?lang=en`)).headers.get("location")).toBe("/work?lang=en");
  const again = await post(`/work/${id}/cancel?lang=en`);
  expect([again.status, await again.text()]).toEqual([409, expect.stringContaining("over already")]);
});

test("a form of another site, or of another kind, does nothing", async () => {
  const sent = (headers: Record<string, string>) =>
    pages.request("/staff/centres/binche/list", { method: "POST", headers, body: "a=b" });
  expect((await sent({ "sec-fetch-site": "cross-site", "content-type": "multipart/form-data" })).status).toBe(
    403,
  );
  expect((await sent({ "content-type": "text/plain" })).status).toBe(415);
});

/** Each text by the way to it. */
const textsIn = (value: unknown, way = ""): [string, string][] =>
  typeof value === "string"
    ? [[way, value]]
    : Object.entries(value as object).flatMap(([name, each]) => textsIn(each, `${way}.${name}`));

describe.each(languages)("in %s", (language) => {
  const [own, english] = [textsIn(listTexts[language]), new Map(textsIn(listTexts.en))];

  test("the same is said as in English, with the same filled in", () => {
    expect(new Set(own.map(([way]) => way))).toEqual(new Set(english.keys()));
    const filled = (text = "") => [...new Set(text.match(/\{\w+(?=[,}])/g))].toSorted();
    for (const [way, text] of own) expect(filled(text), way).toEqual(filled(english.get(way)));
  });

  test("nothing is left in English", () => {
    if (language === "en") return;
    const same = own.filter(([way, text]) => text.includes(" ") && text === english.get(way));
    expect(same.map(([way]) => way)).toEqual([".work.by"].filter(() => language !== "fr"));
  });
});
