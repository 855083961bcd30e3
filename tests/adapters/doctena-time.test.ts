import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromLocal, localBounds, toLocal } from "../../adapters/doctena/time.ts";
import { type Instant, instant, local, millis } from "../../schema/primitives.ts";

const minute = 60_000;
const hour = 60 * minute;
/** In 2021 clocks went forward on 28 March and back on 31 October, both at 01:00 UTC. */
const forward = Date.parse("2021-03-28T01:00:00Z");
const back = Date.parse("2021-10-31T01:00:00Z");
const year = { from: Date.parse("2021-01-01T00:00:00Z"), until: Date.parse("2022-01-01T00:00:00Z") };

const isSecondPass = (at: Instant) => millis(at) >= back && millis(at) < back + hour;

/** Any minute of the year, and more often than chance one within three hours of a change of clocks. */
const minutes = fc
  .oneof(
    fc.integer({ min: year.from / minute, max: year.until / minute - 1 }),
    ...[forward, back].map((change) =>
      fc.integer({ min: (change - 3 * hour) / minute, max: (change + 3 * hour) / minute }),
    ),
  )
  .map((each) => instant(each * minute));

describe("the wall clock of Brussels", () => {
  test("says what the calendar of the runtime says", () => {
    const agrees = (at: Instant) => {
      expect(toLocal(at)).toBe(local(at).join("T"));
    };
    fc.assert(fc.property(minutes, agrees), { numRuns: 2_000 });
  });

  test("leads back to the instant, but from the second pass of autumn's hour to the first", () => {
    const backAgain = (at: Instant) => {
      const expected = isSecondPass(at) ? instant(millis(at) - hour) : at;
      expect(fromLocal(toLocal(at))).toBe(expected);
    };
    fc.assert(fc.property(minutes, backAgain), { numRuns: 2_000 });
  });

  test("shows no minute of the hour that spring skips, and reads none", () => {
    for (let past = 0; past < 60; past += 1) {
      const missing = `2021-03-28T02:${String(past).padStart(2, "0")}:00`;
      expect(fromLocal(missing)).toBeUndefined();
    }
    for (let at = forward - hour; at < forward + hour; at += minute)
      expect(toLocal(instant(at))).not.toMatch(/^2021-03-28T02/);
    expect(fromLocal("2021-03-28T01:59:00")).toBe(instant(forward - minute));
    expect(fromLocal("2021-03-28T03:00:00")).toBe(instant(forward));
  });

  test("reads every minute of the hour that comes twice as the first pass, in summer time", () => {
    for (let past = 0; past < 60; past += 1) {
      const doubled = `2021-10-31T02:${String(past).padStart(2, "0")}:00`;
      expect(fromLocal(doubled)).toBe(instant(back - hour + past * minute));
    }
    expect(fromLocal("2021-10-31T03:00:00")).toBe(instant(back + hour));
  });
});

describe("local bounds", () => {
  test("hold every start that reads as within the instants, whatever the clocks do between", () => {
    const milliseconds = fc.integer({ min: 1, max: 24 * hour });
    const held = (start: Instant, before: number, after: number) => {
      const bounds = localBounds({
        from: instant(millis(start) - before),
        until: instant(millis(start) + after),
      });
      expect(bounds.from <= toLocal(start)).toBe(true);
      expect(bounds.to > toLocal(start)).toBe(true);
    };
    fc.assert(fc.property(minutes, milliseconds, milliseconds, held), { numRuns: 3_000 });
  });

  test("stay in order across the hour that comes twice", () => {
    const from = instant(back - 10 * minute);
    const until = instant(back + 10 * minute);
    expect([toLocal(from), toLocal(until)]).toEqual(["2021-10-31T02:50:00", "2021-10-31T02:10:00"]);
    expect(localBounds({ from, until })).toEqual({ from: "2021-10-31T01:50:00", to: "2021-10-31T03:10:00" });
  });
});
