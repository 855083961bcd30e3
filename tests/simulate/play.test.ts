import { describe, expect, test } from "vitest";
import { search } from "../../gateway/simulate/frontier.ts";
import { playAll } from "../../gateway/simulate/play.ts";
import { lineOf, tableOf } from "../../gateway/simulate/report.ts";
import { scenarioWith } from "./evenings.ts";

const plan = { runs: 6, seed: 7, warm: 2 };
const linesOf = async (...[scenario, how]: Parameters<typeof playAll>) =>
  [...(await playAll(scenario, how))].map(([name, account]) => lineOf(name, account));

describe("many evenings", () => {
  test("are the same from the same seed, and others from another", async () => {
    const first = await linesOf(scenarioWith(), plan);
    expect(await linesOf(scenarioWith(), plan)).toEqual(first);
    expect(await linesOf(scenarioWith(), { ...plan, seed: 8 })).not.toEqual(first);
  });

  test("are told in exactly these fields", async () => {
    const [line] = await linesOf(scenarioWith({ strategies: ["everydose"] }), plan);
    expect(Object.keys(line ?? {})).toEqual([
      ...["strategy", "runs", "doses", "used", "usedShare", "invited", "messagesPerDose", "brokenPromises"],
      ...["turnedAway", "orderInversions", "standbysReleased", "medianMinutesToYes"],
    ]);
    expect(line).toMatchObject({ strategy: "everydose", runs: 6, doses: 12 });
  });

  test.each([
    { about: "half say yes", people: { yes: 0.5, noShow: 0 } },
    { about: "one in ten says yes", people: { yes: 0.1, noShow: 0 } },
    {
      about: "a third of the messages are late",
      people: { yes: 0.3, noShow: 0, delay: { share: 0.33, minutes: 12 } },
    },
  ])("nobody beats the oracle where all come: $about", async ({ people }) => {
    const accounts = await playAll(scenarioWith({ people }), { ...plan, runs: 10 });
    const best = accounts.get("oracle")?.used ?? 0;
    for (const [name, { used }] of accounts)
      expect(`${name} ${Math.max(used, best)}`).toBe(`${name} ${best}`);
  });

  test("the engine breaks no promise and no order, also where two centres want the same people", async () => {
    const scenario = scenarioWith({
      ...{ list: { size: 120 }, centres: [{ id: "sankt-vith", size: 40, shared: 0.6 }] },
      surpluses: [
        { at: "17:00", doses: 4, usableUntil: "20:00" },
        { at: "17:20", doses: 5, usableUntil: "19:30", centre: "sankt-vith" },
      ],
      ...{ policy: { messagesPerDose: 60 }, strategies: ["everydose", "oracle"] },
    });
    const [engine, best] = await linesOf(scenario, { ...plan, runs: 20 });
    expect(engine).toMatchObject({ brokenPromises: 0, turnedAway: 0, orderInversions: 0 });
    expect(engine?.used).toBeGreaterThanOrEqual(0.9 * (best?.used ?? 0));
  });

  test("a table shows what is used against the oracle", async () => {
    const table = tableOf(await playAll(scenarioWith({ strategies: ["strict", "oracle"] }), plan));
    expect(table.split("\n")).toHaveLength(3);
    expect(table).toMatch(/oracle.*100\.00 %/);
  });
});

test("a search plays the same evenings with other patience", async () => {
  const scenario = scenarioWith({ list: { size: 600 } });
  const [hasty, patient] = [
    { end: 0.002, far: 0.002, tau: 60 },
    { end: 0.05, far: 0.98, tau: 60 },
  ];
  const points = [];
  for await (const point of search(scenario, { ...plan, runs: 12 }, [hasty, patient])) points.push(point);
  expect(points.map(({ patience }) => patience)).toEqual([hasty, patient]);
  expect(points[0]?.messagesPerDose).toBeGreaterThan(points[1]?.messagesPerDose ?? 0);
});
