import { sql as text } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Db, narrowed } from "../../gateway/store/db.ts";
import { next, queryOf, type Span } from "../../gateway/store/next.ts";
import type { Instant, RegionId } from "../../schema/primitives.ts";
import { campaign, centreOf, fill, tidy } from "../bench/select/people.ts";
import { type TestDatabase, testDatabase } from "../support/postgres.ts";

/* Who is next costs the same however long the list is: on one of two thousand and on one of forty thousand. */

const lengths = [2_000, 40_000];
/** A Tuesday evening, on which the eldest third cannot come. */
const span: Span = {
  ...{ campaign, centre: centreOf(0), bornAfter: "1900-01-01", bornUntil: "2003-05-18" },
  ...{ vaccine: "astrazeneca", when: new Map([["tuesday", ["evening"]]]), day: "2021-05-18" },
  ...{ now: "2021-05-18T16:00:00.000Z" as Instant, limit: 20 },
};

const lists: { length: number; database: TestDatabase }[] = [];
beforeAll(async () => {
  for (const length of lengths) {
    const database = await testDatabase();
    await fill(database.sql, { people: length, centres: 1, order: "arrival" });
    await tidy(database.sql);
    lists.push({ length, database });
  }
}, 120_000);
afterAll(async () => {
  for (const { database } of lists) await database.close();
});

type Plan = {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  "Shared Hit Blocks": number;
  "Shared Read Blocks": number;
  Plans?: Plan[];
};

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

/** What the database did to find them: which nodes on which indexes, the rows that those touched, and all the pages. */
const costOf = async (db: Db, asked: Span) => {
  const [row] = await db.execute<{ "QUERY PLAN": [{ Plan: Plan }] }>(
    text`explain (analyze, buffers, format json) ${queryOf(asked)}`,
  );
  const plan = row?.["QUERY PLAN"][0].Plan;
  if (!plan) throw new Error("no plan");
  const scans = nodesOf(plan).filter((node) => node["Relation Name"] || node["Index Name"]);
  return {
    nodes: scans.map((node) => [node["Node Type"], node["Index Name"] ?? node["Relation Name"]].join(" ")),
    rows: scans.reduce(
      (sum, node) =>
        sum + (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"],
      0,
    ),
    pages: plan["Shared Hit Blocks"] + plan["Shared Read Blocks"],
  };
};

const compare = async (asked: Span, as = (db: Db) => db) => {
  const [short, long] = [
    await costOf(as(lists[0]?.database.orm as Db), asked),
    await costOf(as(lists[1]?.database.orm as Db), asked),
  ];
  // Centres are few, and which of them a caller reaches is found once.
  const read = (node: string) => node.startsWith("Seq") && node !== "Seq Scan centres";
  for (const { nodes } of [short, long]) expect(nodes.filter(read)).toEqual([]);
  expect(long.nodes).toEqual(short.nodes);
  expect(long.rows).toBeLessThan(short.rows * 1.5 + 50);
  expect(long.pages).toBeLessThan(short.pages * 2 + 50);
  return long;
};

describe("the next twenty", () => {
  test("are read from indexes, as few rows as they need, though the eldest third cannot come", async () => {
    const { rows, pages } = await compare(span);
    expect(rows).toBeLessThan(1000);
    expect(pages).toBeLessThan(1000);
  });

  test("are so within a small group, and after a page", async () => {
    await compare({ ...span, condition: "at-risk" });
    await compare({
      ...span,
      after: { birthDate: "1975-01-01", volunteer: "80000000-0000-4000-8000-000000000000" as never },
    });
  });

  test("are so for a caller whom the database keeps to a region", async () => {
    const held = (db: Db) => narrowed(db, { regions: ["bench" as RegionId] });
    const { rows, pages } = await compare(span, held);
    expect(rows).toBeLessThan(1000);
    expect(pages).toBeLessThan(2000);
    await compare({ ...span, condition: "at-risk" }, held);
    for (const { database } of lists)
      expect(await next(held(database.orm), span)).toEqual(await next(database.orm, span));
    expect(await next(narrowed(lists[0]?.database.orm as Db, { regions: [] }), span)).toEqual([]);
  });

  test("are so over several days", async () => {
    await compare({
      ...span,
      when: new Map([
        ["tuesday", ["evening"]],
        ["wednesday", ["morning", "afternoon", "evening"]],
      ]),
    });
  });

  test("are those that a look at everybody finds", async () => {
    for (const { database } of lists) {
      const everybody = await database.sql<{ id: string }[]>`
        select id from volunteers where 'astrazeneca' = any(vaccines) and birth_date <= '2003-05-18'
        and availability->'week'->'tuesday' ? 'evening' order by birth_date, id limit 20`;
      expect((await next(database.orm, span)).map(({ id }) => id)).toEqual(everybody.map(({ id }) => id));
    }
  });

  test("are read from indexes when the statement is planned once for all, too", async () => {
    for (const { database } of lists) {
      await database.orm.transaction(async (tx) => {
        const scans = async () => [
          ...(await tx.execute(text`
            select relname, seq_scan from pg_stat_xact_user_tables where relname in ('queue', 'volunteers')
            order by relname`)),
        ];
        await tx.execute(text`set local plan_cache_mode = force_generic_plan`);
        const before = await scans();
        await next(tx, span);
        expect(await scans()).toEqual(before);
      });
    }
  });

  test("cost no more once half of the list was asked", async () => {
    const before = await compare(span);
    for (const { database } of lists) {
      await database.sql`delete from queue where volunteer in (
        select volunteer from queue order by always is null, birth_date limit (select count(*) / 2 from queue))`;
      await tidy(database.sql);
    }
    const after = await compare(span);
    expect(after.rows).toBeLessThan(before.rows * 1.5 + 50);
  });
});
