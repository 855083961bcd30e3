import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decide, type Pending, type Situation, windowLeft } from "../../gateway/core/allocation.ts";
import { instant, millis, plusMinutes } from "../../schema/primitives.ts";
import { candidate, invitationId, moment, rules } from "./samples.ts";

const situation: fc.Arbitrary<Situation> = moment.chain((now) => {
  const near = fc.integer({ min: -60, max: 60 }).map((minutes) => plusMinutes(now, minutes));
  const pending: fc.Arbitrary<Pending> = fc.oneof(
    fc.record({ id: invitationId, state: fc.constant("open" as const), windowEndsAt: near }),
    fc.record({ id: invitationId, state: fc.constant("decided" as const), leaveBy: near }),
  );
  return fc.record({
    surplus: fc.record({
      free: fc.integer({ min: 0, max: 10 }),
      usableUntil: fc.integer({ min: 1, max: 400 }).map((minutes) => plusMinutes(now, minutes)),
    }),
    invitations: fc.uniqueArray(pending, { maxLength: 10, selector: ({ id }) => id }),
    candidates: fc.uniqueArray(candidate, { maxLength: 20, selector: ({ id }) => id }),
    policy: fc.constant(rules),
    now: fc.constant(now),
  });
});

const holds = (check: (input: Situation, decided: ReturnType<typeof decide>) => void) =>
  fc.assert(
    fc.property(situation, (input) => {
      check(input, decide(input));
    }),
  );
const overAt = (each: Pending) => (each.state === "open" ? each.windowEndsAt : each.leaveBy);

describe("what is decided for one surplus", () => {
  test("never keeps more doses than are free or fall free now (F13)", () =>
    holds(({ surplus }, { hold, release }) =>
      expect(hold.length).toBeLessThanOrEqual(surplus.free + release.length),
    ));

  test("asks the first in order, none skipped and none twice (F02)", () =>
    holds(({ candidates }, { hold }) =>
      expect(hold.map((each) => each.candidate)).toEqual(candidates.slice(0, hold.length)),
    ));

  test("leaves no dose unasked while somebody could still come", () =>
    holds(({ surplus, candidates }, { hold, release }) => {
      if (hold[0] && hold.length < candidates.length)
        expect(hold).toHaveLength(surplus.free + release.length);
    }));

  test("ends exactly those whose time is over, and calls silent only who was asked (F04)", () =>
    holds(({ invitations, now }, { release }) => {
      const over = invitations.filter((each) => overAt(each) <= now);
      expect(release.map(({ id }) => id)).toEqual(over.map(({ id }) => id));
      for (const { id, event } of release) {
        const asked = invitations.find((each) => each.id === id)?.state === "open";
        expect(event.kind).toBe(asked ? "window-ended" : "undeliverable");
      }
    }));

  test("looks again later, and no later than the next thing that can happen", () =>
    holds(({ surplus, invitations, now }, { nextWakeAt }) => {
      expect(nextWakeAt && nextWakeAt > now).toBe(true);
      for (const at of [surplus.usableUntil, ...invitations.map(overAt)])
        if (at > now) expect(nextWakeAt && nextWakeAt <= at).toBe(true);
    }));

  test("looks at the next full minute where a dose finds nobody: one look a minute, however often called", () => {
    const surplus = { free: 1, usableUntil: instant(Date.parse("2021-04-16T18:30:00Z")) };
    const rest = { surplus, invitations: [], candidates: [], policy: rules };
    for (const now of ["2021-04-16T14:30:00Z", "2021-04-16T14:30:01Z", "2021-04-16T14:30:59.999Z"])
      expect(decide({ ...rest, now: instant(Date.parse(now)) }).nextWakeAt).toBe("2021-04-16T14:31:00.000Z");
  });
});

describe("the window", () => {
  test("always leaves time to travel, and is nothing rather than too short to read", () =>
    fc.assert(
      fc.property(moment, fc.integer({ min: -60, max: 400 }), (now, minutes) => {
        const until = plusMinutes(now, minutes);
        const window = windowLeft(rules, until, now);
        expect(window === 0 || (window >= 5 && window <= rules.windowMinutes)).toBe(true);
        if (window > 0)
          expect(millis(plusMinutes(now, window + rules.travelMinutes))).toBeLessThanOrEqual(millis(until));
        else expect(minutes).toBeLessThan(rules.travelMinutes + 5);
      }),
    ));
});
