import { refuse } from "../../schema/errors.ts";
import type { Instant, PairId, VolunteerId } from "../../schema/primitives.ts";
import type { Effect } from "../../schema/surplus.ts";
import { type Joined, joined, type Side, staying } from "../core/merge.ts";
import { toldToLists } from "../core/official.ts";
import * as audit from "../store/audit.ts";
import * as bookings from "../store/bookings.ts";
import { acrossRegions, type Db } from "../store/db.ts";
import * as invitations from "../store/invitations.ts";
import { ledgerOf } from "../store/ledger.ts";
import * as outbox from "../store/outbox.ts";
import * as pairs from "../store/pairs.ts";
import * as platforms from "../store/platforms.ts";
import * as queue from "../store/queue.ts";
import * as surpluses from "../store/surpluses.ts";
import * as volunteers from "../store/volunteers.ts";
import { doseLeft, endBooking } from "./attend.ts";
import { orderLetter } from "./correspond.ts";
import { type Actor, type Deps, transact } from "./deps.ts";
import { move } from "./move.ts";
import { likened } from "./person.ts";

/** What a merge changed, so that it can be undone: ids and plain columns, nothing that names a person. */
export type Merge = {
  goes: VolunteerId;
  /** The registration that stays, before and after. */
  before: Joined;
  after: Joined;
  repeats: VolunteerId[];
  identities: platforms.Name[];
  notBefore?: Instant;
};

/** Thrown where somebody said yes while two registrations were merged: the merge is decided anew. */
class Overtaken extends Error {}

export const sideOf = async (tx: Db, row: volunteers.VolunteerRow): Promise<Side> => ({
  id: row.id,
  isPromised: (await bookings.liveOfVolunteer(tx, row.id)) !== undefined,
  isAsked: (await invitations.liveOfVolunteer(tx, row.id)) !== undefined,
  hasNumber: row.nationalSealed !== null,
  registeredAt: row.registeredAt,
});

const columns = ({ state, centres, availability, conditions, ...rest }: Joined): Joined => ({
  ...{ state, centres, availability, conditions },
  ...{ lastDoseOn: rest.lastDoseOn, closedFor: rest.closedFor, closedFrom: rest.closedFrom },
});

/** Both registrations, locked in the order of their ids; nothing where one has left or is a repeat by now. */
const bothOf = async (tx: Db, { one, other }: pairs.PairRow) => {
  const [first, second] = [await volunteers.lock(tx, one), await volunteers.lock(tx, other)];
  const counts = (row?: volunteers.VolunteerRow) => row?.repeatOf === null && row.state !== "withdrawn";
  return first && second && counts(first) && counts(second) ? ([first, second] as const) : undefined;
};

/**
 * Ends what is under way for the registration that goes: nobody is asked twice or promised two doses. A yes that was
 * said meanwhile makes that one stay, unless the other is promised one too.
 */
const endUnderWay = async (
  tx: Db,
  { goes, stays }: { goes: volunteers.VolunteerRow; stays: volunteers.VolunteerRow },
  { at, actor }: { at: Instant; actor: Actor },
): Promise<void> => {
  const asked = await invitations.liveOfVolunteer(tx, goes.id);
  if (asked) await move(ledgerOf(tx), asked, { kind: "revoked", at, cause: "merged" }, actor);
  const booking = await bookings.liveOfVolunteer(tx, goes.id);
  if (!booking) return;
  if (!(await bookings.liveOfVolunteer(tx, stays.id))) throw new Overtaken();
  const dose = doseLeft(await surpluses.byId(tx, booking.surplus), at);
  await endBooking(tx, booking, { outcome: "cancelled", dose, at, actor });
};

/** As they are spelt: while one key of the digests follows another, theirs may be of different keys. */
const sharesContact = (deps: Deps, one: volunteers.VolunteerRow, other: volunteers.VolunteerRow): boolean => {
  const ways = new Set(likened(deps, one).ways);
  return likened(deps, other).ways.some((way) => ways.has(way));
};

/** Both old contacts hear of it, in words that tell a stranger nothing; one that they share hears of it once. */
const join = async (
  tx: Db,
  deps: Deps,
  [one, other]: readonly [volunteers.VolunteerRow, volunteers.VolunteerRow],
  said: { at: Instant; actor: Actor },
): Promise<{ stays: volunteers.VolunteerRow; merge: Merge }> => {
  const chosen = staying(await sideOf(tx, one), await sideOf(tx, other)).id;
  const [stays, goes] = chosen === one.id ? [one, other] : [other, one];
  const notBefore = await queue.pausedUntil(tx, goes.id);
  const ownPause = await queue.pausedUntil(tx, stays.id);
  const latest = (notBefore ?? "") > (ownPause ?? "") ? notBefore : ownPause;
  const after = joined(stays, goes);
  await volunteers.change(tx, goes.id, { repeatOf: stays.id });
  const repeats = await volunteers.repeatsOf(tx, goes.id);
  for (const { id } of repeats) await volunteers.change(tx, id, { repeatOf: stays.id });
  await volunteers.change(tx, stays.id, { ...after, updatedAt: said.at });
  await endUnderWay(tx, { goes, stays }, said);
  const identities = await platforms.moveIdentities(tx, { from: goes.id, to: stays.id });
  await queue.settle(tx, goes.id);
  await queue.settle(tx, stays.id, latest);
  const merge = {
    goes: goes.id,
    before: columns(stays),
    after,
    repeats: repeats.map(({ id }) => id),
    identities,
  };
  for (const row of sharesContact(deps, stays, goes) ? [stays] : [stays, goes])
    await orderLetter(tx, deps, { row, about: "merged" });
  await outbox.enqueue(tx, [listed(stays, after)], said.at);
  return { stays, merge: { ...merge, ...(notBefore ? { notBefore } : {}) } };
};

/** What lists are told of the one that stays. */
const listed = ({ id: volunteer }: volunteers.VolunteerRow, { state, closedFor }: Joined): Effect =>
  state === "closed"
    ? { kind: "roster-close", volunteer, reason: toldToLists(closedFor) }
    : { kind: "roster-put", volunteer };

const attempt = (deps: Deps, id: PairId, actor: Actor): Promise<pairs.PairRow> =>
  transact(deps, async (tx) => {
    const pair = (await pairs.lock(tx, id)) ?? refuse("not_found");
    if (pair.state !== "open") return refuse("pair_decided", `it is ${pair.state}`);
    const both = (await bothOf(tx, pair)) ?? refuse("pair_over");
    const at = deps.now();
    // Further registrations of theirs, and the names that platforms gave them, may be of any region.
    const { stays, merge } = await acrossRegions(tx, (all) => join(all, deps, both, { at, actor }));
    const decided = { state: "merged" as const, decidedAt: at, decidedBy: actor, stays: stays.id, merge };
    await pairs.decide(tx, id, decided);
    const facts = { stays: stays.id, goes: merge.goes, score: pair.score, reasons: pair.reasons };
    await audit.note(tx, { at, region: stays.region, actor, event: "pair.merged", subject: id, facts });
    return { ...pair, ...decided };
  });

/**
 * Two registrations become one person's: one stays, the other is its repeat and is never called. Refuses where the pair
 * is decided, or where one of the two has left or was merged with another meanwhile.
 */
export const mergePair = async (deps: Deps, id: PairId, actor: Actor): Promise<pairs.PairRow> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt(deps, id, actor);
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error;
      if (tries === 5) return refuse("conflict");
    }
  }
};
