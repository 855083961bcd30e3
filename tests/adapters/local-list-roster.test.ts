import { Hono } from "hono";
import { afterEach, expect, it } from "vitest";
import { createContext } from "../../adapters/kit/context.ts";
import { type Serving, serve } from "../../adapters/kit/serve.ts";
import adapter from "../../adapters/local-list/adapter.ts";
import type { Ports, RosterEntry } from "../../schema/adapter.ts";
import { ExternalId } from "../../schema/primitives.ts";
import { centre, nines, now, offline, read, uploads, workbook } from "./local-list-sheets.ts";

type Kept = { bytes: Uint8Array; type: string; version: number };
const csvType = "text/csv";
const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** A share with just these files, and a hand that saves in between. */
const shareOf = (files: Record<string, Kept>, asked: string[]) => {
  const meddling: (() => void)[] = [];
  const app = new Hono();
  app.get("/lists", (c) => c.json({ lists: Object.keys(files).map((name) => ({ centre: name })) }));
  app.get("/lists/:centre", (c) => {
    const file = files[c.req.param("centre")];
    if (!file) return c.json({ error: "no-such-list" }, 404);
    const etag = `"${file.version}"`;
    const unchanged = c.req.header("if-none-match") === etag;
    asked.push(`${c.req.param("centre")} ${unchanged ? 304 : 200}`);
    return unchanged
      ? c.body(null, 304, { etag })
      : c.body(Uint8Array.from(file.bytes).buffer, 200, { etag, "content-type": file.type });
  });
  app.put("/lists/:centre", async (c) => {
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    meddling.shift()?.();
    const file = files[c.req.param("centre")];
    const fits = file
      ? c.req.header("if-match") === `"${file.version}"`
      : c.req.header("if-none-match") === "*";
    asked.push(`${c.req.param("centre")} put ${fits ? 204 : 412}`);
    if (!fits) return c.json({ error: "changed-meanwhile" }, 412);
    files[c.req.param("centre")] = {
      bytes,
      type: c.req.header("content-type") ?? "",
      version: (file?.version ?? 0) + 1,
    };
    return c.body(null, 204);
  });
  return { app, meddling };
};

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const open = async (sheets: Record<string, string | Uint8Array>) => {
  const files: Record<string, Kept> = {};
  const save = (name: string, sheet: string | Uint8Array) => {
    const text = typeof sheet === "string";
    const content = text ? Uint8Array.from(Buffer.from(sheet, "latin1")) : sheet;
    files[name] = {
      bytes: content,
      type: text ? csvType : xlsxType,
      version: (files[name]?.version ?? 0) + 1,
    };
  };
  for (const [name, sheet] of Object.entries(sheets)) save(name, sheet);
  const [asked, warned]: [string[], Record<string, unknown>[]] = [[], []];
  const { app, meddling } = shareOf(files, asked);
  const serving: Serving = await serve(app);
  const log = { info: () => {}, warn: (facts: Record<string, unknown>) => void warned.push(facts) };
  const ctx = createContext({ now: () => now, sleep: async () => {}, log });
  closing.push(ctx.close, serving.close);
  const options = adapter.options.parse({
    digestKey: "a key for tests",
    shareUrl: serving.url,
    token: "a token for tests",
  });
  const bytes = (name: string) => files[name]?.bytes ?? new Uint8Array();
  const text = (name: string) => Buffer.from(bytes(name)).toString("latin1");
  return { roster: adapter.connect(options, ctx).roster, save, asked, warned, meddling, bytes, text };
};

const pullAll = async (roster: Ports["roster"], from?: string) => {
  const entries: RosterEntry[] = [];
  for (let cursor = from; ; ) {
    const page = await roster.pull({ cursor });
    entries.push(...page.records.map(({ value }) => value));
    cursor = page.next;
    if (page.complete) return { entries, next: page.next };
  }
};

const person = (change: Partial<RosterEntry> = {}): RosterEntry => ({
  familyName: "Lefèvre",
  givenName: "Zoë",
  contact: { mobile: "+32470123456" },
  centres: [centre],
  conditions: [],
  state: "active",
  ...change,
});

