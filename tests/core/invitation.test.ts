import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Standing, type Step, transition } from "../../gateway/core/invitation.ts";
import {
  type CentreId,
  earliest,
  type InvitationId,
  plusMinutes,
  type SurplusId,
  type VolunteerId,
} from "../../schema/primitives.ts";
import { type InvitationEvent, InvitationKind, InvitationState } from "../../schema/surplus.ts";
import { moment } from "./samples.ts";

const id = "0f8fad5b-d9cb-469f-a165-70867728950e";
const windowMinutes = 30;

const standing: fc.Arbitrary<Standing> = fc
  .record({
    state: fc.constantFrom(...InvitationState.options),
    kind: fc.constantFrom(...InvitationKind.options),
    decidedAt: moment,
    takenAfter: fc.nat(15),
    knownAfter: fc.integer({ min: 20, max: 200 }),
  })
  .map(({ state, kind, decidedAt, takenAfter, knownAfter }) => ({
    id: id as InvitationId,
    surplus: id as SurplusId,
    centre: "charleroi" as CentreId,
    volunteer: id as VolunteerId,
    kind,
    state,
    windowMinutes,
    knownBy: plusMinutes(decidedAt, knownAfter),
    windowEndsAt: state === "decided" ? null : plusMinutes(decidedAt, takenAfter + windowMinutes),
  }));

/** Something that happens within three hours of a standing's beginning. */
const eventNear = (from: Standing): fc.Arbitrary<InvitationEvent> =>
  fc.integer({ min: -60, max: 180 }).chain((minutes) => {
    const at = plusMinutes(from.windowEndsAt ?? from.knownBy, minutes);
    return fc.constantFrom<InvitationEvent>(
      { kind: "taken", at },
      { kind: "yes", at },
      { kind: "promoted", at },
      { kind: "declined", at },
      { kind: "window-ended", at },
      { kind: "undeliverable", at, cause: "too-late" },
      { kind: "undeliverable", at, cause: "no-answer" },
      { kind: "revoked", at, cause: "lowered" },
      { kind: "revoked", at, cause: "left-list" },
      { kind: "released", at },
    );
  });

const holds = (check: (from: Standing, event: InvitationEvent, to: ReturnType<typeof transition>) => void) =>
  fc.assert(
    fc.property(
      standing.chain((from) => fc.tuple(fc.constant(from), eventNear(from))),
      ([from, each]) => {
        check(from, each, transition(from, each));
      },
    ),
    { numRuns: 2000 },
  );

const stepOf = (to: Step | { refused: string }): Step | undefined => ("refused" in to ? undefined : to);
const live = ["decided", "open", "ready"];

describe("the way of an invitation", () => {
  test("what is over stays over, and a second answer is told from a late one", () =>
    holds(({ state }, { kind }, to) => {
      if (live.includes(state) || (state === "lapsed" && kind === "yes")) return;
      if (kind === "promoted") return expect(to).toEqual({ refused: "conflict" });
      const answered = state === "accepted" || state === "declined";
      expect(to).toEqual({ refused: answered ? "invitation_answered" : "invitation_over" });
    }));

  test("only an open one can lapse: nobody is silent who was not asked (F04)", () =>
    holds((from, _event, to) => {
      if (stepOf(to)?.state === "lapsed") expect(from.state).toBe("open");
    }));

  test("the window begins when the channel took the message, and ends when answers stop counting (F03)", () =>
    holds(({ knownBy }, { kind, at }, to) => {
      if (kind === "taken" && !("refused" in to))
        expect(to.windowEndsAt).toBe(earliest(plusMinutes(at, windowMinutes), knownBy));
    }));

  test("a yes promises nothing by itself: it stands by until the whole surplus says so (F13)", () =>
    holds((_from, { kind }, to) => {
      const state = stepOf(to)?.state;
      if (kind === "yes" && state) expect(state).toBe("ready");
      if (state === "accepted") expect(kind).toBe("promoted");
    }));

  test("a yes after its window is a standby's, and lets go of the dose that was held (F13)", () =>
    holds((from, { kind, at }, to) => {
      const isLate = from.state === "lapsed" || (from.windowEndsAt ?? at) < at;
      if (kind !== "yes" || !isLate || "refused" in to) return;
      expect(to.kind).toBe("standby");
      expect(at <= from.knownBy).toBe(true);
      expect(to.dose).toBe(from.state === "open" && from.kind === "hold" ? "free" : undefined);
    }));

  test("what a channel took in the last moment is not called too late", () =>
    holds(({ state }, each, to) => {
      if (state === "open" && each.kind === "undeliverable" && each.cause === "too-late")
        expect(to).toEqual({ refused: "conflict" });
    }));

  test("every end without a promise lets go of the dose that was held, and no standby has one", () =>
    holds((from, { kind }, to) => {
      const step = stepOf(to);
      if (!step?.isOver) return;
      expect(step.dose).toBe(
        from.kind === "standby" ? undefined : step.dose === "removed" ? "removed" : "free",
      );
      if (step.dose === "free" && kind !== "released")
        expect(step.effects.some((effect) => effect.kind === "wake")).toBe(true);
    }));

  test("silence is only spoken of to those for whom a dose was held; a standby owed no answer (F06)", () =>
    holds((from, { kind }, to) => {
      if (kind !== "window-ended" || "refused" in to) return;
      const told = to.effects.some((effect) => effect.kind === "message" && effect.about === "lapsed");
      expect(told).toBe(from.kind === "hold");
    }));

  test("whoever stood by and is not needed is told at once", () =>
    holds((from, { kind }, to) => {
      if (kind !== "released" || "refused" in to) return;
      const told = to.effects.some((effect) => effect.kind === "message" && effect.about === "released");
      expect(told).toBe(from.state !== "decided");
    }));
});
