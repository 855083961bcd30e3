import type { NotAsked } from "../../schema/campaign.ts";
import type { Day } from "../../schema/primitives.ts";
import type { PolicyRules } from "../../schema/region.ts";
import type { Condition, VolunteerState } from "../../schema/volunteer.ts";
import { daysBefore } from "./eligibility.ts";
import type { ClosedFor } from "./official.ts";
import { groupOf } from "./policy.ts";

/** All that decides whether somebody of the earlier campaign is asked for the later one. */
type Member = {
  state: Exclude<VolunteerState, "parked">;
  closedFor: ClosedFor | null;
  birthDate: Day;
  conditions: readonly Condition[];
  lastDoseOn: Day | null;
  isReachable: boolean;
  /** In the later campaign already. */
  isIn: boolean;
};

/**
 * Why somebody is not asked; nothing where they are. Whoever was vaccinated through the earlier campaign is asked as
 * well: a booster is for them. Whoever was to be called in turn is asked by the policy of the day (F08).
 */
export const whyNot = (rules: PolicyRules, member: Member, day: Day): NotAsked | undefined => {
  if (member.state === "withdrawn") return "left";
  if (member.closedFor === "died") return "died";
  if (member.isIn) return "already-in";
  if (!member.isReachable) return "no-contact";
  return groupOf(rules, member, day) ? undefined : "outside-policy";
};

/** The first day on which the interval since somebody's last dose is over; nothing where it is, or none is known. */
export const callableFrom = (
  { intervalDays }: PolicyRules,
  lastDoseOn: Day | null,
  day: Day,
): Day | undefined => {
  if (lastDoseOn === null) return undefined;
  const from = daysBefore(lastDoseOn, -intervalDays);
  return from > day ? from : undefined;
};
