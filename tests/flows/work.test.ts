import { afterEach, beforeEach, expect, test } from "vitest";
import localList from "../../adapters/local-list/adapter.ts";
import type { Deps } from "../../gateway/flows/deps.ts";
import { listWork, readWork } from "../../gateway/flows/work/all.ts";
import { letGo } from "../../gateway/flows/work/end.ts";
import { advanceExport, orderExport, takeFile } from "../../gateway/flows/work/export.ts";
import { advanceImport, layDown, startImport } from "../../gateway/flows/work/import.ts";
import { mendRows, rowsToMend } from "../../gateway/flows/work/mend.ts";
import { cancelList } from "../../gateway/flows/work/show.ts";
import { CentreId, PlatformName, RegionId } from "../../schema/primitives.ts";
import type { ListWorkId, Work } from "../../schema/work.ts";
import { nines, offline } from "../adapters/local-list-sheets.ts";
import type { TestDeps } from "../support/gateway.ts";
import { scene } from "./scene.ts";

/* A centre's list comes in and goes out behind the answer: each row once, wherever it is cut off or stopped. */

const port = localList.connect(
  localList.options.parse({ digestKey: "a key for tests" }),
  offline,
).spreadsheet;
const place = {
  region: RegionId.parse("wallonia"),
  centre: CentreId.parse("binche"),
  platform: PlatformName.parse("local-list"),
};
const all = { reach: {}, kinds: ["import", "export"] } as const;

let world: TestDeps;
beforeEach(async () => {
  world = await scene();
});
afterEach(() => world.close());

const headings = "Nom;Prénom;Date de naissance;GSM";
/** So many people, of whom each tenth has a birth date that is none. */
const list = (people: number): Uint8Array => {
  const rows = Array.from({ length: people }, (_, nth) => {
    const born = nth % 10 === 9 ? "32/13/1950" : `01/02/${1930 + (nth % 40)}`;
    return `Peeters;${"An".padEnd(2 + (nth % 7), "a")}${String.fromCharCode(97 + (nth % 26))};${born};047012${String(nth).padStart(4, "0")}`;
  });
  return new TextEncoder().encode([headings, ...rows].join("\n"));
};

const own = ({ id }: Work) => id.slice(id.indexOf(".") + 1) as ListWorkId;
const send = (deps: Deps, bytes: Uint8Array, start: "now" | "later" = "now") =>
  layDown(deps, { ...place, port, bytes, actor: "lead" }, start);
const finish = async (deps: Deps, id: ListWorkId) => {
  while (await advanceImport(deps, id, port));
};
const people = async () => (await world.database.sql`select id from volunteers`).length;
const parts = async () => (await world.database.sql`select kind from work_parts`).map(({ kind }) => kind);

test("a list is laid down before it is answered, taken in part by part, and each row counted", async () => {
  const { deps, clock } = world;
  const work = await send(deps, list(250));
  expect(work).toMatchObject({ state: "waiting", total: 225, done: 0, secondsLeft: null, toMend: 25 });
  expect(await advanceImport(deps, own(work), port)).toBe(true);
  clock.advance(1);
  const running = await readWork(deps, work.id, all);
  expect(running).toMatchObject({ state: "running", done: 100, secondsLeft: 75 });
  await finish(deps, own(work));
  const done = await readWork(deps, work.id, all);
  expect(done).toMatchObject({ state: "done", done: 225, result: { added: 225, notUsable: 25 }, toMend: 25 });
  expect(await people()).toBe(225);
  expect(new Set(await parts())).toEqual(new Set(["refused"]));
});

