import type { InvitationId } from "../../schema/primitives.ts";
import type { InvitationKind } from "../../schema/surplus.ts";
import { byRank, type Rank } from "./order.ts";

/** Somebody asked who holds no promise yet: `ready` said yes, the others may still answer within their window. */
export type Unpromised = {
  id: InvitationId;
  rank: Rank;
  kind: InvitationKind;
  isReady: boolean;
  /** Said yes after their window. */
  isLate: boolean;
};

/** In the authority's order; but whoever let their window pass stands behind those who are within theirs. */
const inTurn = (one: Unpromised, other: Unpromised): number =>
  Number(one.isLate) - Number(other.isLate) || byRank(one, other);

/**
 * Whose yes becomes a promise now. A yes is promised the moment that nobody can take it away any more:
 *
 * - a dose that is held is its holder's, as soon as they say yes;
 * - the doses that nobody holds go by order: to a standby above whom fewer of the unpromised are ready or within
 *   their window than there are such doses.
 *
 * A yes after its window counts as a standby's from then on, and stands behind everybody who said yes in time or
 * still may: otherwise one from above would take a dose from people who have been asked since and are within their
 * window. `firstYes`: nobody waits for those above any more.
 */
export const promotions = (
  asked: readonly Unpromised[],
  { free, firstYes }: { free: number; firstYes: boolean },
): InvitationId[] => {
  const holders = asked.filter(({ kind }) => kind === "hold");
  const promoted = holders.filter(({ isReady }) => isReady).map(({ id }) => id);
  let left = free - holders.length;
  let ahead = 0;
  for (const { id, isReady } of asked.filter(({ kind }) => kind === "standby").toSorted(inTurn)) {
    if (ahead >= left) break;
    if (isReady) {
      promoted.push(id);
      left -= 1;
    } else if (!firstYes) ahead += 1;
  }
  return promoted;
};
