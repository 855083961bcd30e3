import type { Appointment } from "@medplum/fhirtypes";
import type { Invitation } from "../../../schema/surplus.ts";
import { ownAppointmentOf } from "./appointment.ts";
import { type Door, isUuid, type Own, ownOf, readAsStaff } from "./appointments.ts";
import { spanOf } from "./dates.ts";
import { fault } from "./outcome.ts";

/* What becomes of an appointment: said by whoever it is of, or by the centre's staff. */

const noSuch = () => fault(404, "not-found", "This token opens no such appointment");
const nobodyExpected = () =>
  fault(422, "business-rule", "Nobody is expected: this was not promised yet, or is over");

/** The invitation of one's own, answered. */
const answerOwn = async (
  { names, client }: Door,
  { invitation }: Own,
  { id, as }: { id: string; as: "accept" | "cancel" },
): Promise<Appointment> => {
  if (invitation?.id !== id) return noSuch();
  const { body } = await client.send<Invitation>("POST", `/v1/invitation/${as}`);
  return ownAppointmentOf(names, body);
};

const leave = async (door: Door, before: Appointment): Promise<Appointment> => {
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
  return readAsStaff(door, id);
};

/** The gateway's own name of the promise that an appointment tells of; nothing before there is one. */
const bookingIn = ({ names }: Door, { identifier = [] }: Appointment) =>
  identifier.find(({ system }) => system === names.ids("booking"))?.value;

/** What is noted of whom a centre expects. Each look at a name is in the audit: it is looked at once more, and shown. */
const note = async (door: Door, before: Appointment, json: Record<string, string>): Promise<Appointment> => {
  const booking = bookingIn(door, before) ?? nobodyExpected();
  const places = { "/at": "Appointment.start" };
  await door.client.send("PATCH", `/v1/bookings/${booking}`, { json, places });
  return readAsStaff(door, before.id ?? "");
};

/** A no to what is asked, the end of what is promised, or of a registration. */
export const cancel = async (door: Door, before: Appointment): Promise<Appointment> => {
  const { id = "" } = before;
  const own = await ownOf(door.client);
  if (own?.person?.id === id) return leave(door, before);
  if (own) return answerOwn(door, own, { id, as: "cancel" });
  if (bookingIn(door, before) !== undefined) return note(door, before, { outcome: "cancelled" });
  await call(door, id, "no");
  return readAsStaff(door, id);
};

/** Another hour for whoever is expected; the centre alone can say so. */
export const move = async (
  door: Door,
  before: Appointment,
  start: string | undefined,
): Promise<Appointment> => {
  if (await ownOf(door.client)) {
    const text = "The centre moves an appointment: telephone it, or cancel";
    return fault(422, "business-rule", text, "Appointment.start");
  }
  const at = start === undefined ? undefined : spanOf(start)?.from;
  if (start !== undefined && !at)
    return fault(400, "value", "not an instant that FHIR knows", "Appointment.start");
  if (bookingIn(door, before) === undefined) return nobodyExpected();
  return !at || at === before.start ? before : note(door, before, { at });
};

const settle = async (door: Door, before: Appointment, outcome: "attended" | "no-show") => {
  if (await ownOf(door.client))
    return fault(403, "forbidden", "Who came is noted by the centre", "Appointment.status");
  return note(door, before, { outcome });
};

const becomes =
  "An appointment becomes booked, fulfilled, noshow or cancelled; a dose is held by the gateway alone";

/** An appointment as it shall be from now on: only its status and its start are taken over, each as a word of its own. */
export const update = async (door: Door, before: Appointment, wanted: Appointment): Promise<Appointment> => {
  const { id = "", status } = before;
  if (!isUuid(id)) return fault(422, "business-rule", "An open slot is booked on its platform");
  if (wanted.status === "booked")
    return status === "booked" ? move(door, before, wanted.start) : book(door, id);
  if (wanted.status === status) return before;
  if (wanted.status === "cancelled") return cancel(door, before);
  if (wanted.status === "fulfilled") return settle(door, before, "attended");
  if (wanted.status === "noshow") return settle(door, before, "no-show");
  return fault(422, "business-rule", becomes, "Appointment.status");
};
