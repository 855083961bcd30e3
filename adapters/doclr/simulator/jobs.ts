import type { components } from "../../../schema/platforms/doclr.gen.ts";
import { CentreId, type Instant, millis } from "../../../schema/primitives.ts";
import type { World } from "../../kit/simulator.ts";
import {
  freeIn,
  isPast,
  note,
  type Queued,
  type Reason,
  type Slot,
  type State,
  slotsOn,
  type Wish,
} from "./state.ts";

type Job = components["schemas"]["Job"];
type Outcome = NonNullable<Queued["outcome"]>;

const queuedMs = 300;
const runningMs = 400;

export const enqueue = (state: State, wish: Wish, now: Instant): Queued => {
  const queued = { job: `job-${state.jobs.length + 1}`, wish, queuedAt: now };
  state.jobs.push(queued);
  return queued;
};

/** Carries out, in turn, the jobs whose time has come. */
export const settle = (state: State, { now, random }: Pick<World, "now" | "random">): void => {
  settleAt(state, { at: now(), random });
};

type Moment = { at: Instant; random(): number };

const settleAt = (state: State, moment: Moment): void => {
  const now = moment.at;
  for (const queued of state.jobs)
    if (!queued.outcome && millis(now) - millis(queued.queuedAt) >= queuedMs + runningMs)
      queued.outcome = carryOut(state, queued.wish, moment);
};

export const jobAt = ({ job, queuedAt, outcome }: Queued, now: Instant): Job => {
  if (!outcome) return { job, state: millis(now) - millis(queuedAt) < queuedMs ? "queued" : "running" };
  return "reason" in outcome ? { job, state: "failed", ...outcome } : { job, state: "done", ...outcome };
};

const carryOut = (state: State, wish: Wish, moment: Moment): Outcome =>
  wish.kind === "reserve" ? reserve(state, wish, moment) : cancel(state, wish, moment.at);

const reserve = (state: State, wish: Extract<Wish, { kind: "reserve" }>, { at, random }: Moment): Outcome => {
  const slot = slotNamed(state, wish.slot);
  const reason = refusal(state, wish.code, slot, at);
  if (reason || !slot) return { reason: reason ?? "SLOT_UNKNOWN" };
  const { faults } = state;
  if (faults && random() < faults.refuses) return { reason: "CODE_UNKNOWN" };
  const reservation = write(state, wish, { slot, at });
  if (faults && random() < faults.twice) write(state, wish, { slot, at });
  return { reservation: { ...reservation } };
};

type Made = Pick<Extract<Wish, { kind: "reserve" }>, "code" | "vaccine" | "partner">;

export const write = (
  state: State,
  { code, partner, ...wish }: Made,
  { slot, at }: { slot: Slot; at: Instant },
) => {
  const { centre, date, time } = slot;
  const id = `R${String(state.reservations.length + 1).padStart(6, "0")}`;
  const vaccine = wish.vaccine ?? slot.vaccine;
  const reservation = {
    ...{ id, code, centre, date, time, vaccine, state: "ACTIVE" as const },
    ...(partner ? { partner } : {}),
  };
  state.reservations.push(reservation);
  note(state, { code, kind: "RESERVED", at, ...(partner ? { partner } : {}) });
  return reservation;
};

const refusal = (state: State, code: string, slot: Slot | undefined, now: Instant): Reason | undefined => {
  const invited = state.invited.find((each) => each.code === code);
  if (!invited) return "CODE_UNKNOWN";
  if (invited.vaccinated) return "ALREADY_VACCINATED";
  if (invited.ended) return "CODE_ENDED";
  if (state.reservations.some((each) => each.code === code && each.state === "ACTIVE"))
    return "CODE_RESERVED";
  if (!slot || isPast(slot, now)) return "SLOT_UNKNOWN";
  return freeIn(state)(slot) > 0 ? undefined : "SLOT_FULL";
};

const slotNamed = (state: State, id: string): Slot | undefined => {
  const [, centre, day, month, year] = /^([a-z0-9-]+)\.(\d\d)(\d\d)(\d{4})\./.exec(id) ?? [];
  if (!centre) return undefined;
  return slotsOn(state, CentreId.parse(centre), `${day}/${month}/${year}`).find((slot) => slot.id === id);
};

const cancel = (
  state: State,
  { reservation: id, partner }: Extract<Wish, { kind: "cancel" }>,
  at: Instant,
): Outcome => {
  const reservation = state.reservations.find((each) => each.id === id);
  if (reservation?.state !== "ACTIVE") return { reason: "RESERVATION_CANCELLED" };
  reservation.state = "CANCELLED";
  note(state, { code: reservation.code, kind: "RELEASED", at, ...(partner ? { partner } : {}) });
  return { reservation: { ...reservation } };
};
