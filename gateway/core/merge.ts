import type { CentreId, Day, Instant, VolunteerId } from "../../schema/primitives.ts";
import { type Availability, type Condition, DayPart, weekdays } from "../../schema/volunteer.ts";
import { type ClosedFor, gravest } from "./official.ts";

/* What becomes of two registrations of one person: which stays, and what it takes over. */

export type Side = {
  id: VolunteerId;
  isPromised: boolean;
  isAsked: boolean;
  hasNumber: boolean;
  registeredAt: Instant;
};

/** The columns that a merge changes in the registration that stays. */
export type Joined = {
  state: "active" | "paused" | "withdrawn" | "closed";
  centres: CentreId[];
  availability: Availability;
  conditions: Condition[];
  lastDoseOn: Day | null;
  closedFor: ClosedFor | null;
  closedFrom: "active" | "paused" | null;
};

/**
 * The registration that stays: one with a dose promised before one with a question open, since either would end
 * otherwise; then one whose number is known; then the older one.
 */
export const staying = (one: Side, other: Side): Side => {
  const rank = ({ isPromised, isAsked, hasNumber }: Side) =>
    (isPromised ? 4 : 0) + (isAsked ? 2 : 0) + (hasNumber ? 1 : 0);
  if (rank(one) !== rank(other)) return rank(one) > rank(other) ? one : other;
  const [age, otherAge] = [`${one.registeredAt} ${one.id}`, `${other.registeredAt} ${other.id}`];
  return age < otherAge ? one : other;
};

/** Somebody takes at most so many centres. */
const centresAtMost = 10;

const bothWeeks = (one: Availability, other: Availability): Availability => ({
  ...one,
  repeats: one.repeats || other.repeats,
  week: Object.fromEntries(
    weekdays.map((day) => [
      day,
      DayPart.options.filter((part) => one.week[day].includes(part) || other.week[day].includes(part)),
    ]),
  ) as Availability["week"],
});

/**
 * What the person has said on either: every centre, every part of the week, every condition, the later dose. A dose
 * known on either closes the list life. Whether they are paused follows the registration that was changed last; days
 * that differ from the week are those of the registration that stays.
 */
export const joined = (
  stays: Joined & { updatedAt: Instant },
  goes: Joined & { updatedAt: Instant },
): Joined => {
  const isClosed = stays.state === "closed" || goes.state === "closed";
  const last = goes.updatedAt > stays.updatedAt ? goes : stays;
  return {
    state: isClosed ? "closed" : last.state,
    centres: [...new Set([...stays.centres, ...goes.centres])].slice(0, centresAtMost),
    availability: bothWeeks(stays.availability, goes.availability),
    conditions: [...new Set([...stays.conditions, ...goes.conditions])],
    closedFor: gravest([stays.closedFor, goes.closedFor]),
    closedFrom: isClosed ? (stays.closedFrom ?? goes.closedFrom) : null,
    lastDoseOn: (goes.lastDoseOn ?? "") > (stays.lastDoseOn ?? "") ? goes.lastDoseOn : stays.lastDoseOn,
  };
};
