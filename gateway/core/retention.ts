import { type Day, type Instant, instant, localDay, millis } from "../../schema/primitives.ts";
import { type PolicyRules, Retention } from "../../schema/region.ts";

/* How long what is kept. */

const dayMs = 86_400_000;

/** A region's terms; whatever its authority did not write has its default. */
export const termsOf = ({ retention }: Pick<PolicyRules, "retention">): Retention =>
  Retention.parse(retention ?? {});

export const plusDays = (at: Instant, days: number): Instant => instant(millis(at) + days * dayMs);

/** Until when the law keeps who was given a dose at that moment; nothing once that is over, or where it keeps nothing. */
export const keptUntil = (given: Instant | undefined, terms: Retention, now: Instant): Day | undefined => {
  if (given === undefined || terms.doseKeeps.length === 0) return undefined;
  const until = plusDays(given, terms.doseDays);
  return until > now ? localDay(until) : undefined;
};
