import * as audit from "./audit.ts";
import * as bookings from "./bookings.ts";
import type { Db } from "./db.ts";
import * as doses from "./doses.ts";
import * as invitations from "./invitations.ts";
import * as outbox from "./outbox.ts";
import * as places from "./places.ts";
import * as queue from "./queue.ts";
import * as surpluses from "./surpluses.ts";
import * as tallies from "./tallies.ts";

/** A module's functions with the transaction handed to each; a query counts as the promise of its rows. */
type Bound<Module> = {
  [Name in keyof Module]: Module[Name] extends (db: Db, ...rest: infer Rest) => infer Result
    ? (...rest: Rest) => Promise<Awaited<Result>>
    : never;
};
const bind = <Module extends Record<string, (db: Db, ...rest: never[]) => unknown>>(
  tx: Db,
  module: Module,
): Bound<Module> =>
  Object.fromEntries(
    Object.entries(module).map(([name, run]) => [name, (...rest: never[]) => run(tx, ...rest)]),
  ) as Bound<Module>;

const { lock, byId, counts, end } = surpluses;
const { ofSurplus, liveOf, byId: invitationById, add, advance } = invitations;
const { hold, promiseHeld, promiseFree, release, removeFree, loseFree } = doses;
const { claim, settle, next } = queue;

/**
 * All that the way of a dose reads and writes, within one transaction: what `settle`, `answer` and `move` work on.
 * A simulated evening keeps the same book in memory, so that it plays the flows that run in production.
 */
export const ledgerOf = (tx: Db) => ({
  surpluses: bind(tx, { lock, byId, counts, end }),
  invitations: bind(tx, { ofSurplus, liveOf, byId: invitationById, add, advance }),
  doses: bind(tx, { hold, promiseHeld, promiseFree, release, removeFree, loseFree }),
  bookings: bind(tx, { add: bookings.add }),
  queue: bind(tx, { claim, settle, next }),
  tallies: bind(tx, { learn: tallies.learn, known: tallies.known }),
  outbox: bind(tx, { enqueue: outbox.enqueue }),
  audit: bind(tx, { note: audit.note }),
  places: bind(tx, {
    policyInForce: places.policyInForce,
    platformFor: places.platformFor,
    centre: places.centre,
    neighboursOf: places.neighboursOf,
  }),
});
export type Ledger = ReturnType<typeof ledgerOf>;
