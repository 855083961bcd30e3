import type { PlatformEvent } from "../../schema/adapter.ts";
import type { CentreId, ExternalId } from "../../schema/primitives.ts";
import { type Bench, type Delivery, defineSimulator, type World } from "../kit/simulator.ts";
import { api } from "./simulator/api.ts";
import { bookDirectly, byReference, instantOf } from "./simulator/appointments.ts";
import { patientOf, written } from "./simulator/people.ts";
import { initial, type State, sandbox } from "./simulator/state.ts";
import { put } from "./simulator/waiting-list.ts";
import { sign } from "./simulator/webhooks.ts";

const partnerStates = { waiting: "active", paused: "paused", removed: "left" } as const;

const bench = (state: State, world: World): Bench => ({
  addPeople: (entries) =>
    entries.map((entry) => {
      const { id } = put(state, { person: written(state, entry), now: world.now() }).entry;
      return String(id) as ExternalId;
    }),
  people: () =>
    Object.values(state.waiting).map((entry) => ({
      externalId: String(entry.id) as ExternalId,
      state: partnerStates[entry.state],
    })),
  bookings: () =>
    Object.values(state.appointments).flatMap((held) => {
      const practice = state.practices.find(({ id }) => id === held.practiceId);
      if (!practice || (held.state !== "confirmed" && held.state !== "cancelled")) return [];
      return {
        externalRef: String(held.id) as ExternalId,
        centre: practice.reference as CentreId,
        at: instantOf(held),
        state: held.state === "confirmed" ? ("booked" as const) : ("cancelled" as const),
      };
    }),
  bookDirectly: (entry, { centre, at }) => {
    const practice = state.practices.find(({ reference }) => reference === centre)?.id ?? 0;
    const patient = patientOf(entry);
    return String(bookDirectly(state, { patient, practice, at }).id) as ExternalId;
  },
  misbehave: (faults) => {
    state.faults = faults;
  },
  delivery: (event) => deliveryOf(event, { state, world }),
});

const deliveryOf = (event: PlatformEvent, { state, world }: { state: State; world: World }): Delivery => {
  switch (event.kind) {
    case "booking-cancelled": {
      const [held] = byReference(state, event.booking);
      const appointmentId = held?.id ?? state.lastId;
      const { booking: reference, at } = event;
      return sign({ type: "appointment.cancelled", at, appointmentId, reference }, world);
    }
    case "vaccinated":
      return sign(
        { type: "waiting-list.vaccinated", at: event.at, entryId: Number(event.externalId) },
        world,
      );
    case "roster-changed": {
      const { value, changedAt, validAt } = event.entry;
      const { practiceIds, ...person } = written(state, value);
      const practices = state.practices.filter(({ id }) => practiceIds.includes(id));
      const id = value.externalId ? Number(value.externalId) : state.lastId;
      const entry = { ...person, id, practices, changedAt: changedAt ?? validAt };
      return sign({ type: "waiting-list.changed", at: entry.changedAt, entry }, world);
    }
    case "answered":
      throw new Error("Doctena invites nobody, so nobody answers there");
  }
};

/** Doctena as a running platform, on its own clock. */
export default defineSimulator<State>({
  name: "doctena",
  initial,
  app: api,
  bench,
  options: (baseUrl) => ({ baseUrl, ...sandbox }),
});
