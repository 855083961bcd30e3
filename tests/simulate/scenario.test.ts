import { describe, expect, test } from "vitest";
import { loadScenario, readScenario, rulesOf, shippedScenarios } from "../../gateway/simulate/scenario.ts";
import { scenarioWith, written } from "./evenings.ts";

describe("a scenario", () => {
  test("takes a plain scenario, and says its defaults", () => {
    const scenario = loadScenario("eupen-evening");
    expect(scenario.people).toMatchObject({ yes: 0.2, yesByAge: [[65, 0.35]], undelivered: 0.03 });
    expect(scenarioWith().people).toMatchObject({ no: 0.05, noShow: 0.04, available: 0.5 });
    expect(scenarioWith().strategies).toHaveLength(5);
  });

  test("becomes a policy: its own rules, the way of the scenario, and Belgium's for the rest", () => {
    const rules = rulesOf(scenarioWith({ travelMinutes: 20, policy: { messagesPerDose: 7 } }));
    expect(rules).toMatchObject({ travelMinutes: 20, messagesPerDose: 7, windowMinutes: 30 });
    expect(rules.order.map(({ name }) => name)).toEqual(["65-plus", "at-risk", "under-65"]);
  });

  test.each([
    ["people.yes", { people: { yes: 1.2 } }],
    ["people.no", { people: { yes: 0.9, no: 0.2 } }],
    ["surpluses.0.usableUntil", { surpluses: [{ at: "17:00", doses: 2, usableUntil: "16:00" }] }],
    ["surpluses.0.doses", { surpluses: [{ at: "17:00", doses: 0, usableUntil: "20:00" }] }],
    [
      "surpluses.0.centre",
      { surpluses: [{ at: "17:00", doses: 1, usableUntil: "20:00", centre: "nowhere" }] },
    ],
    ["policy.windowMinutes", { policy: { windowMinutes: "long" } }],
    ["policy", { policy: { windowMinute: 30 } }],
    ["strategies.0", { strategies: ["luck"] }],
    ["list.ages", { list: { size: 3, ages: "france" } }],
  ])("is refused by the name of the field: %s", (field, said) => {
    expect(() => readScenario(written(said), "evening.json")).toThrow(`evening.json: ${field}: `);
  });

  test("that is no JSON, or not there, says so", () => {
    expect(() => readScenario("{", "evening.json")).toThrow("evening.json: this is not JSON");
    expect(() => loadScenario("nowhere.json")).toThrow(/nowhere.json: there is no such file.*eupen-evening/);
  });
});

describe("the scenarios shipped", () => {
  const all = shippedScenarios().map(loadScenario);

  test("bear their files' names", () => {
    expect(all.map(({ name }) => name)).toEqual(shippedScenarios());
  });

  test("go from few who say yes to many, from one dose to forty, from forty minutes to five hours", () => {
    const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
    const surpluses = all.flatMap((each) => each.surpluses);
    const spans = surpluses.map(({ at, usableUntil }) => minutesOf(usableUntil) - minutesOf(at));
    const yes = all.map(({ people }) => people.yes);
    const doses = surpluses.map((each) => each.doses);
    expect([Math.min(...yes), Math.max(...yes)]).toEqual([0.04, 0.7]);
    expect([Math.min(...doses), Math.max(...doses)]).toEqual([1, 40]);
    expect([Math.min(...spans), Math.max(...spans)]).toEqual([40, 300]);
    expect(all.some(({ centres }) => centres.length > 0)).toBe(true);
    expect(all.some(({ people }) => people.delay)).toBe(true);
  });
});
