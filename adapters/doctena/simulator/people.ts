import type { RosterEntry } from "../../../schema/adapter.ts";
import type { ExternalId } from "../../../schema/primitives.ts";
import type { World } from "../../kit/simulator.ts";
import * as appointments from "./appointments.ts";
import type { Document, State } from "./state.ts";
import * as waiting from "./waiting-list.ts";
import { sign } from "./webhooks.ts";

const ownStates = { active: "waiting", paused: "paused", left: "removed" } as const;

/** Somebody as they would fill in Doctena's own form. */
export const written = (state: State, entry: RosterEntry): waiting.Written => {
  const { nationalNumber, postcode, contact, language } = entry;
  if (!entry.birthDate) throw new Error("Doctena's form asks for the year of birth");
  return {
    firstName: entry.givenName,
    lastName: entry.familyName,
    yearOfBirth: Number(entry.birthDate.slice(0, 4)),
    ...(nationalNumber && { nationalNumber: nationalNumber.replace(/\D/g, "") }),
    ...(postcode && { postcode }),
    ...(contact.email && { email: contact.email }),
    ...(contact.mobile && { mobile: contact.mobile }),
    ...(language && { language }),
    practiceIds: state.practices
      .filter(({ reference }) => entry.centres.some((centre) => centre === reference))
      .map(({ id }) => id),
    state: ownStates[entry.state],
  };
};

export const patientOf = (entry: RosterEntry): Document["Patient"] => {
  const { nationalNumber, contact, language = "fr", birthDate } = entry;
  if (!birthDate) throw new Error("Doctena's form asks for the birth date");
  return {
    ...{ firstName: entry.givenName, lastName: entry.familyName, birthDate, language },
    ...(nationalNumber && { nationalNumber: nationalNumber.replace(/\D/g, "") }),
    ...(contact.email && { email: contact.email }),
    ...(contact.mobile && { mobile: contact.mobile }),
  };
};

/** What people do on Doctena's own pages, and its staff at the counter; each is told by webhook. */
export const createPages = (state: State, world: World) => ({
  async signUp(entry: RosterEntry): Promise<ExternalId> {
    const at = world.now();
    const put = waiting.put(state, { person: written(state, entry), now: at });
    const event = { type: "waiting-list.changed", at, entry: waiting.present(put.entry) } as const;
    await world.deliver(sign(event, world));
    return String(put.entry.id) as ExternalId;
  },
  async cancelAppointment(externalRef: ExternalId): Promise<void> {
    const { id, reference } = appointments.cancel(state, Number(externalRef));
    const event = { type: "appointment.cancelled", at: world.now(), appointmentId: id, reference } as const;
    await world.deliver(sign(event, world));
  },
  async vaccinate(externalId: ExternalId): Promise<void> {
    const at = world.now();
    const { id } = waiting.remove(state, { id: Number(externalId), reason: "vaccinated", now: at });
    await world.deliver(sign({ type: "waiting-list.vaccinated", at, entryId: id }, world));
  },
});
