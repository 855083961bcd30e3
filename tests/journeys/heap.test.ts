import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";

const heap = new URL("../../gateway/heap.ts", import.meta.url).href;
const program = `
  import { getHeapSpaceStatistics } from "node:v8";
  import { loadSmall } from ${JSON.stringify(heap)};
  const youngMb = () =>
    getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space").space_size / 2 ** 20;
  const kept = [];
  const keepMuch = async () => { for (let nth = 0; nth < 500_000; nth += 1) kept.push({ nth, text: [nth] }); };
  await loadSmall(keepMuch);
  const whileLoading = youngMb();
  await keepMuch();
  process.stdout.write(JSON.stringify({ whileLoading, afterwards: youngMb() }));`;

test("the young generation stays small while much is loaded that stays, and grows under load", () => {
  const args = ["--import", "tsx", "--input-type=module", "--eval", program];
  const told = JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }));
  expect(told.whileLoading).toBeLessThanOrEqual(4);
  expect(told.afterwards).toBeGreaterThanOrEqual(16);
});
