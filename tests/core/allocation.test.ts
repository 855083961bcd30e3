import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Asked,
  appetite,
  type Decision,
  decide,
  type Situation,
} from "../../gateway/core/allocation.ts";
import { crude } from "../../gateway/core/belief.ts";
import { answersUntil, isQuiet, lastInvitation, windowLeft } from "../../gateway/core/hours.ts";
import { byRank, rankOf } from "../../gateway/core/order.ts";
import { type Instant, instant, localDay, millis, plusMinutes } from "../../schema/primitives.ts";
import type { PolicyRules } from "../../schema/region.ts";
import { InvitationKind, InvitationState } from "../../schema/surplus.ts";
import { candidate, invitationId, moment, rules } from "./samples.ts";

/** Somebody asked within the last hour, in any state, as the flows write it down. */
const asked = (now: Instant): fc.Arbitrary<Asked> =>
  fc
    .record({
      id: invitationId,
      person: candidate,
      kind: fc.constantFrom(...InvitationKind.options),
      state: fc.constantFrom(...InvitationState.options),
      ago: fc.integer({ min: 1, max: 60 }),
      chance: fc.double({ min: 0.01, max: 0.9, noNaN: true }),
    })
    .map(({ id, person, kind, state, ago, chance }) => {
      const takenAt = state === "decided" ? undefined : plusMinutes(now, -ago);
      const saidYes = state === "ready" || state === "accepted";
      return {
        ...{ id, kind, state, chance, takenAt, askedAt: plusMinutes(now, -ago) },
        rank: rankOf(rules, person, localDay(now)),
        leaveBy: plusMinutes(now, 15 - ago),
        windowEndsAt: takenAt && plusMinutes(takenAt, 30),
        yesAt: saidYes ? now : undefined,
        maySayYes: ["decided", "open", "lapsed"].includes(state),
      };
    });

const holdsADose = ({ kind, state }: Asked) =>
  kind === "hold" && ["decided", "open", "ready"].includes(state);

const situation: fc.Arbitrary<Situation> = moment.chain((now) =>
  fc
    .record({
      invitations: fc.uniqueArray(asked(now), { maxLength: 10, selector: ({ rank }) => rank }),
      more: fc.nat(8),
      minutes: fc.integer({ min: 1, max: 400 }),
      people: fc.uniqueArray(candidate, { maxLength: 20, selector: ({ id }) => id }),
      policy: fc.record({
        standby: fc.boolean(),
        messagesPerDose: fc.integer({ min: 1, max: 60 }),
        quietHours: fc.constantFrom(undefined, { from: "22:00", until: "07:00" }),
      }),
    })
    .map(({ invitations, more, minutes, people, policy }) => {
      const merged: PolicyRules = { ...rules, ...policy };
      const rank = (person: (typeof people)[number]) => ({
        person,
        rank: rankOf(merged, person, localDay(now)),
      });
      const free = invitations.filter(holdsADose).length + more;
      return {
        surplus: { announced: free + 2, free, usableUntil: plusMinutes(now, minutes) },
        invitations,
        candidates: people
          .map(rank)
          .toSorted(byRank)
          .map(({ person }) => person),
        channel: "letter",
        policy: merged,
        belief: crude,
        now,
      };
    }),
);

const holds = (check: (input: Situation, decided: Decision) => void) =>
  fc.assert(
    fc.property(situation, (input) => {
      check(input, decide(input));
    }),
    { numRuns: 500 },
  );

const overAt = (each: Asked) => (each.state === "open" ? each.windowEndsAt : each.leaveBy);
const isAsked = ({ state }: Asked) => state === "open" || state === "decided";

