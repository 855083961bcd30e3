import { type Instant, localDay, type VolunteerId } from "../../schema/primitives.ts";
import type { PolicyRules } from "../../schema/region.ts";
import { type Candidate, type Offer, obstacle } from "../core/eligibility.ts";
import { bounds, groupOf } from "../core/policy.ts";
import type { Db } from "../store/db.ts";
import * as queue from "../store/queue.ts";

const pageSize = 100;

/**
 * The first so many people whom policy calls for this offer now, in the authority's order, without those asked
 * already. Reads the queue group by group, oldest first, and stops as soon as it has enough.
 */
export const firstInOrder = async (
  tx: Db,
  input: { offer: Offer; rules: PolicyRules; now: Instant; want: number; asked: ReadonlySet<VolunteerId> },
): Promise<Candidate[]> => {
  const { offer, rules, now, want, asked } = input;
  const day = localDay(now);
  const found: Candidate[] = [];
  for (const group of rules.order) {
    const span = { centre: offer.centre, condition: group.condition, now, limit: pageSize };
    let after: queue.Place | undefined;
    do {
      if (found.length >= want) return found.slice(0, want);
      const page = await queue.next(tx, { ...span, ...bounds(group, rules.minimumAge, day), after });
      found.push(
        ...page.filter(
          (person) =>
            !asked.has(person.id) &&
            groupOf(rules, person, day) === group &&
            obstacle(person, offer, rules, now) === undefined,
        ),
      );
      const last = page.length === pageSize ? page.at(-1) : undefined;
      after = last && { birthDate: last.birthDate, volunteer: last.id };
    } while (after);
  }
  return found.slice(0, want);
};
