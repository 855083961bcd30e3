import type { BookingId, InvitationId, SurplusId } from "../../../schema/primitives.ts";
import { type DoseCount, type DoseState, noDoses } from "../../../schema/surplus.ts";

type Dose = { state: DoseState; invitation?: InvitationId; booking?: BookingId };

/** The doses of store/doses.ts in memory. */
export const createDoses = () => {
  const all = new Map<SurplusId, Dose[]>();
  const held = new Map<InvitationId, Dose>();
  const promised = new Map<BookingId, Dose>();
  const of = (surplus: SurplusId) => all.get(surplus) ?? [];
  const oneFree = (surplus: SurplusId) => of(surplus).find(({ state }) => state === "free");

  const change = (dose: Dose | undefined, to: Dose): boolean => {
    if (dose) Object.assign(dose, { invitation: undefined, booking: undefined }, to);
    return dose !== undefined;
  };
  const changeFree = (surplus: SurplusId, state: DoseState, most: number): number => {
    const free = of(surplus).filter((dose) => dose.state === "free");
    for (const dose of free.slice(0, most)) dose.state = state;
    return Math.min(free.length, most);
  };

  return {
    add: (surplus: SurplusId, count: number) =>
      void all.set(surplus, [
        ...of(surplus),
        ...Array.from({ length: count }, () => ({ state: "free" as const })),
      ]),
    counts: (surplus: SurplusId): DoseCount => {
      const count: DoseCount = { ...noDoses };
      for (const { state } of of(surplus)) count[state] += 1;
      return count;
    },
    hold: (surplus: SurplusId, invitation: InvitationId) => {
      const dose = oneFree(surplus);
      if (dose) held.set(invitation, dose);
      return change(dose, { state: "held", invitation });
    },
    promiseHeld: (invitation: InvitationId, booking: BookingId) => {
      const dose = held.get(invitation);
      held.delete(invitation);
      if (dose) promised.set(booking, dose);
      return change(dose, { state: "promised", invitation, booking });
    },
    promiseFree: (surplus: SurplusId, to: { invitation: InvitationId; booking: BookingId }) => {
      const dose = oneFree(surplus);
      if (dose) promised.set(to.booking, dose);
      return change(dose, { state: "promised", ...to });
    },
    release: (invitation: InvitationId, state: "free" | "removed") => {
      const dose = held.get(invitation);
      held.delete(invitation);
      return change(dose, { state });
    },
    settle: (booking: BookingId, state: "used" | "free" | "lost") => {
      const dose = promised.get(booking);
      promised.delete(booking);
      return change(dose, { state });
    },
    loseFree: (surplus: SurplusId) => changeFree(surplus, "lost", 500),
    removeFree: (surplus: SurplusId, most: number) => changeFree(surplus, "removed", most),
  };
};
