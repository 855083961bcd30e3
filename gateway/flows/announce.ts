import { refuse } from "../../schema/errors.ts";
import {
  type CampaignId,
  type Instant,
  instant,
  millis,
  type RegionId,
  type SurplusId,
} from "../../schema/primitives.ts";
import type { Policy, PolicyRules } from "../../schema/region.ts";
import { type NewSurplus, noDoses, type Surplus, type SurplusChange } from "../../schema/surplus.ts";
import type { DoseMove } from "../core/replay.ts";
import * as audit from "../store/audit.ts";
import * as bookings from "../store/bookings.ts";
import * as campaigns from "../store/campaigns.ts";
import type { Db } from "../store/db.ts";
import * as doseStore from "../store/doses.ts";
import * as invitations from "../store/invitations.ts";
import { ledgerOf } from "../store/ledger.ts";
import * as outbox from "../store/outbox.ts";
import * as places from "../store/places.ts";
import * as surpluses from "../store/surpluses.ts";
import { endBooking } from "./attend.ts";
import { learn } from "./belief.ts";
import { type Actor, type Deps, policyOf, transact } from "./deps.ts";
import { move } from "./move.ts";

/** Surpluses with their doses counted by state. */
export const withCounts = async (tx: Db, rows: surpluses.SurplusRow[]): Promise<Surplus[]> => {
  const counts = await surpluses.counts(
    tx,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({ ...row, doses: counts.get(row.id) ?? noDoses }));
};

const one = async (tx: Db, row: surpluses.SurplusRow): Promise<Surplus> =>
  (await withCounts(tx, [row]))[0] ?? refuse("not_found");

/** No drawn-up dose lasts longer, so a later end is a slip of the finger. */
export const usable = (until: string, now: string) => {
  const hours = (millis(instant(Date.parse(until))) - millis(instant(Date.parse(now)))) / 3_600_000;
  if (hours <= 0 || hours > 48)
    refuse("invalid_input", undefined, [
      { in: "body", at: "/usableUntil", detail: "a moment to come, within the next 48 hours" },
    ]);
};

const within = (count: number, most: number) =>
  count > most &&
  refuse("policy_refuses", undefined, [
    { in: "body", at: "/doses", detail: `at most ${most} doses in one announcement` },
  ]);

/** The rules of the campaign that is named, which must be under way in that region; else those of the files. */
const rulesFor = async (
  tx: Db,
  where: { region: RegionId; campaign?: CampaignId },
  at: Instant,
): Promise<Policy> => {
  if (!where.campaign) return policyOf(tx, where, at);
  const named = await campaigns.byId(tx, where.campaign);
  const policy = named?.ended === null && (await places.policyInForce(tx, where.region, { ...where, at }));
  return (
    policy ||
    refuse("policy_refuses", undefined, [
      { in: "body", at: "/campaign", detail: `it is not under way in ${where.region}` },
    ])
  );
};

const ofCampaign = ({ vaccine }: NewSurplus, { campaign, vaccines }: PolicyRules) =>
  vaccines?.includes(vaccine) === false &&
  refuse("policy_refuses", undefined, [
    { in: "body", at: "/vaccine", detail: `the campaign ${campaign} gives: ${vaccines.join(", ")}` },
  ]);

/** A centre has doses left. From here on they look for their people by themselves. */
export const announce = (deps: Deps, input: NewSurplus, actor: Actor): Promise<Surplus> =>
  transact(deps, async (tx) => {
    const now = deps.now();
    const centre = (await places.centre(tx, input.centre)) ?? refuse("not_found", "there is no such centre");
    const { rules } = await rulesFor(tx, { region: centre.region, campaign: input.campaign }, now);
    usable(input.usableUntil, now);
    within(input.doses, rules.dosesAtMost);
    ofCampaign(input, rules);
    const { doses: count, campaign: _, ...rest } = input;
    const id = deps.uuid() as SurplusId;
    const row = { ...rest, id, region: centre.region, campaign: rules.campaign, announcedAt: now };
    await surpluses.add(tx, { ...row, state: "open" });
    await doseStore.add(tx, id, count);
    await outbox.enqueue(tx, [{ kind: "wake", surplus: id, at: now }], now);
    const facts = { centre: centre.id, vaccine: input.vaccine, doses: count, usableUntil: input.usableUntil };
    const doses: DoseMove[] = [["new", "free", count]];
    await audit.note(tx, {
      ...{ at: now, region: centre.region, actor, event: "surplus.announced", subject: id },
      facts: { ...facts, surplus: id, doses },
    });
    return one(tx, { ...row, state: "open" });
  });

