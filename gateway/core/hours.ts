import { earliest, type Instant, instant, local, millis, plusMinutes } from "../../schema/primitives.ts";
import type { PolicyRules } from "../../schema/region.ts";

/* Until when someone can be asked, can answer, and can be promised a dose. */

export const minutesBetween = (from: Instant, to: Instant): number => (millis(to) - millis(from)) / 60_000;

/** Answers count until here: whoever says yes later cannot be at the centre in time. */
export const answersUntil = (policy: PolicyRules, usableUntil: Instant): Instant =>
  plusMinutes(usableUntil, -policy.travelMinutes);

/** The last moment at which an invitation may leave: enough is left to answer, and the authority allows it. */
export const lastInvitation = (policy: PolicyRules, usableUntil: Instant): Instant =>
  earliest(
    plusMinutes(answersUntil(policy, usableUntil), -policy.shortestWindowMinutes),
    plusMinutes(usableUntil, -policy.lastInvitationMinutes),
  );

/** The window of whoever is asked now, in whole minutes; 0 where nobody may be asked any more. */
export const windowLeft = (policy: PolicyRules, usableUntil: Instant, now: Instant): number => {
  if (now > lastInvitation(policy, usableUntil)) return 0;
  return Math.min(policy.windowMinutes, Math.floor(minutesBetween(now, answersUntil(policy, usableUntil))));
};

/** Whether the authority wants nobody woken now. */
export const isQuiet = ({ quietHours }: PolicyRules, now: Instant): boolean => {
  if (!quietHours) return false;
  const { from, until } = quietHours;
  const time = local(now)[1].slice(0, 5);
  return from <= until ? time >= from && time < until : time >= from || time < until;
};

/** On the full minute, so that however often one looks, it stays one look a minute. */
export const nextMinute = (now: Instant): Instant => instant((Math.floor(millis(now) / 60_000) + 1) * 60_000);
