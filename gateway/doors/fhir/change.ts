import type { Appointment } from "@medplum/fhirtypes";
import { instant } from "../../../schema/primitives.ts";
import type { Invitation } from "../../../schema/surplus.ts";
import { ownAppointmentOf } from "./appointment.ts";
import { type Door, type Own, ownOf, readAppointment, readAsStaff } from "./appointments.ts";
import { spanOf } from "./dates.ts";
import { fault } from "./outcome.ts";

/* What becomes of an appointment: said by whoever it is of, or by the centre's staff. */

const noSuch = () => fault(404, "not-found", "This token opens no such appointment");

/** The invitation of one's own, answered. */
const answerOwn = async (
  { names, client }: Door,
  { invitation }: Own,
  { id, as }: { id: string; as: "accept" | "cancel" },
) => {
  if (invitation?.id !== id) return noSuch();
  const { body } = await client.send<Invitation>("POST", `/v1/invitation/${as}`);
  return ownAppointmentOf(names, body);
};

const leave = async (door: Door, id: string): Promise<Appointment> => {
  const before = await readAppointment(door, id);
  await door.client.send("POST", "/v1/volunteer/withdraw");
  return { ...before, status: "cancelled" };
};

const call = ({ client }: Door, id: string, outcome: "yes" | "no") =>
  client.send<Invitation>("POST", `/v1/invitations/${id}/call`, { json: { outcome } });

/** A yes: one's own, or what staff heard at the telephone. */
export const book = async (door: Door, id: string): Promise<Appointment> => {
  const own = await ownOf(door.client);
  if (own) return answerOwn(door, own, { id, as: "accept" });
  await call(door, id, "yes");
  return (await readAsStaff(door, id)).shown;
};

/** A no to what is asked, the end of what is promised, or of a registration. */
export const cancel = async (door: Door, id: string): Promise<Appointment> => {
  const own = await ownOf(door.client);
  if (own) return own.person?.id === id ? leave(door, id) : answerOwn(door, own, { id, as: "cancel" });
  const { expected } = (await readAsStaff(door, id)).api;
  if (expected) await note(door, expected.booking.id, { outcome: "cancelled" });
  else await call(door, id, "no");
  return (await readAsStaff(door, id)).shown;
};

const note = ({ client }: Door, booking: string, json: Record<string, string>) =>
  client.send("PATCH", `/v1/bookings/${booking}`, { json, places: { "/at": "Appointment.start" } });

/** Another hour for whoever is expected; the centre alone can say so. */
export const move = async (door: Door, id: string, start: string | undefined): Promise<Appointment> => {
  const own = await ownOf(door.client);
  if (own)
    return fault(
      422,
      "business-rule",
      "The centre moves an appointment: telephone it, or cancel",
      "Appointment.start",
    );
  const { api, shown } = await readAsStaff(door, id);
  const at = start === undefined ? undefined : spanOf(start)?.from;
  if (start !== undefined && !at)
    return fault(400, "value", "not an instant that FHIR knows", "Appointment.start");
  if (!api.expected)
    return fault(422, "business-rule", "Nobody is expected: this was not promised yet, or is over");
  if (!at || Date.parse(at) === Date.parse(shown.start ?? "")) return shown;
  await note(door, api.expected.booking.id, { at: instant(Date.parse(at)) });
  return (await readAsStaff(door, id)).shown;
};

const settle = async (door: Door, id: string, outcome: "attended" | "no-show"): Promise<Appointment> => {
  if (await ownOf(door.client))
    return fault(403, "forbidden", "Who came is noted by the centre", "Appointment.status");
  const { expected } = (await readAsStaff(door, id)).api;
  if (!expected)
    return fault(422, "business-rule", "Nobody is expected: this was not promised yet, or is over");
  await note(door, expected.booking.id, { outcome });
  return (await readAsStaff(door, id)).shown;
};

/** An appointment as it shall be from now on: only its status and its start are taken over, each as a word of its own. */
export const update = async (door: Door, id: string, wanted: Appointment): Promise<Appointment> => {
  const before = await readAppointment(door, id);
  if (wanted.status === before.status && wanted.status !== "booked") return before;
  switch (wanted.status) {
    case "booked":
      return before.status === "booked" ? move(door, id, wanted.start) : book(door, id);
    case "cancelled":
      return cancel(door, id);
    case "fulfilled":
      return settle(door, id, "attended");
    case "noshow":
      return settle(door, id, "no-show");
    default:
      return fault(
        422,
        "business-rule",
        "An appointment becomes booked, fulfilled, noshow or cancelled; a dose is held by the gateway alone",
        "Appointment.status",
      );
  }
};
