import { expect, test } from "vitest";
import { testDatabase } from "../support/postgres.ts";
import { measureFirstLoad } from "./first-load/measure.ts";

// The figures are the machine's; that they are taken at all is ours.
test("the benchmark reads a whole list and measures it", async () => {
  const { url, close } = await testDatabase();
  try {
    const figures = await measureFirstLoad({ people: 1_000, databaseUrl: url });
    expect(figures).toMatchObject({ people: 1_000, volunteers: 1_000 });
    for (const figure of ["perSecond", "idleMb", "peakMb", "p99Ms", "answers"] as const)
      expect(figures[figure]).toBeGreaterThan(0);
  } finally {
    await close();
  }
});
