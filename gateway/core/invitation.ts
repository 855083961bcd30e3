import type { ErrorCode } from "../../schema/errors.ts";
import {
  type CentreId,
  type Instant,
  type InvitationId,
  plusMinutes,
  type SurplusId,
  type VolunteerId,
} from "../../schema/primitives.ts";
import type { DoseState, Effect, InvitationEvent, InvitationState } from "../../schema/surplus.ts";

/** What the way of one invitation depends on. */
export type Standing = {
  id: InvitationId;
  surplus: SurplusId;
  centre: CentreId;
  volunteer: VolunteerId;
  state: InvitationState;
  windowMinutes: number;
  leaveBy: Instant;
  windowEndsAt?: Instant | null;
};

export type Step = {
  state: InvitationState;
  windowEndsAt?: Instant;
  /** What becomes of the dose that was kept for it. */
  dose?: Extract<DoseState, "free" | "promised" | "removed">;
  effects: Effect[];
};

const over: Record<InvitationState, ErrorCode> = {
  decided: "conflict",
  open: "conflict",
  accepted: "invitation_answered",
  declined: "invitation_answered",
  lapsed: "invitation_over",
  undeliverable: "invitation_over",
  revoked: "invitation_over",
};

const wake = (standing: Standing, at: Instant): Effect => ({ kind: "wake", surplus: standing.surplus, at });
const tell = (standing: Standing, about: "lapsed" | "revoked" | "accepted"): Effect => ({
  kind: "message",
  about,
  volunteer: standing.volunteer,
  invitation: standing.id,
});

const answerInTime = (standing: Standing, at: Instant) =>
  standing.state === "decided" || (standing.windowEndsAt !== null && (standing.windowEndsAt ?? at) >= at);

/**
 * Where an invitation goes on an event, or the code of the refusal. An answer may overtake the note that the
 * channel took the message; a window that has not begun cannot have ended, and nobody is silent who was not
 * asked (F04).
 */
export const transition = (standing: Standing, event: InvitationEvent): Step | { refused: ErrorCode } => {
  const { state } = standing;
  if (state !== "decided" && state !== "open") return { refused: over[state] };
  const free = { dose: "free" as const, effects: [wake(standing, event.at)] };
  switch (event.kind) {
    case "taken": {
      if (state === "open") return { refused: "conflict" };
      const windowEndsAt = plusMinutes(event.at, standing.windowMinutes);
      return { state: "open", windowEndsAt, effects: [wake(standing, windowEndsAt)] };
    }
    case "accepted":
      if (!answerInTime(standing, event.at)) return { refused: "invitation_over" };
      return { state: "accepted", dose: "promised", effects: [tell(standing, "accepted")] };
    case "declined":
      return { state: "declined", ...free };
    case "window-ended":
      if (state === "decided") return { refused: "conflict" };
      return { state: "lapsed", dose: "free", effects: [...free.effects, tell(standing, "lapsed")] };
    case "undeliverable": {
      if (state === "open" && event.cause === "too-late") return { refused: "conflict" };
      const revoke: Effect = { kind: "revoke", invitation: standing.id, centre: standing.centre };
      return { state: "undeliverable", dose: "free", effects: [...free.effects, revoke] };
    }
    case "revoked": {
      const revoke: Effect = { kind: "revoke", invitation: standing.id, centre: standing.centre };
      const told = state === "open" ? [tell(standing, "revoked")] : [];
      return event.cause === "left-list"
        ? { state: "revoked", dose: "free", effects: [...free.effects, revoke] }
        : { state: "revoked", dose: "removed", effects: [revoke, ...told] };
    }
  }
};
