import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Problem } from "../../schema/errors.ts";
import { Figures } from "../../schema/figures.ts";
import { millis } from "../../schema/primitives.ts";
import { type Evening, pastEvening } from "../support/evening.ts";
import { openScene, type Scene } from "./scene.ts";

/* The public figures, over weeks of doses that stand in the database as evenings leave them. */

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const charleroi = { region: "wallonia", centre: "charleroi" };
const pacheco = { region: "brussels", centre: "pacheco" };
const evening = (given: Evening) => pastEvening(scene.database.sql, given);
const ask = (query = "") => scene.read(Figures, "GET", `/v1/figures${query}`);

describe("over the weeks before", () => {
  beforeAll(async () => {
    await evening({ ...charleroi, at: "2021-04-05T16:00:00Z", used: 40, lost: 2 });
    await evening({ ...pacheco, at: "2021-04-06T16:00:00Z", used: 25, lost: 1, born: "1990-01-15" });
    await evening({ ...pacheco, at: "2021-04-07T16:00:00Z", used: 3, lost: 1 });
    await evening({ ...charleroi, at: "2021-04-08T16:00:00Z", used: 60, lost: 0 });
  });
  beforeEach(async () => {
    scene.clock.advance((Date.parse("2021-04-14T09:00:00Z") - millis(scene.clock.now())) / 60_000);
  });

  test("anybody reads the last four weeks that are over, and a day of few people is not among them", async () => {
    const figures = await ask();
    expect(figures).toMatchObject({ from: "2021-03-15", until: "2021-04-11", leastTold: 10 });
    expect(figures.totals).toEqual({ announced: 132, used: 128, lost: 4, hiddenWeeks: 0 });
    expect(figures.days).toEqual([
      { day: "2021-04-05", region: "wallonia", announced: 42, used: 40, lost: 2, hidden: false },
      // Three people, and twenty-five beside them: without these, three would follow from the week.
      { day: "2021-04-06", region: "brussels", announced: null, used: null, lost: null, hidden: true },
      { day: "2021-04-07", region: "brussels", announced: null, used: null, lost: null, hidden: true },
      { day: "2021-04-08", region: "wallonia", announced: 60, used: 60, lost: 0, hidden: false },
    ]);
    const brussels = figures.regions.find(({ region }) => region === "brussels");
    expect(brussels).toMatchObject({ announced: 0, used: 0, hiddenDays: 2 });
  });

  test("ages are of all regions, and those of whom there are few are not told", async () => {
    const { ages } = await ask();
    expect(ages.find(({ week, ageBand }) => week === "2021-04-05" && ageBand === "65-74")?.used).toBe(103);
    expect(ages.filter(({ hidden }) => !hidden).map(({ ageBand }) => ageBand)).toEqual(["65-74"]);
  });

  test("time to yes is told by region", async () => {
    const { regions } = await ask("?region=wallonia");
    expect(regions).toHaveLength(1);
    expect(regions[0]).toMatchObject({ region: "wallonia", yes: 100, hiddenWeeks: 0 });
    expect(regions[0]?.within.map(({ share }) => share)).toEqual([0.1, 0.2, 0.3, 0.4, 0.6, 0.85, 1, 1]);
  });

  test("a week that was told stays as it was told", async () => {
    const before = await ask();
    await evening({ ...charleroi, at: "2021-04-09T16:00:00Z", used: 12, lost: 0 });
    expect(await ask()).toEqual(before);
  });

  test("a part of a week is told as the whole of it", async () => {
    const whole = await ask("?from=2021-04-05&until=2021-04-11");
    expect(await ask("?from=2021-04-07&until=2021-04-07")).toEqual(whole);
  });

  test("a week that is not over is not told of, and neither is what was before the first doses", async () => {
    expect((await ask("?from=2021-04-12&until=2021-04-18")).days).toEqual([]);
    expect((await ask("?from=2020-04-12&until=2020-05-18")).weeks).toEqual([]);
  });
});

test("a question of two thousand years costs no more than one of a year too much", async () => {
  const began = performance.now();
  for (let nth = 0; nth < 50; nth += 1)
    expect((await scene.send("GET", "/v1/figures?from=0001-01-01&until=9999-12-31")).status).toBe(400);
  expect(performance.now() - began).toBeLessThan(5_000);
});

test("it may be kept for five minutes, and who has it already is told so", async () => {
  const first = await scene.send("GET", "/v1/figures");
  expect(first.headers.get("cache-control")).toBe("public, max-age=300");
  const etag = first.headers.get("etag") ?? "";
  const again = await scene.send("GET", "/v1/figures", { headers: { "if-none-match": etag } });
  expect(again.status).toBe(304);
});

test("as CSV, one table: by its address, and by what is accepted", async () => {
  const file = await scene.send("GET", "/v1/figures.csv?from=2021-04-05&until=2021-04-11");
  expect(file.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect((await file.text()).split("\n").slice(0, 3)).toEqual([
    "day,region,announced,used,lost,hidden",
    "2021-04-05,wallonia,42,40,2,false",
    "2021-04-06,brussels,,,,true",
  ]);
  const accepted = await scene.send("GET", "/v1/figures?table=speed&from=2021-04-05", {
    headers: { accept: "text/csv" },
  });
  expect((await accepted.text()).split("\n")[0]).toBe("region,minutes,share,hidden,yes,medianMinutes");
});

test.each([
  { query: "?from=2021-04-11&until=2021-04-05", at: "until" },
  { query: "?from=2019-04-11&until=2021-04-05", at: "from" },
  { query: "?from=yesterday", at: "from" },
  { query: "?day=2021-04-05", at: "day" },
])("$query is refused, naming $at", async ({ query, at }) => {
  const response = await scene.send("GET", `/v1/figures${query}`);
  expect(response.status).toBe(400);
  const { issues } = (await response.json()) as Problem;
  expect(issues).toMatchObject([{ in: "query", at }]);
});

test("a region that there is not is not found", async () => {
  expect((await scene.send("GET", "/v1/figures?region=atlantis")).status).toBe(404);
});

test("many who ask at once for a year that nobody has counted have each week counted once", async () => {
  const { sql } = scene.database;
  await sql`delete from week_figures`;
  const [before] = await sql<{ xact: string }[]>`select pg_current_xact_id()::text as xact`;
  const asked = ["?from=2021-03-01&until=2021-04-11", "?from=2021-03-08", "", "?region=wallonia"];
  const told = await Promise.all(Array.from({ length: 40 }, (_, nth) => ask(asked[nth % 4])));
  expect(told.slice(0, 4)).toEqual(told.slice(36));
  const kept = await sql`select xmin::text from week_figures`;
  expect(kept.length).toBeGreaterThan(0);
  // Whoever finds a week counted writes nothing, and takes no number of a transaction; the database itself takes a few.
  const [after] = await sql<{ xact: string }[]>`select pg_current_xact_id()::text as xact`;
  expect(Number(after?.xact) - Number(before?.xact) - 1).toBeLessThanOrEqual(kept.length + 20);
});
