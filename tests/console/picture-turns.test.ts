import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { openTurns } from "../../gateway/console/everybody/charts/turns.ts";

/* Pictures are drawn one after the other, and never take all of the gateway. */

const block = (milliseconds: number) => {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
};

test("between two pictures there is more time for everybody else than both took", async () => {
  const inTurn = openTurns(10);
  const began = performance.now();
  const pictures = Array.from({ length: 4 }, () => inTurn(async () => block(30)));
  let turns = 0;
  const others = (async () => {
    for (; turns < 20; turns += 1) await pause(10);
  })();
  await Promise.all([...pictures, others]);
  // Four that took 30 ms, and three rests of four times that.
  expect(performance.now() - began).toBeGreaterThan(450);
  expect(turns).toBe(20);
});

test("whoever would wait too long is told so, and one that fails keeps nobody waiting", async () => {
  const inTurn = openTurns(2);
  const failing = inTurn(() => Promise.reject(new Error("not drawn")));
  const second = inTurn(async () => "drawn");
  expect(inTurn(async () => "too many")).toBeUndefined();
  await expect(failing).rejects.toThrow("not drawn");
  expect(await second).toBe("drawn");
  await pause(20);
  expect(await inTurn(async () => "again")).toBe("again");
});
