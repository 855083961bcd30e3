import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Standing, transition } from "../../gateway/core/invitation.ts";
import {
  type CentreId,
  type InvitationId,
  plusMinutes,
  type SurplusId,
  type VolunteerId,
} from "../../schema/primitives.ts";
import { type InvitationEvent, InvitationState } from "../../schema/surplus.ts";
import { moment } from "./samples.ts";

const id = "0f8fad5b-d9cb-469f-a165-70867728950e";
const windowMinutes = 30;

const standing: fc.Arbitrary<Standing> = fc
  .record({ state: fc.constantFrom(...InvitationState.options), decidedAt: moment, takenAfter: fc.nat(15) })
  .map(({ state, decidedAt, takenAfter }) => ({
    id: id as InvitationId,
    surplus: id as SurplusId,
    centre: "charleroi" as CentreId,
    volunteer: id as VolunteerId,
    state,
    windowMinutes,
    leaveBy: plusMinutes(decidedAt, 15),
    windowEndsAt: state === "decided" ? null : plusMinutes(decidedAt, takenAfter + windowMinutes),
  }));

const event: fc.Arbitrary<InvitationEvent> = moment.chain((at) =>
  fc.constantFrom<InvitationEvent>(
    { kind: "taken", at },
    { kind: "accepted", at, comeAt: plusMinutes(at, 30) },
    { kind: "declined", at },
    { kind: "window-ended", at },
    { kind: "undeliverable", at, cause: "too-late" },
    { kind: "undeliverable", at, cause: "no-answer" },
    { kind: "revoked", at, cause: "lowered" },
    { kind: "revoked", at, cause: "left-list" },
  ),
);

const holds = (check: (from: Standing, event: InvitationEvent, to: ReturnType<typeof transition>) => void) =>
  fc.assert(
    fc.property(standing, event, (from, each) => {
      check(from, each, transition(from, each));
    }),
    {
      numRuns: 1000,
    },
  );

describe("the way of an invitation", () => {
  test("what is over stays over, and a second answer is told from a late one", () =>
    holds(({ state }, _event, to) => {
      if (state === "decided" || state === "open") return;
      const answered = state === "accepted" || state === "declined";
      expect(to).toEqual({ refused: answered ? "invitation_answered" : "invitation_over" });
    }));

  test("only an open one can lapse: nobody is silent who was not asked (F04)", () =>
    holds((from, _event, to) => {
      if (!("refused" in to) && to.state === "lapsed") expect(from.state).toBe("open");
    }));

  test("the window begins when the channel took the message (F03)", () =>
    holds((_from, { kind, at }, to) => {
      if (kind === "taken" && !("refused" in to))
        expect(to.windowEndsAt).toBe(plusMinutes(at, windowMinutes));
    }));

  test("no yes counts after its window (F13)", () =>
    holds(({ state, windowEndsAt }, { kind, at }, to) => {
      if (kind === "accepted" && state === "open" && windowEndsAt && windowEndsAt < at)
        expect(to).toEqual({ refused: "invitation_over" });
    }));

  test("what a channel took in the last moment is not called too late", () =>
    holds(({ state }, each, to) => {
      if (state === "open" && each.kind === "undeliverable" && each.cause === "too-late")
        expect(to).toEqual({ refused: "conflict" });
    }));

  test("every end without a yes lets go of its dose, and a dose that falls free finds the next person", () =>
    holds((_from, _event, to) => {
      if ("refused" in to || to.state === "open") return;
      expect(to.dose).toBe(to.state === "accepted" ? "promised" : to.dose === "removed" ? "removed" : "free");
      expect(to.effects.some(({ kind }) => kind === "wake")).toBe(to.dose === "free");
    }));
});
