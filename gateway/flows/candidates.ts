import { type CentreId, type Instant, local, type VolunteerId } from "../../schema/primitives.ts";
import type { PolicyRules } from "../../schema/region.ts";
import { type Candidate, daysBefore, type Offer, obstacleFor, partsBetween } from "../core/eligibility.ts";
import { bounds, groupOf } from "../core/policy.ts";
import type { Ledger } from "../store/ledger.ts";
import type { Place } from "../store/queue.ts";

const pageSize = 100;

type Search = {
  offer: Offer;
  rules: PolicyRules;
  now: Instant;
  want: number;
  /** Who is left out, since they were asked for these doses already. */
  except: ReadonlySet<VolunteerId>;
};

/** The first in order on the list of one centre, which need not be that of the doses; `ring` says how far it is. */
const firstOn = async (
  ledger: Ledger,
  { centre, ring }: { centre: CentreId; ring: number },
  { offer, rules, now, want, except }: Search,
): Promise<Candidate[]> => {
  const [moment, end] = [local(now), local(offer.usableUntil)];
  const [day] = moment;
  const youngest = Math.max(rules.minimumAge, rules.vaccineFromAge[offer.vaccine] ?? 0);
  const obstacle = obstacleFor(offer, rules, now);
  const found: Candidate[] = [];
  for (const group of rules.order) {
    const span = {
      ...{ campaign: rules.campaign, centre, condition: group.condition, now, day },
      ...{ vaccine: offer.vaccine, when: partsBetween([moment, end]) },
      ...{ dosedUntil: rules.intervalDays > 0 ? daysBefore(day, rules.intervalDays) : undefined },
      limit: Math.min(pageSize, want + 20),
    };
    let after: Place | undefined;
    do {
      if (found.length >= want) return found.slice(0, want);
      const page = await ledger.queue.next({ ...span, ...bounds(group, youngest, day), after });
      for (const each of page) {
        const isFirstTime = !except.has(each.id) && groupOf(rules, each, day) === group;
        if (isFirstTime && obstacle(each) === undefined) found.push({ ...each, ring });
      }
      const last = page.length === span.limit ? page.at(-1) : undefined;
      after = last && { birthDate: last.birthDate, volunteer: last.id };
    } while (after);
  }
  return found.slice(0, want);
};

/**
 * The first so many people whom policy calls for this offer now, in the authority's order, without those asked
 * already. Reads the queue group by group, oldest first, and stops as soon as it has enough. Where the centre's own
 * list runs out and policy allows it, the lists of its neighbours follow, the nearest first.
 */
export const firstInOrder = async (ledger: Ledger, search: Search): Promise<Candidate[]> => {
  const { offer, rules, want } = search;
  const found = await firstOn(ledger, { centre: offer.centre, ring: 0 }, search);
  if (found.length >= want || rules.spillOverKm === 0) return found;
  const centre = await ledger.places.centre(offer.centre);
  const neighbours = centre ? await ledger.places.neighboursOf(centre, rules.spillOverKm) : [];
  const seen = new Set([...search.except, ...found.map(({ id }) => id)]);
  for (const [index, neighbour] of neighbours.entries()) {
    if (found.length >= want) break;
    const list = { centre: neighbour, ring: index + 1 };
    const more = await firstOn(ledger, list, { ...search, want: want - found.length, except: seen });
    for (const { id } of more) seen.add(id);
    found.push(...more);
  }
  return found;
};
