import type { ErrorCode } from "../../schema/errors.ts";
import {
  type CentreId,
  earliest,
  type Instant,
  type InvitationId,
  plusMinutes,
  type SurplusId,
  type VolunteerId,
} from "../../schema/primitives.ts";
import type {
  DoseState,
  Effect,
  InvitationEvent,
  InvitationKind,
  InvitationState,
  MessageKind,
} from "../../schema/surplus.ts";

/** What the way of one invitation depends on. */
export type Standing = {
  id: InvitationId;
  surplus: SurplusId;
  centre: CentreId;
  volunteer: VolunteerId;
  kind: InvitationKind;
  state: InvitationState;
  windowMinutes: number;
  /** When answers stop counting for these doses, as it was when the person was asked. */
  knownBy: Instant;
  windowEndsAt?: Instant | null;
};

export type Step = {
  state: InvitationState;
  /** Where an answer after its window makes a standby of whom a dose was held for. */
  kind?: InvitationKind;
  windowEndsAt?: Instant;
  /** What becomes of the dose that is held for it. */
  dose?: Extract<DoseState, "free" | "removed">;
  /** Whether the person may be asked again: not while they may be promised something. */
  isOver: boolean;
  effects: Effect[];
};

const over: Partial<Record<InvitationState, ErrorCode>> = {
  accepted: "invitation_answered",
  declined: "invitation_answered",
};
const refused = (state: InvitationState): { refused: ErrorCode } => ({
  refused: over[state] ?? "invitation_over",
});

const wake = (standing: Standing, at: Instant): Effect => ({ kind: "wake", surplus: standing.surplus, at });
const tell = (standing: Standing, about: MessageKind): Effect => ({
  kind: "message",
  about,
  volunteer: standing.volunteer,
  invitation: standing.id,
});
const takeBack = (standing: Standing): Effect => ({
  kind: "revoke",
  invitation: standing.id,
  centre: standing.centre,
});

const yes = (standing: Standing, at: Instant): Step | { refused: ErrorCode } => {
  const { state, windowEndsAt } = standing;
  if (state === "ready") return refused("accepted");
  if (state !== "decided" && state !== "open" && state !== "lapsed") return refused(state);
  const isInTime = state === "decided" || (state === "open" && (windowEndsAt ?? at) >= at);
  if (isInTime) return { state: "ready", isOver: false, effects: [] };
  if (standing.knownBy < at) return refused(state);
  const dose = state === "open" && standing.kind === "hold" ? { dose: "free" as const } : {};
  return { state: "ready", kind: "standby", ...dose, isOver: false, effects: [] };
};

const taken = (standing: Standing, at: Instant): Step | { refused: ErrorCode } => {
  if (standing.state !== "decided") return { refused: "conflict" };
  const windowEndsAt = earliest(plusMinutes(at, standing.windowMinutes), standing.knownBy);
  return { state: "open", windowEndsAt, isOver: false, effects: [wake(standing, windowEndsAt)] };
};

/** The end of an invitation that left no promise. A dose held for it goes with it, to whoever is next. */
const end = (standing: Standing, state: InvitationState, effects: Effect[]): Step => ({
  state,
  ...(standing.kind === "hold" ? { dose: "free" as const } : {}),
  isOver: true,
  effects,
});

const revoked = (standing: Standing, { at, cause }: Extract<InvitationEvent, { kind: "revoked" }>): Step => {
  if (cause === "left-list" || cause === "merged")
    return end(standing, "revoked", [wake(standing, at), takeBack(standing)]);
  const told = standing.state === "decided" ? [] : [tell(standing, "revoked")];
  const step = end(standing, "revoked", [takeBack(standing), ...told]);
  return standing.kind === "hold" ? { ...step, dose: "removed" } : step;
};

/**
 * Where an invitation goes on an event, or the code of the refusal. An answer may overtake the note that the
 * channel took the message; a window that has not begun cannot have ended, and nobody is silent who was not
 * asked (F04). A yes makes `ready`, late or not; whether a dose can be promised is for the whole surplus to decide.
 */
export const transition = (standing: Standing, event: InvitationEvent): Step | { refused: ErrorCode } => {
  const { state } = standing;
  if (event.kind === "yes") return yes(standing, event.at);
  if (event.kind === "promoted")
    return state === "ready"
      ? { state: "accepted", isOver: false, effects: [tell(standing, "accepted")] }
      : { refused: "conflict" };
  if (state !== "decided" && state !== "open" && state !== "ready") return refused(state);
  switch (event.kind) {
    case "taken":
      return taken(standing, event.at);
    case "declined":
      return end(standing, "declined", [wake(standing, event.at)]);
    case "window-ended": {
      if (state !== "open") return { refused: "conflict" };
      const told = standing.kind === "hold" ? [tell(standing, "lapsed")] : [];
      return end(standing, "lapsed", [wake(standing, event.at), ...told]);
    }
    case "undeliverable":
      if (state === "ready" || (state === "open" && event.cause === "too-late"))
        return { refused: "conflict" };
      return end(standing, "undeliverable", [wake(standing, event.at), takeBack(standing)]);
    case "revoked":
      return revoked(standing, event);
    case "released": {
      const told = state === "decided" ? [] : [tell(standing, "released")];
      return end(standing, "released", [takeBack(standing), ...told]);
    }
  }
};
