import type { BookingRequest, HeldBooking } from "../../schema/adapter.ts";
import {
  type BookingId,
  type CentreId,
  type Instant,
  type PlatformName,
  plusMinutes,
} from "../../schema/primitives.ts";
import type { Reconciliation } from "../../schema/reconciliation.ts";
import { type Comparison, compare, type Found, type OwnBooking } from "../core/reconciliation.ts";
import * as audit from "../store/audit.ts";
import * as bookings from "../store/bookings.ts";
import type { Db } from "../store/db.ts";
import * as outbox from "../store/outbox.ts";
import * as places from "../store/places.ts";
import * as reconciliations from "../store/reconciliations.ts";
import { type Deps, transact } from "./deps.ts";
import { requestFor } from "./request.ts";

/* Both sides of the bookings on a platform: what is compared, and how this side is mended. */

export type Difference = Found;

/** What lies further back is done; a surplus ends within 48 hours. */
const backMinutes = 120;
const aheadMinutes = 50 * 60;
/** What changed so shortly before the pass may not be shown by the platform yet. */
const settlesWithinMinutes = 2;

export type Span = { centres: CentreId[]; from: Instant; until: Instant };

/** Where a platform may hold bookings of ours: at the centres bound to it now, and those where it was asked before. */
export const whereToCompare = (deps: Deps, platform: PlatformName): Promise<Span> =>
  transact(deps, async (tx) => {
    const now = deps.now();
    const from = plusMinutes(now, -backMinutes);
    const all = (await places.centresOf(tx)).map(({ id }) => id);
    const bound = await places.platformsFor(tx, { centres: all, role: "booking", at: now });
    const here = bound.filter((each) => each.platform === platform).map(({ centre }) => centre);
    const before = await bookings.centresSince(tx, platform, from);
    return {
      centres: [...new Set([...here, ...before])].sort(),
      from,
      until: plusMinutes(now, aheadMinutes),
    };
  });

const standOf = ({ state, platform }: bookings.BookingRow, of: PlatformName): OwnBooking["stand"] => {
  if (state === "attended" || state === "no-show") return "past";
  if (platform !== of || state === "cancelled" || state === "refused") return "over";
  return state === "promised" ? "open" : "wanted";
};

type Began = { platform: PlatformName; at: Instant };

const asOwn = (row: bookings.BookingRow, ordered: Set<BookingId>, began: Began): OwnBooking => {
  const changedAt = row.settledAt ?? row.toldAt ?? row.askedAt ?? row.promisedAt;
  return {
    ...{ id: row.id, centre: row.centre, stand: standOf(row, began.platform) },
    inFlight: ordered.has(row.id) || changedAt > plusMinutes(began.at, -settlesWithinMinutes),
    externalRef: row.platform === began.platform ? (row.externalRef ?? undefined) : undefined,
    heldAt: row.heldAt ?? undefined,
  };
};

/**
 * Compares what the platform holds, as it was just read, with the rows as they are now: whatever it holds was noted
 * here before it was asked, so nothing that it shows is too new to be known.
 */
export const compareWith = (
  deps: Deps,
  began: Began,
  { span, held }: { span: Span; held: HeldBooking[] },
): Promise<Comparison> =>
  transact(deps, async (tx) => {
    const ids = held.flatMap(({ booking }) => booking ?? []);
    const refs = held.map(({ externalRef }) => externalRef);
    const { from, until } = span;
    const rows = await bookings.ofPlatform(tx, began.platform, { from, until, ids, refs });
    const ordered = await reconciliations.ordered(tx);
    return compare(
      rows.map((row) => asOwn(row, ordered, began)),
      held,
    );
  });

const asAsked = async (tx: Db, deps: Deps, row: bookings.BookingRow): Promise<BookingRequest | undefined> => {
  const request = await requestFor(tx, deps, row);
  return request && { ...request, at: row.askedFor ?? row.at };
};

/** Every booking that a platform was asked for in that time, to be looked for one by one where it has no list. */
export const askedOf = (deps: Deps, platform: PlatformName, span: Span): Promise<BookingRequest[]> =>
  transact(deps, async (tx) => {
    const requests: BookingRequest[] = [];
    for (const row of await bookings.ofPlatform(tx, platform, { ...span, ids: [], refs: [] })) {
      const request = await asAsked(tx, deps, row);
      if (request) requests.push(request);
    }
    return requests;
  });

/** What a platform was asked for a booking of ours: how one looks for it once more. */
export const requestOf = (deps: Deps, id: BookingId): Promise<BookingRequest | undefined> =>
  transact(deps, async (tx) => {
    const row = await bookings.byId(tx, id);
    return row && asAsked(tx, deps, row);
  });

const nothingAsked = {
  ...{ platform: null, externalRef: null, heldAt: null },
  ...{ askedFor: null, askedAt: null, toldAt: null },
};

/** Mends the gateway's own side of a difference; what somebody changed meanwhile stays as they left it. */
export const mendHere = (deps: Deps, { difference, own, held }: Found): Promise<void> =>
  transact(deps, async (tx) => {
    const row = own && (await bookings.byId(tx, own.id));
    if (!row || (row.externalRef ?? undefined) !== own.externalRef) return;
    if (!bookings.expected.includes(row.state)) return;
    const [kept] = held;
    if (difference === "renamed" && kept)
      return void (await bookings.advance(tx, row, { externalRef: kept.externalRef, heldAt: kept.at }));
    // What was moved is known by its reference, and cancelled there before it is booked for the hour promised.
    const changes = difference === "missing" ? nothingAsked : {};
    if (!(await bookings.advance(tx, row, { ...changes, state: "promised" }))) return;
    const { id: booking, centre, region, surplus, volunteer } = row;
    const at = deps.now();
    await outbox.enqueue(tx, [{ kind: "book", booking, centre }], at);
    const line = { at, region, actor: "gateway", event: "booking.ordered-again", subject: booking };
    await audit.note(tx, { ...line, facts: { difference, surplus, volunteer, doses: [] } });
  });

export const keepAccount = (deps: Deps, account: Reconciliation): Promise<void> =>
  transact(deps, async (tx) => {
    await reconciliations.keep(tx, account);
    const { at, platform: actor } = account;
    await audit.note(tx, { at, actor, event: "platform.reconciled", facts: account });
  });

export const lastAccount = (deps: Deps, platform: PlatformName) => reconciliations.last(deps.db, platform);

/** Orders a comparison now, besides those that come by themselves. */
export const orderReconciliation = (deps: Deps, platform: PlatformName): Promise<{ at: Instant }> =>
  transact(deps, async (tx) => {
    const at = deps.now();
    await outbox.enqueue(tx, [{ kind: "reconcile", platform, at, once: true }], at);
    return { at };
  });
