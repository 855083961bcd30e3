import type { Invitation, InvitationState, PromiseState } from "../../../schema/surplus.ts";

/**
 * What the page of an invitation can be showing: an invitation's state, `open` being that of a held dose; an open one of
 * a `standby`; `late`: silent so far, and a yes still counts; `paused`: silent, and not called for a while; `back`: called
 * again; what became of a promise; or why there is none to show. assets/answer.js chooses by the same rules.
 */
export type View =
  | InvitationState
  | Exclude<PromiseState, "expected">
  | ("standby" | "late" | "paused" | "back" | "loading" | "no-token" | "overloaded" | "offline");

type Looked = {
  now: number;
  /** A yes was refused: it is not offered again. */
  isRefused?: boolean;
};

/** How an invitation is shown at that moment. */
export const viewOf = (
  { state, kind, knownBy, pausedUntil, promise = "expected" }: Invitation,
  { now, isRefused = false }: Looked,
): View => {
  if (state === "accepted" && promise !== "expected") return promise;
  if (state === "open" && kind === "standby") return "standby";
  if (state !== "lapsed") return state;
  if (!isRefused && Date.parse(knownBy) > now) return "late";
  return pausedUntil && Date.parse(pausedUntil) > now ? "paused" : "lapsed";
};

/** Whether somebody has to come: what the first line says, in each view that has an invitation (F07). */
export const verdicts = {
  expected: ["accepted"],
  notYet: ["open", "standby", "ready", "late", "decided"],
  notExpected: [
    ...(["refused", "cancelled", "declined", "lapsed", "paused", "back"] as const),
    ...(["released", "revoked", "undeliverable"] as const),
  ],
} as const satisfies Record<string, readonly View[]>;
export type Verdict = keyof typeof verdicts;
