import {
  type BookingId,
  type CampaignId,
  type Instant,
  type InvitationId,
  instant,
  type SurplusId,
} from "../../../schema/primitives.ts";
import type { Patience } from "../../core/sizing.ts";
import { acceptIn } from "../../flows/answer.ts";
import type { World } from "../../flows/look.ts";
import { move } from "../../flows/move.ts";
import { settleIn } from "../../flows/settle.ts";
import type { Evening, Left } from "../evening.ts";
import type { Stage } from "../stage.ts";
import { createTables, ledgerOver, region, type Tables } from "./ledger.ts";
import type { Tallies } from "./tallies.ts";

/** flows/announce.ts, as far as the rows go. */
const announce = ({ surpluses, doses, effects }: Tables, left: Left, now: Instant): SurplusId => {
  const id = `surplus-${left.index}` as SurplusId;
  const campaign = "covid-2021" as CampaignId;
  const { centre, vaccine, usableUntil } = left;
  const end = instant(usableUntil);
  surpluses.set(id, {
    ...{ id, region, campaign, centre, vaccine, usableUntil: end },
    ...{ announcedAt: now, state: "open" },
  });
  doses.add(id, left.doses);
  effects.push({ kind: "wake", surplus: id, at: now });
  return id;
};

/** flows/attend.ts, where somebody stays away: the dose is free for the next while there is time. */
const miss = (
  { bookings, doses, surpluses, spokenFor, queue, effects }: Tables,
  id: BookingId,
  now: Instant,
) => {
  const row = bookings.get(id);
  const surplus = row && surpluses.get(row.surplus);
  if (!row || !surplus) return;
  const isOver = surplus.state !== "open" || surplus.usableUntil <= now;
  bookings.set(id, { ...row, state: "no-show", settledAt: now });
  doses.settle(id, isOver ? "lost" : "free");
  if (row.volunteer) {
    spokenFor.delete(row.volunteer);
    queue.settle(row.volunteer, surplus.usableUntil);
  }
  effects.push({ kind: "wake", surplus: surplus.id, at: now });
};

/** An evening in memory. What it learns stays in `tallies`. */
export const memoryStage = (evening: Evening, tallies: Tallies, patience?: Patience): Stage => {
  const tables = createTables(evening);
  const { invitations, bookings, doses } = tables;
  const ledger = ledgerOver(tables, tallies, evening);
  let count = 0;
  const uuid = () => {
    count += 1;
    return `id-${count}`;
  };
  const world: World = { ledger, deps: { uuid }, patience };
  const moved = async (id: InvitationId, event: Parameters<typeof move>[2], actor?: string) => {
    const row = invitations.byId(id);
    const step = row && (await move(ledger, row, event, actor));
    return step && "refused" in step ? step.refused : undefined;
  };
  return {
    announce: async (left, now) => announce(tables, left, now),
    settle: (id, now) => settleIn(world, id, now),
    tell: async (id, event) => void (await moved(id, event)),
    answer: async (id, { answer, at }) => {
      if (answer === "no") return moved(id, { kind: "declined", at }, "volunteer");
      const row = invitations.byId(id);
      return row && (await acceptIn(world, row, { at, actor: "volunteer" }))?.refused;
    },
    attend: async (id, now) => {
      const row = bookings.get(id);
      if (row) bookings.set(id, { ...row, state: "attended", settledAt: now });
      return doses.settle(id, "used");
    },
    miss: async (id, now) => miss(tables, id, now),
    effects: async () => tables.effects.splice(0),
    invitation: async (id) => invitations.byId(id),
    booking: async (id) => bookings.get(id),
    rows: async () => ({ invitations: invitations.all(), bookings: [...bookings.values()] }),
  };
};