test("cut off in the middle of a part and taken up by another, each row is taken and counted once", async () => {
  const { deps } = world;
  const work = await send(deps, list(250));
  const id = own(work);
  await advanceImport(deps, id, port);
  let left = 40;
  const cut: Deps = {
    ...deps,
    uuid: () => {
      left -= 1;
      if (left < 0) throw new Error("cut off");
      return deps.uuid();
    },
  };
  await expect(advanceImport(cut, id, port)).rejects.toThrow("cut off");
  expect(await people()).toBe(100);
  // Two that both believe it to be theirs.
  await Promise.all([finish(deps, id), finish(deps, id)]);
  const done = await readWork(deps, work.id, all);
  expect(done).toMatchObject({
    state: "done",
    done: 225,
    result: { added: 225, unchanged: 0, notUsable: 25 },
  });
  expect(await people()).toBe(225);
});

test("stopped, it ends with the rows in hand: what was taken stays, and nothing personal is left of the rest", async () => {
  const { deps } = world;
  const work = await send(deps, list(250));
  await advanceImport(deps, own(work), port);
  expect(await cancelList(deps, own(work), "lead")).toMatchObject({ state: "stopping", mayCancel: false });
  expect(await advanceImport(deps, own(work), port)).toBe(false);
  const stopped = await readWork(deps, work.id, all);
  expect(stopped).toMatchObject({ state: "cancelled", done: 100, total: 225, result: { added: 100 } });
  expect(await people()).toBe(100);
  expect(await parts()).toEqual([]);
  await expect(cancelList(deps, own(work), "lead")).rejects.toMatchObject({ code: "work_over" });
});

test("what was only read through begins when somebody says so, and goes after an hour if nobody does", async () => {
  const { deps, clock } = world;
  const kept = await send(deps, list(20), "later");
  const left = await send(deps, list(20), "later");
  expect(kept).toMatchObject({ state: "proposed", read: { rows: 18, refused: 2 } });
  expect(kept.read?.columns).toContainEqual({ field: "birthDate", column: "Date de naissance" });
  expect(await advanceImport(deps, own(kept), port)).toBe(false);
  await startImport(deps, own(kept), "lead");
  clock.advance(59);
  expect(await letGo(deps, own(left))).toBe(false);
  clock.advance(1);
  expect(await letGo(deps, own(left))).toBe(true);
  expect(await letGo(deps, own(kept))).toBe(false);
  expect(await readWork(deps, left.id, all)).toMatchObject({ state: "cancelled", fault: "not-started" });
  await finish(deps, own(kept));
  expect(await readWork(deps, kept.id, all)).toMatchObject({ state: "done", result: { added: 18 } });
});

test("refused rows are mended cell by cell and taken once; what is still wrong stays with its fault", async () => {
  const { deps, clock } = world;
  const work = await send(deps, list(30));
  const id = own(work);
  await finish(deps, id);
  const rows = await rowsToMend(deps, id, "lead");
  expect(rows.map(({ row }) => row)).toEqual([11, 21, 31]);
  const faulty = rows[0]?.cells.filter(({ fault }) => fault);
  expect(faulty).toMatchObject([{ field: "birthDate", column: "Date de naissance", text: "32/13/1950" }]);
  const mend = () =>
    mendRows(deps, {
      ...{ id, port, actor: "lead" },
      rows: [
        { row: 11, cells: { birthDate: "12/03/1950" } },
        { row: 21, cells: { birthDate: "12/34/1950" } },
        { row: 31, leaveOut: true },
      ],
    });
  expect(await mend()).toMatchObject({ toMend: 1, result: { added: 28, notUsable: 2 } });
  expect(await people()).toBe(28);
  expect(await mend()).toMatchObject({ toMend: 1, result: { added: 28 } });
  expect(await people()).toBe(28);
  const [still] = await rowsToMend(deps, id, "lead");
  expect(still?.cells.find(({ field }) => field === "birthDate")).toMatchObject({ text: "12/34/1950" });
  clock.advance(24 * 60);
  expect(await letGo(deps, id)).toBe(true);
  expect(await parts()).toEqual([]);
  const seen = await world.database.sql`select facts from audit where event = 'list.rows-seen'`;
  expect(seen).toHaveLength(2);
});

