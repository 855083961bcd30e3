import fc from "fast-check";
import { expect, test } from "vitest";
import { goOn, type Pace, secondsLeft } from "../../gateway/core/pace.ts";
import { type Instant, instant, millis } from "../../schema/primitives.ts";

const began = instant(0);
const start: Pace = { done: 0, total: null, paceAt: began, paceDone: 0, perSecond: null };
const after = (at: Instant, seconds: number) => instant(millis(at) + 1000 * seconds);

test("whatever the pages and pauses, all is counted, and the total is never less than what is done", () => {
  const page = fc.record({ more: fc.nat(500), seconds: fc.nat(60), total: fc.option(fc.nat(9000)) });
  fc.assert(
    fc.property(fc.array(page), (pages) => {
      let [pace, at] = [start, began];
      for (const { more, seconds, total } of pages) {
        at = after(at, seconds);
        ({ pace } = goOn(pace, { more, at, total: total ?? undefined }));
        expect(pace.total ?? pace.done).toBeGreaterThanOrEqual(pace.done);
        expect(secondsLeft(pace) ?? 0).toBeGreaterThanOrEqual(0);
      }
      expect(pace.done).toBe(pages.reduce((sum, { more }) => sum + more, 0));
    }),
  );
});

test("the speed is that of late, so that an hour in which nothing came is soon forgotten", () => {
  let { pace } = goOn(start, { more: 1000, total: 10_000, at: after(began, 5) });
  expect([pace.perSecond, secondsLeft(pace)]).toEqual([200, 45]);
  ({ pace } = goOn(pace, { more: 500, at: after(began, 3605) }));
  expect(pace.perSecond).toBeLessThan(1);
  ({ pace } = goOn(pace, { more: 1500, at: after(began, 3610) }));
  expect([pace.perSecond, secondsLeft(pace)]).toEqual([300, 24]);
});

test("nothing is said of what is left where the total or the speed is not known", () => {
  expect(secondsLeft({ ...start, done: 5, perSecond: 10 })).toBeUndefined();
  expect(secondsLeft({ ...start, done: 5, total: 10 })).toBeUndefined();
});