it("reads again only the lists that have changed", async () => {
  const { roster, save, asked } = await open({
    lint: "Naam;Voornaam;GSM\nPeeters;An;0470123457\n",
    mons: "Nom;Prénom;GSM\nDupont;Jean;0470123456\n",
  });
  const first = await pullAll(roster);
  expect(first.entries.map(({ familyName }) => familyName)).toEqual(["Peeters", "Dupont"]);
  save("mons", "Nom;Prénom;GSM\nMartin;Luc;0470123458\n");
  asked.length = 0;
  const second = await pullAll(roster, first.next);
  expect(second.entries.map(({ familyName }) => familyName)).toEqual(["Martin"]);
  expect(asked.filter((each) => each.endsWith("200"))).toEqual(["mons 200"]);
});

it("lets neither a row with a fault nor a file that is no list hold up the others", async () => {
  const { roster, warned } = await open({
    charleroi: "%PDF-1.7\n",
    lint: "Naam;Voornaam;GSM\nPeeters;An;0470123457\nMaes;Bram;no number\n",
  });
  const { entries } = await pullAll(roster);
  expect(entries.map(({ familyName }) => familyName)).toEqual(["Peeters"]);
  // Nobody has left whom it merely could not read.
  expect(await roster.pull({})).toMatchObject({ partial: true });
  expect(warned).toContainEqual({ centre: "lint", rows: 1, faults: 1 });
  expect(warned).toContainEqual({ centre: "charleroi", reason: expect.stringContaining("PDF") });
});

it("knows a row again by its id column, its number, or its name and contact, wherever it moves", async () => {
  const rows = [
    "D-17;Dupont;Jean;;0470123456",
    `;Peeters;An;${nines.born1950};0470123457`,
    ";Maes;Bram;;0470123458",
  ];
  const sheet = (lines: string[]) => `Dossier;Nom;Prénom;NISS;GSM\n${lines.join("\n")}\n`;
  const { roster, save } = await open({ charleroi: sheet(rows) });
  const names = async () => (await pullAll(roster)).entries.map(({ externalId }) => externalId ?? "");
  const before = await names();
  expect(before[0]).toBe("charleroi.D-17");
  save("charleroi", `Liste d'avril\n\n${sheet([...rows].reverse().map((row) => row.toUpperCase()))}`);
  expect(await names()).toEqual([...before].reverse());
  expect(before.join()).not.toMatch(/500115|Peeters|0470/);
});

it("writes into the centre's own sheet and leaves the rest of it as it was", async () => {
  const sheet =
    "Liste de réserve;;;\r\n;;;\r\nNom;Prénom;GSM;Remarques\r\nDupont;Jean;pas de numéro;rappeler Luc\r\n";
  const { roster, text } = await open({ charleroi: sheet });
  const added = await roster.put(person({ nationalNumber: nines.born1950, birthDate: "1950-01-15" }));
  expect(text("charleroi").split("\r\n")).toEqual([
    "Liste de réserve;;;",
    ";;;",
    "Nom;Prénom;GSM;Remarques;Date de naissance / Geboortedatum / Geburtsdatum;NISS / INSZ / ENSS",
    "Dupont;Jean;pas de numéro;rappeler Luc",
    `Lefèvre;Zoë;'+32470123456;;1950-01-15;${nines.born1950}`,
    "",
  ]);
  expect((await pullAll(roster)).entries).toMatchObject([{ ...added, familyName: "Lefèvre" }]);
});

it("keeps a person's name there when what it was derived from changes", async () => {
  const { roster, asked } = await open({ charleroi: "Nom;Prénom;GSM\nDupont;Jean;0470123456\n" });
  const [known] = (await pullAll(roster)).entries;
  const changed = person({ ...known, contact: { mobile: "+32470999999" } });
  expect(await roster.put(changed)).toEqual({ externalId: known?.externalId });
  expect((await pullAll(roster)).entries).toMatchObject([
    { externalId: known?.externalId, contact: { mobile: "+32470999999" } },
  ]);
  asked.length = 0;
  await roster.put(changed);
  expect(asked, "nothing is saved where nothing changes").toEqual(["charleroi 200"]);
});

