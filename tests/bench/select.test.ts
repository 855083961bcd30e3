import { expect, test } from "vitest";
import { testDatabase } from "../support/postgres.ts";
import { lineOf } from "./select/figures.ts";
import { measure, type Work } from "./select/measure.ts";
import { fill, tidy } from "./select/people.ts";

// The figures are the machine's; that they are taken at all is ours.
test("the benchmark finds twenty at every centre, and takes people out of the queue", async () => {
  const database = await testDatabase();
  try {
    const people = 20_000;
    await fill(database.sql, { people, centres: 100, order: "calling" });
    await tidy(database.sql);
    const works: Work[] = [
      { what: "lookup", clients: 1 },
      { what: "claim", clients: 4 },
    ];
    const taken = [];
    for (const work of works)
      taken.push({ ...work, people, ...(await measure({ database }, work, { seconds: 0.3 })) });
    for (const work of works) {
      const line = lineOf(taken, work);
      expect(line).toMatchObject({ ratioP50: 1, ratioP99: 1, short: 0 });
      expect(line.sizes[people]?.p99Ms).toBeGreaterThan(0);
    }
    const claimed = taken.find(({ what }) => what === "claim");
    const [left] = await database.sql`select count(*)::int as count from queue`;
    expect(left?.count).toBeLessThan(people);
    expect(people - (left?.count ?? 0)).toBeLessThanOrEqual(claimed?.answers ?? 0);
  } finally {
    await database.close();
  }
}, 60_000);
