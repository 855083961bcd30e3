import fc from "fast-check";
import { expect, test } from "vitest";
import { isCutShort, judge } from "../../gateway/core/absence.ts";

const whole = { partial: false };
const verdict = (...places: [listed: number, missing: number][]) =>
  judge(
    places.map(([listed, missing]) => ({ listed, missing })),
    whole,
  ).verdict;

test("a few may leave; a fifth, or more than twenty of a short list, may not", () => {
  expect(verdict([1000, 200])).toBe("believed");
  expect(verdict([1000, 201])).toBe("doubted");
  expect(verdict([30, 20])).toBe("believed");
  expect(verdict([30, 21])).toBe("doubted");
});

test("a reading that ends more than a few records before what the source spoke of was cut short", () => {
  expect(isCutShort({ done: 980, total: 1000 })).toBe(false);
  expect(isCutShort({ done: 979, total: 1000 })).toBe(true);
  expect(isCutShort({ done: 1200, total: 1000 })).toBe(false);
});

test("a list that is empty is doubted, and were it of one person", () => {
  expect(verdict([1, 1])).toBe("doubted");
  expect(verdict([2, 2], [1, 1])).toBe("doubted");
  expect(verdict()).toBe("believed");
});

test("a centre that has lost its people makes the whole list doubtful, however long that is", () => {
  expect(verdict([10_000, 0], [100, 21])).toBe("doubted");
  expect(verdict([10_000, 0], [12, 12])).toBe("doubted");
  expect(verdict([10_000, 0], [3, 3])).toBe("believed");
});

test("from a reading that left something out nothing follows", () => {
  const places = fc.array(
    fc.nat(500).chain((listed) => fc.nat(listed).map((missing) => ({ listed, missing }))),
  );
  fc.assert(
    fc.property(places, (given) => {
      expect(judge(given, { partial: true }).verdict).toBe("not-judged");
      const { listed, missing, verdict: found } = judge(given, whole);
      if (found === "believed") expect(missing * 5 <= listed || missing <= 20 * given.length).toBe(true);
      if (missing === 0) expect(found).toBe("believed");
    }),
  );
});
