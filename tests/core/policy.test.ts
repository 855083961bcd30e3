import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bounds, groupOf } from "../../gateway/core/policy.ts";
import { ageOn, localDay } from "../../schema/primitives.ts";
import { Condition } from "../../schema/volunteer.ts";
import { birthday, moment, rules } from "./samples.ts";

const day = fc.oneof(
  moment.map(localDay),
  fc.constantFrom("2024-02-29", "2023-02-28", "2024-03-01", "2022-12-31"),
);
const person = fc.record({ birthDate: birthday, conditions: fc.subarray([...Condition.options]) });
const holds = (check: (one: { birthDate: string; conditions: Condition[] }, on: string) => void) =>
  fc.assert(
    fc.property(person, day, (one, on) => {
      check(one, on);
    }),
    { numRuns: 2000 },
  );

describe("the priority groups", () => {
  test("the births that the database is asked for are those whose age the group takes, to the day", () =>
    holds(({ birthDate }, on) => {
      const age = ageOn(birthDate, on);
      for (const group of rules.order) {
        const { bornAfter, bornUntil } = bounds(group, rules.minimumAge, on);
        const taken = age >= Math.max(group.fromAge, rules.minimumAge) && age <= group.toAge;
        expect(birthDate > bornAfter && birthDate <= bornUntil).toBe(taken);
      }
    }));

  test("nobody under the minimum age is in any group, everybody else is in exactly one (F08)", () =>
    holds((one, on) => {
      const group = groupOf(rules, one, on);
      expect(group === undefined).toBe(ageOn(one.birthDate, on) < rules.minimumAge);
    }));

  test("a condition never makes someone wait longer", () =>
    holds(({ birthDate, conditions }, on) => {
      const turn = (own: Condition[]) =>
        rules.order.findIndex(
          ({ name }) => name === groupOf(rules, { birthDate, conditions: own }, on)?.name,
        );
      expect(turn([...conditions, "at-risk"])).toBeLessThanOrEqual(turn(conditions));
    }));

  test("someone born on 29 February is eighteen from 1 March of a common year", () => {
    const born = { birthDate: "2004-02-29", conditions: [] };
    expect(groupOf(rules, born, "2022-02-28")).toBeUndefined();
    expect(groupOf(rules, born, "2022-03-01")?.name).toBe("under-65");
  });
});