test("a row that lacks the birth date is refused when it is taken, and can be mended", async () => {
  const { deps } = world;
  const bytes = new TextEncoder().encode("Nom;Prénom;GSM\nPeeters;An;0470123456\n");
  const work = await send(deps, bytes);
  await finish(deps, own(work));
  expect(await readWork(deps, work.id, all)).toMatchObject({
    state: "done",
    toMend: 1,
    result: { notUsable: 1 },
  });
  const rows = [{ row: 2, cells: { birthDate: "1950" } }];
  const mended = await mendRows(deps, { id: own(work), port, actor: "lead", rows });
  expect(mended).toMatchObject({ toMend: 0, result: { added: 1, notUsable: 0 } });
});

test("a list goes out behind the answer, is taken once, or is gone after an hour", async () => {
  const { deps, clock } = world;
  const sent = await send(deps, list(150));
  await finish(deps, own(sent));
  const order = () => orderExport(deps, { ...place, actor: "lead", format: "csv" });
  const work = await order();
  expect(work).toMatchObject({ kind: "export", state: "waiting", total: 135 });
  while (await advanceExport(deps, own(work), port));
  expect(await readWork(deps, work.id, all)).toMatchObject({ state: "done", done: 135, hasFile: true });
  const { bytes } = await takeFile(deps, own(work), "lead");
  expect((await port.read({ bytes, centre: place.centre })).rows).toHaveLength(135);
  await expect(takeFile(deps, own(work), "lead")).rejects.toMatchObject({ code: "work_unfit" });
  expect(await readWork(deps, work.id, all)).toMatchObject({ hasFile: false });
  const [{ count } = { count: 0 }] = await world.database.sql`
    select count(*)::int as count from audit where event = 'volunteer.seen' and facts ->> 'list' = 'file'`;
  expect(count).toBe(135);

  const forgotten = await order();
  while (await advanceExport(deps, own(forgotten), port));
  clock.advance(60);
  expect(await letGo(deps, own(forgotten))).toBe(true);
  expect(await parts()).not.toContain("file");
});

test("national numbers are in a file only where somebody said why, and each is noted", async () => {
  const { deps, database } = world;
  const number = nines.born1950;
  const bytes = new TextEncoder().encode(`${headings};NISS\nDupont;Jean;15/01/1950;0470123456;${number}\n`);
  const sent = await send(deps, bytes);
  await finish(deps, own(sent));
  const why = { reason: "authority-asks", words: "The agency asks for them" } as const;
  const texts: string[] = [];
  for (const asked of [{}, { why }]) {
    const work = await orderExport(deps, { ...place, actor: "lead", format: "csv", ...asked });
    while (await advanceExport(deps, own(work), port));
    texts.push(Buffer.from((await takeFile(deps, own(work), "lead")).bytes).toString());
  }
  const [{ read } = { read: 0 }] = await database.sql`
    select count(*)::int as read from volunteers where national_sealed is not null`;
  expect(read, "the number was taken").toBe(1);
  expect(texts.map((text) => text.includes(number))).toEqual([false, true]);
  expect(await database.sql`select reason from reveals`).toMatchObject([{ reason: "authority-asks" }]);
});

test("nothing that a list names lies open in the database, and the newest that goes on is told first", async () => {
  const { deps, database } = world;
  await send(deps, list(30), "later");
  const told = JSON.stringify([
    await database.sql`select * from work`,
    await database.sql`select work, kind, encode(rows_sealed, 'escape') from work_parts`,
    await database.sql`select effect from outbox`,
    await database.sql`select facts from audit`,
  ]);
  expect(told).not.toMatch(/Peeters|047012|1950/);
  const second = await send(deps, list(10));
  await finish(deps, own(second));
  const items = await listWork(deps, all);
  expect(items.map(({ state }) => state)).toEqual(["proposed", "done"]);
});
