import type {
  BookingId,
  CentreId,
  Instant,
  InvitationId,
  RegionId,
  SurplusId,
  VolunteerId,
} from "../../../schema/primitives.ts";
import type { Centre, Policy } from "../../../schema/region.ts";
import type { Effect } from "../../../schema/surplus.ts";
import type { BookingRow } from "../../store/bookings.ts";
import type { InvitationRow } from "../../store/invitations.ts";
import type { Ledger } from "../../store/ledger.ts";
import type { SurplusRow } from "../../store/surpluses.ts";
import type { Evening } from "../evening.ts";
import { createDoses } from "./doses.ts";
import { createInvitations } from "./invitations.ts";
import { createQueue } from "./queue.ts";
import type { Tallies } from "./tallies.ts";

export const region = "simulated" as RegionId;

/** The tables that the way of a dose is written in, in memory. */
export const createTables = ({ people }: Evening) => {
  const invitations = createInvitations();
  const bookings = new Map<BookingId, BookingRow>();
  /** Who is expected at a centre, or has had a dose. */
  const spokenFor = new Set<VolunteerId>();
  const isBusy = (volunteer: VolunteerId) => invitations.isAsked(volunteer) || spokenFor.has(volunteer);
  const effects: Effect[] = [];
  return {
    ...{ invitations, bookings, spokenFor, effects },
    doses: createDoses(),
    surpluses: new Map<SurplusId, SurplusRow>(),
    queue: createQueue(people, { isBusy }),
  };
};
export type Tables = ReturnType<typeof createTables>;

const policyOf = ({ rules }: Evening): Policy => ({
  ...{ region, version: 1, rules },
  from: "2021-04-06T00:00:00.000Z" as Instant,
});

/** The centres of a scenario are all one another's neighbours. */
const placesOf = (evening: Evening) => {
  const policy = policyOf(evening);
  const { scenario } = evening;
  const centres = [scenario.centre, ...scenario.centres.map(({ id }) => id)];
  return {
    policyInForce: async () => policy,
    platformFor: async () => undefined,
    centre: async (id: CentreId) => ({ id, region }) as Centre,
    neighboursOf: async ({ id }: Centre) => centres.filter((each) => each !== id),
  };
};

const invitationsOf = ({ invitations }: Tables): Ledger["invitations"] => ({
  ofSurplus: async (surplus) => invitations.ofSurplus(surplus),
  liveOf: async (surplus) => invitations.liveOf(surplus),
  byId: async (id) => invitations.byId(id),
  add: async (row) => void invitations.add(row as InvitationRow),
  advance: async (from, to) => invitations.advance(from, to),
});

const dosesOf = ({ doses }: Tables): Ledger["doses"] => ({
  hold: async (surplus, invitation) => doses.hold(surplus, invitation),
  promiseHeld: async (invitation, booking) => doses.promiseHeld(invitation, booking),
  promiseFree: async (surplus, to) => doses.promiseFree(surplus, to),
  release: async (invitation: InvitationId, state) => doses.release(invitation, state),
  removeFree: async (surplus, most) => doses.removeFree(surplus, most),
  loseFree: async (surplus) => doses.loseFree(surplus),
});

const surplusesOf = ({ surpluses, doses }: Tables): Ledger["surpluses"] => ({
  lock: async (id) => surpluses.get(id),
  byId: async (id) => surpluses.get(id),
  counts: async (ids) => new Map(ids.map((id) => [id, doses.counts(id)])),
  end: async (id, state) => {
    const row = surpluses.get(id);
    if (row?.state !== "open") return false;
    surpluses.set(id, { ...row, state });
    return true;
  },
});

const queueOf = ({ queue }: Tables): Ledger["queue"] => ({
  claim: async (volunteer) => queue.claim(volunteer),
  settle: async (volunteer, notBefore) => queue.settle(volunteer, notBefore),
  next: async (span) => queue.next(span),
});

const bookingsOf = ({ bookings, spokenFor }: Tables): Ledger["bookings"] => ({
  add: async (row) => {
    bookings.set(row.id, row as BookingRow);
    if (row.volunteer) spokenFor.add(row.volunteer);
  },
});

/** The ledger of a simulated evening: the same rows as the database's, so that the flows play on it unchanged. */
export const ledgerOver = (tables: Tables, tallies: Tallies, evening: Evening): Ledger => ({
  surpluses: surplusesOf(tables),
  invitations: invitationsOf(tables),
  doses: dosesOf(tables),
  bookings: bookingsOf(tables),
  queue: queueOf(tables),
  tallies: {
    learn: async (rows, by) => tallies.learn(rows, by),
    known: async (centre) => tallies.known(centre),
  },
  outbox: { enqueue: async (effects) => void tables.effects.push(...effects) },
  audit: { note: async () => undefined },
  places: placesOf(evening),
});
