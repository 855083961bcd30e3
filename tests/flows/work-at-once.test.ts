import { afterEach, beforeEach, expect, test } from "vitest";
import localList from "../../adapters/local-list/adapter.ts";
import type { Deps } from "../../gateway/flows/deps.ts";
import { readWork } from "../../gateway/flows/work/all.ts";
import { advanceExport, orderExport, takeFile } from "../../gateway/flows/work/export.ts";
import { advanceImport, layDown, startImport } from "../../gateway/flows/work/import.ts";
import { mendRows } from "../../gateway/flows/work/mend.ts";
import { cancelList } from "../../gateway/flows/work/show.ts";
import { CentreId, PlatformName, RegionId } from "../../schema/primitives.ts";
import type { ListWorkId, Work } from "../../schema/work.ts";
import { offline } from "../adapters/local-list-sheets.ts";
import type { TestDeps } from "../support/gateway.ts";
import { scene } from "./scene.ts";

/* Several who do the same with one list at the same moment: it is done once, and each hears what came of it. */

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

const own = ({ id }: Work) => id.slice(id.indexOf(".") + 1) as ListWorkId;
const list = (...rows: string[]) =>
  new TextEncoder().encode(["Nom;Prénom;Date de naissance;GSM", ...rows].join("\n"));
const send = (bytes: Uint8Array, start: "now" | "later" = "now") =>
  layDown(world.deps, { ...place, port, bytes, actor: "lead" }, start);
const finish = async (deps: Deps, id: ListWorkId) => {
  while (await advanceImport(deps, id, port));
};
const people = async () => (await world.database.sql`select id from volunteers`).length;
const count = (told: PromiseSettledResult<unknown>[]) => ({
  done: told.filter(({ status }) => status === "fulfilled").length,
  refused: told.flatMap((each) => (each.status === "rejected" ? [each.reason.code] : [])),
});

test("two who mend one row differently at once register one person, and the other is told", async () => {
  const work = await send(list("Dubois;Jean;32/13/1950;0470123457"));
  await finish(world.deps, own(work));
  const mend = (birthDate: string) =>
    mendRows(world.deps, { id: own(work), port, actor: "lead", rows: [{ row: 2, cells: { birthDate } }] });
  const told = await Promise.allSettled(["31/12/1950", "30/12/1950", "29/12/1950"].map(mend));
  expect(count(told)).toEqual({ done: 1, refused: ["work_unfit", "work_unfit"] });
  expect(await people()).toBe(1);
  const now = await readWork(world.deps, work.id, all);
  expect(now).toMatchObject({ toMend: 0, result: { added: 1, notUsable: 0 } });
});

test("a list that several begin, carry on and stop at once is begun once, and each row is taken once", async () => {
  const rows = Array.from(
    { length: 150 },
    (_, nth) =>
      `Peeters;${"A".padEnd(2 + (nth % 7), "a")}${String.fromCharCode(97 + (nth % 26))};01/02/1950;04701${20_000 + nth}`,
  );
  const work = await send(list(...rows), "later");
  const id = own(work);
  const begun = await Promise.allSettled([1, 2, 3].map(() => startImport(world.deps, id, "lead")));
  expect(count(begun)).toEqual({ done: 1, refused: ["work_unfit", "work_unfit"] });
  await Promise.all([1, 2, 3].map(() => finish(world.deps, id)));
  expect(await readWork(world.deps, work.id, all)).toMatchObject({ state: "done", result: { added: 150 } });
  expect(await people()).toBe(150);
  const stopped = await Promise.allSettled([1, 2].map(() => cancelList(world.deps, id, "lead")));
  expect(count(stopped).refused).toEqual(["work_over", "work_over"]);
});

test("a file that several take at once is given to one of them", async () => {
  const work = await orderExport(world.deps, { ...place, actor: "lead", format: "csv" });
  while (await advanceExport(world.deps, own(work), port));
  const taken = await Promise.allSettled([1, 2, 3].map(() => takeFile(world.deps, own(work), "lead")));
  expect(count(taken)).toEqual({ done: 1, refused: ["work_unfit", "work_unfit"] });
});

test("a hundred lists that a centre sends at once are twenty: one is stopped before another is laid down", async () => {
  const sent = await Promise.allSettled(
    Array.from({ length: 100 }, () => send(list("Dubois;Jean;01/02/1950;0470123457"), "later")),
  );
  const { done, refused } = count(sent);
  expect([done, new Set(refused)]).toEqual([20, new Set(["too_many_requests"])]);
  expect(await world.database.sql`select work from work_parts`).toHaveLength(20);
  const [laidDown] = sent.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
  if (!laidDown) throw new Error("none was laid down");
  await cancelList(world.deps, own(laidDown), "lead");
  await send(list("Dubois;Jean;01/02/1950;0470123457"));
});
