import {
  earliest,
  type Instant,
  type InvitationId,
  instant,
  millis,
  plusMinutes,
} from "../../schema/primitives.ts";
import type { PolicyRules } from "../../schema/region.ts";
import type { InvitationEvent } from "../../schema/surplus.ts";
import type { Candidate } from "./eligibility.ts";

/** An invitation that may still end in a yes: on its way (`leaveBy`) or answered within its window. */
export type Pending = { id: InvitationId } & (
  | { state: "decided"; leaveBy: Instant }
  | { state: "open"; windowEndsAt: Instant }
);

export type Situation = {
  surplus: { free: number; usableUntil: Instant };
  invitations: readonly Pending[];
  /** People who may be called now, first in the authority's order first. */
  candidates: readonly Candidate[];
  policy: PolicyRules;
  now: Instant;
};

export type Decision = {
  /** Invitations whose yes becomes a promise now. */
  promote: InvitationId[];
  /** People for whom a dose is kept until their window ends, in order. */
  hold: { candidate: Candidate; windowMinutes: number }[];
  /** People asked whether they would come if a dose fell free, in order. */
  standby: { candidate: Candidate; windowMinutes: number }[];
  /** Invitations that end now, and why. */
  release: { id: InvitationId; event: InvitationEvent }[];
  /** When this surplus must be looked at again, even if nothing is heard. */
  nextWakeAt?: Instant;
};

/** Nobody can read, answer and set out in less. */
const shortestWindow = 5;

/** The window that still leaves time to travel, in minutes; 0 where there is none any more. */
export const windowLeft = (policy: PolicyRules, usableUntil: Instant, now: Instant): number => {
  const left = Math.floor((millis(usableUntil) - millis(now)) / 60_000) - policy.travelMinutes;
  return left < shortestWindow ? 0 : Math.min(policy.windowMinutes, left);
};

/** On the full minute, so that however often one looks, it stays one look a minute. */
const nextMinute = (now: Instant) => instant((Math.floor(millis(now) / 60_000) + 1) * 60_000);

const ended = (invitation: Pending, now: Instant): InvitationEvent | undefined => {
  if (invitation.state === "open")
    return invitation.windowEndsAt <= now ? { kind: "window-ended", at: now } : undefined;
  return invitation.leaveBy <= now ? { kind: "undeliverable", at: now, cause: "too-late" } : undefined;
};

/**
 * What is to be done for one surplus now: whose time is over, and who is asked next. One dose is kept for one
 * person for one window, in the authority's order; so there are never more holds than doses. While a dose finds
 * nobody, it is looked at every minute: people register, come back, or can come from the next part of the day on.
 */
export const decide = ({ surplus, invitations, candidates, policy, now }: Situation): Decision => {
  const release = invitations.flatMap((invitation) => {
    const event = ended(invitation, now);
    return event ? [{ id: invitation.id, event }] : [];
  });
  const windowMinutes = windowLeft(policy, surplus.usableUntil, now);
  const free = windowMinutes === 0 ? 0 : surplus.free + release.length;
  const hold = candidates.slice(0, free).map((candidate) => ({ candidate, windowMinutes }));
  const released = new Set(release.map(({ id }) => id));
  const waiting = invitations
    .filter(({ id }) => !released.has(id))
    .map((each) => (each.state === "open" ? each.windowEndsAt : each.leaveBy));
  if (hold.length < free) waiting.push(nextMinute(now));
  if (hold.length > 0) waiting.push(plusMinutes(now, policy.leaveWithinMinutes));
  return { promote: [], hold, standby: [], release, nextWakeAt: earliest(surplus.usableUntil, ...waiting) };
};
