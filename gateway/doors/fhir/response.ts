import type { AppointmentResponse } from "@medplum/fhirtypes";
import type * as Api from "../../../schema/appointment.ts";
import type { Instant } from "../../../schema/primitives.ts";
import type { Invitation, InvitationState } from "../../../schema/surplus.ts";
import { unless } from "./api.ts";
import { type Door, isUuid, ownOf } from "./appointments.ts";
import type { Names } from "./names.ts";
import { fault } from "./outcome.ts";
import { type Asked, atMost, idIn, isToken, type Searchable } from "./search.ts";

/* The yes or no to an invitation. It bears the invitation's id: nobody answers twice. */

export const searchable: Searchable = {
  by: ["_id", "appointment", "part-status"],
  notBy: ["_lastUpdated", "actor", "identifier", "location", "patient", "practitioner"],
};

type Asking = { id: string; state: InvitationState; at?: Instant; centre: string };

const saidBy = (state: InvitationState): AppointmentResponse["participantStatus"] | undefined => {
  if (state === "ready" || state === "accepted") return "accepted";
  return state === "declined" ? "declined" : undefined;
};

const responseOf = (names: Names, { id, state, at, centre }: Asking): AppointmentResponse | undefined => {
  const participantStatus = saidBy(state);
  return (
    participantStatus && {
      ...{ resourceType: "AppointmentResponse", id },
      identifier: [{ system: names.ids("appointment"), value: id }],
      appointment: { reference: `Appointment/${id}` },
      ...(at !== undefined && { start: at }),
      actor: { type: "Patient", display: `Whoever is asked to come to ${centre}` },
      participantStatus,
    }
  );
};

const ownAsking = ({ id, state, comeAt, centre }: Invitation): Asking => ({
  ...{ id, state, at: comeAt, centre: centre.name },
});
const staffAsking = ({ id, asked, expected, centre }: Api.Appointment): Asking | undefined =>
  asked && { id, state: asked.state, at: expected?.booking.at, centre };

const findResponse = async (door: Door, id: string): Promise<AppointmentResponse | undefined> => {
  const { names, client } = door;
  const own = await ownOf(client);
  if (own?.invitation)
    return own.invitation.id === id ? responseOf(names, ownAsking(own.invitation)) : undefined;
  if (own || !isUuid(id)) return undefined;
  const one = await unless(client.get<Api.Appointment>(`/v1/appointments/${id}`), 404);
  const asking = one && staffAsking(one);
  return asking && responseOf(names, asking);
};

export const readResponse = async (door: Door, id: string): Promise<AppointmentResponse> =>
  (await findResponse(door, id)) ?? fault(404, "not-found", "There is no such answer, or none yet");

/** Of one's own; a centre asks for that of an appointment. */
export const searchResponses = async (door: Door, asked: Asked) => {
  const own = await ownOf(door.client);
  const named = [
    ...asked.anyOf("_id"),
    ...asked
      .anyOf("appointment")
      .map((texts) => texts.flatMap((text) => idIn(door.names, "Appointment", text) ?? [])),
  ];
  if (!own && named.length === 0)
    // Who may see none is told that first.
    await door.client.get("/v1/appointments?limit=0");
  const [ids = own?.invitation ? [own.invitation.id] : undefined] = named;
  if (!ids && !own) return fault(400, "required", "say of which: appointment=Appointment/…", "appointment");
  const found = await Promise.all(atMost(50, ids ?? []).map((id) => findResponse(door, id)));
  const matches = found
    .flatMap((each) => each ?? [])
    .filter(({ id = "" }) => named.every((each) => each.includes(id)))
    .filter(({ participantStatus: value }) =>
      asked
        .anyOf("part-status")
        .every((each) => isToken(each, [{ system: "http://hl7.org/fhir/participationstatus", value }])),
    );
  return { matches: asked.onlyTotal ? [] : matches, total: matches.length };
};

/** Says yes or no: whoever is invited by their own token, staff for whom they telephoned. */
export const respond = async (door: Door, said: AppointmentResponse): Promise<AppointmentResponse> => {
  const { names, client } = door;
  const id = idIn(
    names,
    "Appointment",
    said.appointment.reference ?? said.appointment.identifier?.value ?? "",
  );
  if (id === undefined || !isUuid(id))
    return fault(400, "value", "of which appointment: Appointment/…", "AppointmentResponse.appointment");
  const isYes = said.participantStatus === "accepted";
  if (!isYes && said.participantStatus !== "declined")
    return fault(
      422,
      "business-rule",
      "Yes or no: accepted, or declined; nothing is kept open for a perhaps",
      "AppointmentResponse.participantStatus",
    );
  const own = await ownOf(client);
  if (own && own.invitation?.id !== id)
    return fault(404, "not-found", "This token opens no such appointment");
  const path = own ? `/v1/invitation/${isYes ? "accept" : "decline"}` : `/v1/invitations/${id}/call`;
  const json = own ? undefined : { outcome: isYes ? "yes" : "no" };
  const { body } = await client.send<Invitation>("POST", path, { json });
  return responseOf(names, ownAsking(body)) ?? fault(500, "exception", "Something went wrong here");
};