describe("what is decided for one surplus", () => {
  test("never holds or promises more doses than there are (F13)", () =>
    holds(({ surplus, invitations }, { promote, hold, release }) => {
      const ended = new Set([...promote, ...release.map(({ id }) => id)]);
      const kept = invitations.filter((each) => holdsADose(each) && !ended.has(each.id)).length;
      expect(promote.length + kept + hold.length).toBeLessThanOrEqual(surplus.free);
    }));

  test("asks the first in order, none skipped and none twice, and holds for the first of them (F02)", () =>
    holds(({ candidates }, { hold, standby }) =>
      expect([...hold, ...standby].map((each) => each.candidate)).toEqual(
        candidates.slice(0, hold.length + standby.length),
      ),
    ));

  test("sends no more than the budget, none in quiet hours, none too late to answer (F03)", () =>
    holds(({ surplus, invitations, policy, now }, { hold, standby }) => {
      const count = hold.length + standby.length;
      if (count === 0) return;
      expect(count + invitations.length).toBeLessThanOrEqual(policy.messagesPerDose * surplus.announced);
      expect(isQuiet(policy, now)).toBe(false);
      expect(now <= lastInvitation(policy, surplus.usableUntil)).toBe(true);
      for (const { windowMinutes } of [...hold, ...standby])
        expect(plusMinutes(now, windowMinutes) <= answersUntil(policy, surplus.usableUntil)).toBe(true);
    }));

  test("where policy knows no standbys, asks as many as there are doses that nobody is asked about", () =>
    holds(({ policy, surplus, invitations }, { hold, standby, promote, release }) => {
      if (policy.standby) return;
      const left = invitations.filter(
        ({ id, state }) =>
          ["decided", "open", "ready"].includes(state) &&
          ![...promote, ...release.map((each) => each.id)].includes(id),
      );
      const count = hold.length + standby.length;
      if (standby.length === 0) expect(count).toBeLessThanOrEqual(Math.max(0, surplus.free - left.length));
    }));

  test("ends exactly those whose time is over, and calls silent only who was asked (F04)", () =>
    holds(({ invitations, now }, { release }) => {
      const over = invitations.filter((each) => isAsked(each) && (overAt(each) ?? now) <= now);
      const ended = release.filter(({ event }) => event.kind !== "released");
      expect(new Set(ended.map(({ id }) => id))).toEqual(new Set(over.map(({ id }) => id)));
      expect(ended).toHaveLength(over.length);
      for (const { id, event } of ended) {
        const wasAsked = invitations.find((each) => each.id === id)?.state === "open";
        expect(event.kind).toBe(wasAsked ? "window-ended" : "undeliverable");
      }
    }));

  test("lets standbys go when no dose is left or no answer counts, and never before", () =>
    holds(({ surplus, policy, now, invitations }, { promote, release }) => {
      const left = surplus.free - promote.length;
      const isLate = now > plusMinutes(answersUntil(policy, surplus.usableUntil), 2);
      const released = release.filter(({ event }) => event.kind === "released");
      if (left > 0 && !isLate) expect(released).toEqual([]);
      if (left > 0) return;
      const ready = invitations.filter(({ id, state }) => state === "ready" && !promote.includes(id));
      expect(ready.every(({ id }) => released.some((each) => each.id === id))).toBe(true);
    }));

  test("looks again later, and no later than the next thing that can happen", () =>
    holds(({ surplus, invitations, now }, { nextWakeAt, release, promote }) => {
      expect(nextWakeAt > now).toBe(true);
      const ended = new Set([...promote, ...release.map(({ id }) => id)]);
      const waits = invitations.filter((each) => isAsked(each) && !ended.has(each.id)).map(overAt);
      for (const at of [surplus.usableUntil, ...waits])
        if (at && at > now) expect(nextWakeAt <= at).toBe(true);
    }));

  test("is shown enough people: more of them would not be asked", () =>
    holds((input) => {
      const want = appetite(input);
      const shown = decide({ ...input, candidates: input.candidates.slice(0, want) });
      const all = decide(input);
      // Where somebody asked stands below people who were not, all of those are asked, a few at each look.
      if (input.invitations.some(({ state }) => ["decided", "open", "ready"].includes(state))) return;
      expect(shown.hold.length + shown.standby.length).toBe(all.hold.length + all.standby.length);
    }));

  test("looks at the next full minute while a dose finds nobody: one look a minute, however often called", () => {
    const usableUntil = instant(Date.parse("2021-04-16T18:30:00Z"));
    const surplus = { announced: 1, free: 1, usableUntil };
    const rest = {
      surplus,
      invitations: [],
      candidates: [],
      channel: "letter",
      belief: crude,
      policy: rules,
    };
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