it("loses no change that somebody at the centre saves at the same moment", async () => {
  const { roster, meddling, save, asked } = await open({ charleroi: "Nom;Prénom;GSM\n" });
  meddling.push(() => save("charleroi", "Nom;Prénom;GSM\nDupont;Jean;0470123457\n"));
  await roster.put(person());
  expect(asked).toEqual(["charleroi 200", "charleroi put 412", "charleroi 200", "charleroi put 204"]);
  expect((await pullAll(roster)).entries.map(({ familyName }) => familyName)).toEqual(["Dupont", "Lefèvre"]);
});

it("gives up where each attempt meets another save", async () => {
  const { roster, meddling, save } = await open({ charleroi: "Nom;Prénom;GSM\n" });
  for (let time = 0; time < 20; time += 1) meddling.push(() => save("charleroi", "Nom;Prénom;GSM\n"));
  await expect(roster.put(person())).rejects.toMatchObject({ fault: "unavailable" });
});

it("begins a list for a centre that has none", async () => {
  const { roster } = await open({});
  const { externalId } = await roster.put(person());
  expect((await pullAll(roster)).entries).toStrictEqual([{ ...person(), externalId }]);
});

it("writes into a workbook too, and notes there why somebody is off the list", async () => {
  const bytes = await workbook((sheet) => {
    sheet.addRow(["Reservelijst"]);
    sheet.mergeCells("A1:C1");
    sheet.addRow(["Naam", "Voornaam", "Telefoon"]);
    sheet.addRow(["Peeters", "An", "0470 12 34 57"]);
  });
  const { roster, asked, bytes: saved } = await open({ charleroi: bytes });
  const { externalId } = await roster.put(person());
  for (const _ of [1, 2]) await roster.close({ externalId, reason: "vaccinated" });
  expect(asked.filter((each) => each.includes("put"))).toHaveLength(2);
  const { rows, faults } = await read(saved("charleroi"));
  expect(faults).toEqual([]);
  expect(rows).toMatchObject([
    { row: 3, entry: { familyName: "Peeters", state: "active" } },
    { row: 4, entry: { familyName: "Lefèvre", contact: { mobile: "+32470123456" }, state: "left" } },
  ]);
});

it("takes an id that says another centre for its own row's, never for that centre's person", async () => {
  const { roster } = await open({ lint: "Id;Naam;Voornaam;GSM\ncharleroi.D-17;Peeters;An;0470123457\n" });
  expect((await pullAll(roster)).entries[0]?.externalId).toBe("lint.charleroi.D-17");
});

it("has nobody to close where nobody has that name", async () => {
  const { roster } = await open({ charleroi: "Nom;Prénom;GSM\nDupont;Jean;0470123456\n" });
  for (const each of ["charleroi.unknown", "nowhere.D-1", "Not a centre"])
    await roster.close({ externalId: ExternalId.parse(each), reason: "withdrawn" });
  expect((await pullAll(roster)).entries).toMatchObject([{ state: "active" }]);
});

it("by upload alone: nothing to pull, a steady name for each person, and nothing to close", async () => {
  const { roster, invite } = uploads;
  const { next } = await roster.pull({});
  expect(await roster.pull({ cursor: next })).toEqual({ records: [], next, complete: true, partial: true });
  const { externalId } = await roster.put(person());
  expect(await roster.put(person({ familyName: "LEFEVRE" }))).toEqual({ externalId });
  expect(await roster.put(person({ externalId }))).toEqual({ externalId });
  await roster.close({ externalId, reason: "withdrawn" });
  await expect(roster.put(person({ centres: [] }))).rejects.toMatchObject({ fault: "rejected" });
  expect(await invite.answers({ cursor: "5" })).toEqual({ events: [], next: "5" });
});

it("another key gives other names", async () => {
  const other = adapter.connect(adapter.options.parse({ digestKey: "another key" }), offline);
  expect(await other.roster.put(person())).not.toEqual(await uploads.roster.put(person()));
});

it("a share needs its token, and a token its share", () => {
  const key = { digestKey: "a key for tests" };
  for (const half of [{ shareUrl: "https://files.example" }, { token: "a long token" }])
    expect(adapter.options.safeParse({ ...key, ...half }).success).toBe(false);
});
