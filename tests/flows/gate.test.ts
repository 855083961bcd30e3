import { expect, test } from "vitest";
import { openGate } from "../../gateway/flows/intake/gate.ts";

const turn = () => new Promise((resolve) => setImmediate(resolve));

test("few enter at once, and a crowd in its order, while the loop goes round for whoever else has come", async () => {
  const gate = openGate(4, () => 0);
  const entered: number[] = [];
  for (let nth = 0; nth < 20; nth += 1) {
    const wait = gate.pass();
    if (wait) void wait.then(() => entered.push(nth));
    else entered.push(nth);
  }
  expect(entered).toEqual([0, 1, 2, 3]);
  expect(gate.waiting()).toBe(16);
  let turns = 0;
  for (; gate.waiting() > 0; turns += 1) await turn();
  await turn();
  expect(entered).toEqual(Array.from({ length: 20 }, (_, nth) => nth));
  expect(turns).toBeGreaterThan(20);
  await turn();
  expect(gate.pass()).toBeUndefined();
});

test("long turns starved those who had been let in: twice as many enter after one, and no more, since that makes the next long", async () => {
  let now = 0;
  const gate = openGate(4, () => now);
  for (let nth = 0; nth < 300; nth += 1) gate.pass();
  now += 100;
  await turn();
  expect(gate.waiting()).toBe(288);
});