const opened = async (tx: Db, id: SurplusId): Promise<surpluses.SurplusRow> => {
  const row = (await surpluses.lock(tx, id)) ?? refuse("not_found");
  return row.state === "open" ? row : refuse("surplus_over");
};

/** Takes doses away: free ones first, then those held, from the last in order upwards; never a promised one. */
const lower = async (tx: Db, deps: Deps, row: surpluses.SurplusRow, by: number): Promise<DoseMove[]> => {
  const removed = await doseStore.removeFree(tx, row.id, by);
  let left = by - removed;
  const live = await invitations.liveOf(tx, row.id);
  for (const asked of live.filter(({ kind }) => kind === "hold").toReversed()) {
    if (left === 0) break;
    const step = await move(ledgerOf(tx), asked, { kind: "revoked", at: deps.now(), cause: "lowered" });
    if (!("refused" in step)) left -= 1;
  }
  if (left > 0) refuse("doses_promised", "cancel the bookings one by one, or the whole surplus");
  return [["free", "removed", removed]];
};

/**
 * Whoever was promised a dose at an hour has set out by it, so the gateway neither moves nor cancels them by itself:
 * an earlier end waits until the centre has, one by one, and each was told.
 */
const nobodyAfter = async (tx: Db, id: SurplusId, end: Instant): Promise<void> => {
  const late = (await bookings.ofSurplus(tx, id)).filter(
    ({ state, at }) => bookings.expected.includes(state) && at > end,
  ).length;
  const [people, are] = late === 1 ? ["person", "is"] : ["people", "are"];
  const detail = `${late} ${people} ${are} expected after that: move or cancel their bookings first`;
  if (late > 0) refuse("expected_later", detail, [{ in: "body", at: "/usableUntil", detail }]);
};

/** Raises or lowers the doses, or moves the end, while invitations run. */
export const adjust = (deps: Deps, id: SurplusId, input: SurplusChange, actor: Actor): Promise<Surplus> =>
  transact(deps, async (tx) => {
    const now = deps.now();
    const row = await opened(tx, id);
    let moves: DoseMove[] = [];
    if (input.usableUntil) {
      usable(input.usableUntil, now);
      await nobodyAfter(tx, id, input.usableUntil);
      await surpluses.setUsableUntil(tx, id, input.usableUntil);
    }
    if (input.doses !== undefined) {
      within(input.doses, (await policyOf(tx, row, now)).rules.dosesAtMost);
      const { removed, ...there } = (await one(tx, row)).doses;
      const total = Object.values(there).reduce((sum, count) => sum + count, 0);
      const more = input.doses - total;
      if (more > 0) await doseStore.add(tx, id, more);
      if (more > 0) moves = [["new", "free", more]];
      if (more < 0) moves = await lower(tx, deps, row, -more);
    }
    await outbox.enqueue(tx, [{ kind: "wake", surplus: id, at: now }], now);
    await audit.note(tx, {
      ...{ at: now, region: row.region, actor, event: "surplus.adjusted", subject: id },
      facts: { asked: input, surplus: id, doses: moves },
    });
    return one(tx, { ...row, usableUntil: input.usableUntil ?? row.usableUntil });
  });

/** Takes everything back: whoever was asked or promised is told at once and keeps their place. */
export const cancel = (deps: Deps, id: SurplusId, actor: Actor): Promise<Surplus> =>
  transact(deps, async (tx) => {
    const now = deps.now();
    const row = await opened(tx, id);
    const ledger = ledgerOf(tx);
    for (const asked of await invitations.liveOf(tx, id))
      await move(ledger, asked, { kind: "revoked", at: now, cause: "cancelled" });
    for (const booking of await bookings.ofSurplus(tx, id))
      if (bookings.expected.includes(booking.state))
        await endBooking(tx, booking, { outcome: "cancelled", dose: "removed", at: now, actor });
    const removed = await doseStore.removeFree(tx, id, 500);
    await surpluses.end(tx, id, "cancelled");
    await learn(ledger, row, now);
    const doses: DoseMove[] = [["free", "removed", removed]];
    await audit.note(tx, {
      ...{ at: now, region: row.region, actor, event: "surplus.cancelled", subject: id },
      facts: { surplus: id, doses },
    });
    return one(tx, { ...row, state: "cancelled" });
  });
