import { lastInvitation } from "../../gateway/core/hours.ts";
import { replay } from "../../gateway/core/replay.ts";
import { acceptIn } from "../../gateway/flows/answer.ts";
import { move } from "../../gateway/flows/move.ts";
import { settleIn } from "../../gateway/flows/settle.ts";
import type { Evening } from "../../gateway/simulate/evening.ts";
import { createTables, ledgerOver } from "../../gateway/simulate/memory/ledger.ts";
import { createTallies } from "../../gateway/simulate/memory/tallies.ts";
import type { Line } from "../../gateway/store/audit.ts";
import type { InvitationRow } from "../../gateway/store/invitations.ts";
import {
  type BookingId,
  type CampaignId,
  type Instant,
  instant,
  plusMinutes,
  type RegionId,
  type SurplusId,
} from "../../schema/primitives.ts";
import { type DoseCount, type DoseState, liveStates } from "../../schema/surplus.ts";

const expected = ["promised", "booked"];

/** An evening in memory on which a test may do anything at any time, in any order. */
export const randomWorld = (evening: Evening) => {
  const tables = createTables(evening);
  const log: Line[] = [];
  const note = async (...lines: Line[]) => void log.push(...lines);
  const ledger = { ...ledgerOver(tables, createTallies(), evening), audit: { note } };
  let [now, count] = [instant(evening.left[0]?.at ?? 0), 0];
  const uuid = () => {
    count += 1;
    return `id-${count}`;
  };
  const world = { ledger, deps: { uuid } };
  const surplusIds = () => [...tables.surpluses.keys()];
  const told = (event: string, surplus: SurplusId, doses: [DoseState | "new", DoseState, number][]) =>
    log.push({ at: now, actor: "staff", event, facts: { surplus, doses } });

  const announce = () => {
    for (const { index, centre, vaccine, usableUntil, doses } of evening.left) {
      const id = `surplus-${index}` as SurplusId;
      const place = { region: "simulated" as RegionId, campaign: "covid-2021" as CampaignId, centre };
      const usable = { vaccine, usableUntil: instant(usableUntil), announcedAt: now };
      tables.surpluses.set(id, { id, ...place, ...usable, state: "open" });
      tables.doses.add(id, doses);
      told("surplus.announced", id, [["new", "free", doses]]);
    }
  };

  /** The booking of somebody expected, ended by the centre's staff. */
  const end = (id: BookingId, state: "attended" | "no-show", dose: "used" | "free" | "lost") => {
    const row = tables.bookings.get(id);
    if (!row || !expected.includes(row.state)) return;
    tables.bookings.set(id, { ...row, state });
    tables.doses.settle(id, dose);
    if (row.volunteer && state === "no-show") tables.spokenFor.delete(row.volunteer);
    if (row.volunteer) tables.queue.settle(row.volunteer, plusMinutes(now, 600));
    told(`booking.${state}`, row.surplus, [["promised", dose, 1]]);
  };

  const verbs = {
    wait: async (minutes: number) => {
      now = plusMinutes(now, minutes);
    },
    settle: async (id: SurplusId) => settleIn(world, id, now),
    take: async (row: InvitationRow) => {
      // As the worker does: nothing stale leaves.
      if (row.state === "decided" && row.leaveBy > now) await move(ledger, row, { kind: "taken", at: now });
    },
    refuse: async (row: InvitationRow) =>
      void (await move(ledger, row, { kind: "undeliverable", at: now, cause: "channel-refused" })),
    yes: async (row: InvitationRow) => void (await acceptIn(world, row, { at: now, actor: "volunteer" })),
    no: async (row: InvitationRow) => void (await move(ledger, row, { kind: "declined", at: now })),
    leave: async (row: InvitationRow) => {
      if (!liveStates.includes(row.state)) return;
      await move(ledger, row, { kind: "revoked", at: now, cause: "left-list" });
      tables.queue.claim(row.volunteer);
    },
    raise: async (id: SurplusId, by: number) => {
      if (tables.surpluses.get(id)?.state !== "open") return;
      tables.doses.add(id, by);
      told("surplus.adjusted", id, [["new", "free", by]]);
    },
    lower: async (id: SurplusId) => {
      const removed = tables.doses.removeFree(id, 1);
      if (removed > 0) return void told("surplus.adjusted", id, [["free", "removed", removed]]);
      const last = tables.invitations.liveOf(id).findLast(({ kind }) => kind === "hold");
      if (last) await move(ledger, last, { kind: "revoked", at: now, cause: "lowered" });
    },
    attend: async (id: BookingId) => end(id, "attended", "used"),
    miss: async (id: BookingId) => {
      const surplus = tables.bookings.get(id)?.surplus;
      const isOpen = surplus && tables.surpluses.get(surplus)?.state === "open";
      end(id, "no-show", isOpen ? "free" : "lost");
    },
  };

  return {
    ...{ verbs, announce, surplusIds, log, tables },
    now: (): Instant => now,
    invitations: () => tables.invitations.all(),
    bookings: () => [...tables.bookings.values()],
    doses: (id: SurplusId): DoseCount => tables.doses.counts(id),
    replayed: (id: SurplusId) =>
      replay(
        log
          .filter(({ facts }) => facts?.surplus === id)
          .map(({ event, subject, facts }) => ({ event, subject, facts: facts ?? {} })),
      ),
    lastInvitation: (id: SurplusId) => {
      const surplus = tables.surpluses.get(id);
      return surplus && lastInvitation(evening.rules, surplus.usableUntil);
    },
  };
};
export type RandomWorld = ReturnType<typeof randomWorld>;

const twice = <Item>(items: readonly Item[]): Item[] =>
  items.filter((item, index) => items.indexOf(item) !== index);

/** What holds after whatever happened; each is empty where it does. */
export const broken = (world: RandomWorld) => {
  const [invitations, bookings] = [world.invitations(), world.bookings()];
  const isExpected = ({ state }: { state: string }) => expected.includes(state);
  const doses = world.surplusIds().map((id) => {
    const counts = world.doses(id);
    const held = invitations.filter(
      (row) => row.surplus === id && row.kind === "hold" && (row.state === "decided" || row.state === "open"),
    );
    const promised = bookings.filter((row) => row.surplus === id && isExpected(row));
    return { held: counts.held - held.length, promised: counts.promised - promised.length };
  });
  return {
    holdsWithoutDose: doses.filter(({ held }) => held !== 0),
    promisesWithoutDose: doses.filter(({ promised }) => promised !== 0),
    askedTwice: twice(
      invitations.filter(({ state }) => liveStates.includes(state)).map(({ volunteer }) => volunteer),
    ),
    promisedTwice: twice(bookings.filter(isExpected).map(({ volunteer }) => volunteer)),
    askedTooLate: invitations.filter((row) => row.decidedAt > (world.lastInvitation(row.surplus) ?? "")),
    windowTooLong: invitations.filter(({ windowEndsAt, knownBy }) => windowEndsAt && windowEndsAt > knownBy),
  };
};
export const nothing = {
  ...{ holdsWithoutDose: [], promisesWithoutDose: [], askedTwice: [] },
  ...{ promisedTwice: [], askedTooLate: [], windowTooLong: [] },
};
