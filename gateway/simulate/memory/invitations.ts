import type { InvitationId, SurplusId, VolunteerId } from "../../../schema/primitives.ts";
import { type InvitationState, liveStates } from "../../../schema/surplus.ts";
import type { InvitationRow } from "../../store/invitations.ts";

type NewRow = Pick<InvitationRow, "id" | "surplus" | "volunteer"> & Partial<InvitationRow>;

const absent = { platform: null, channel: null, calls: 0, takenAt: null, windowEndsAt: null };
const isBefore = (one: InvitationRow, other: InvitationRow) =>
  one.rank < other.rank || (one.rank === other.rank && one.decidedAt <= other.decidedAt);

/** Where a row belongs in a list in the authority's order; equal rows in the order in which they came. */
const placeFor = (rows: readonly InvitationRow[], row: InvitationRow): number => {
  let [from, to] = [0, rows.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const other = rows[middle];
    if (other && isBefore(other, row)) from = middle + 1;
    else to = middle;
  }
  return from;
};

/**
 * The invitations of store/invitations.ts in memory. A row that changes is another object, so that whoever has read
 * the earlier one finds, as in the database, that somebody else was first.
 */
export const createInvitations = () => {
  const all = new Map<InvitationId, InvitationRow>();
  const lists = new Map<SurplusId, InvitationRow[]>();
  const asked = new Map<VolunteerId, InvitationId>();

  const ofSurplus = (surplus: SurplusId) => lists.get(surplus) ?? [];
  return {
    all: () => [...all.values()],
    byId: (id: InvitationId) => all.get(id),
    /** Whether somebody is asked and not past it. */
    isAsked: (volunteer: VolunteerId) => asked.has(volunteer),
    ofSurplus: (surplus: SurplusId) => [...ofSurplus(surplus)],
    liveOf: (surplus: SurplusId) => ofSurplus(surplus).filter(({ state }) => liveStates.includes(state)),
    add: (given: NewRow) => {
      const row = { ...absent, yesAt: null, endedAt: null, ...given } as InvitationRow;
      const list = ofSurplus(row.surplus);
      list.splice(placeFor(list, row), 0, row);
      lists.set(row.surplus, list);
      all.set(row.id, row);
      asked.set(row.volunteer, row.id);
    },
    advance: (from: InvitationRow, to: Partial<InvitationRow> & { state: InvitationState }) => {
      const row = all.get(from.id);
      if (row?.state !== from.state) return undefined;
      const moved = { ...row, ...to };
      const list = ofSurplus(row.surplus);
      list[list.indexOf(row)] = moved;
      all.set(row.id, moved);
      if (liveStates.includes(moved.state)) asked.set(row.volunteer, row.id);
      else asked.delete(row.volunteer);
      return moved;
    },
  };
};
