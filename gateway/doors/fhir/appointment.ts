import type { Appointment, AppointmentParticipant, CodeableConcept, Patient } from "@medplum/fhirtypes";
import type * as Api from "../../../schema/appointment.ts";
import { type Instant, plusMinutes } from "../../../schema/primitives.ts";
import type { Invitation, InvitationState, PromiseState } from "../../../schema/surplus.ts";
import { hl7, ihe, type Names, vaccination } from "./names.ts";
import { expectedPatient } from "./patient.ts";
import { type Open, slotId } from "./slot.ts";

/*
 * Questions, promises and open slots as Appointments. An appointment keeps its id from the question to the dose: the
 * invitation's. `pending` while a dose is held for somebody, `waitlist` while one may come free for them.
 */

export type Status = Appointment["status"];

const statusOf = {
  held: "pending",
  standby: "waitlist",
  expected: "booked",
  attended: "fulfilled",
  "no-show": "noshow",
  cancelled: "cancelled",
  over: "cancelled",
} as const satisfies Record<Api.AppointmentState, Status>;

/** The states that a status stands for. */
export const statesOf = (status: string): Api.AppointmentState[] =>
  (Object.keys(statusOf) as Api.AppointmentState[]).filter((state) => statusOf[state] === status);

/** How long a person is there, as their own calendar is told too. */
const stayMinutes = 30;

const why = (code: "pat" | "prov" | "other", text: string): CodeableConcept => ({
  coding: [{ system: hl7("appointment-cancellation-reason"), code }],
  text,
});

/** Why there is no promise, or no more. */
const reasonOf = (asked: InvitationState | undefined, promise?: "refused" | "cancelled"): CodeableConcept => {
  if (promise === "refused") return why("prov", "The centre's booking system did not accept it");
  if (promise === "cancelled") return why("other", "Cancelled by the person or by the centre");
  if (asked === "declined") return why("pat", "Declined");
  if (asked === "lapsed") return why("pat", "Not answered in time; a late yes still makes a standby");
  if (asked === "revoked") return why("prov", "Taken back");
  if (asked === "released") return why("other", "Every dose found its person before");
  return why("other", "Could not be delivered in time");
};

const saidBy = (asked: InvitationState | undefined): AppointmentParticipant["status"] => {
  if (asked === undefined || asked === "accepted" || asked === "ready") return "accepted";
  return asked === "declined" ? "declined" : "needs-action";
};

type Facts = {
  id: string;
  status: Status;
  centre: { id: string; name?: string };
  patient?: Patient;
  said: AppointmentParticipant["status"];
  begins: Instant;
  ends: Instant;
  identifier: Appointment["identifier"];
  madeAt?: Instant;
  changedAt?: Instant;
  cancelled?: CodeableConcept;
  isWalkIn?: boolean;
  requested: { start: Instant; end: Instant };
};

const build = (facts: Facts): Appointment => {
  const { id, status, centre, patient, said, begins, ends, madeAt, changedAt, cancelled, isWalkIn } = facts;
  const [code, display] = isWalkIn
    ? ["WALKIN", "A previously unscheduled walk-in visit"]
    : ["ROUTINE", "Routine appointment - default if not valued"];
  const person: AppointmentParticipant["actor"] = patient
    ? { reference: "#patient", type: "Patient", display: patient.name?.[0]?.text }
    : { type: "Patient", display: isWalkIn ? "Whoever walked in" : "Whoever is asked" };
  return {
    ...{ resourceType: "Appointment", id },
    meta: { ...(changedAt && { lastUpdated: changedAt }), profile: [ihe.appointment] },
    ...(patient && { contained: [patient] }),
    identifier: facts.identifier,
    status,
    ...(status === "cancelled" && cancelled && { cancelationReason: cancelled }),
    serviceType: [vaccination],
    appointmentType: { coding: [{ system: hl7("v2-0276"), code, display }] },
    ...{ start: begins, end: ends },
    ...(madeAt && { created: madeAt }),
    participant: [
      {
        actor: { reference: `Location/${centre.id}`, ...(centre.name && { display: centre.name }) },
        ...{ required: "required", status: "accepted" },
      },
      { actor: person, required: "required", status: said },
    ],
    requestedPeriod: [facts.requested],
  };
};

const before = (one: Instant, other: Instant): Instant => (one < other ? one : other);
/** Until an hour is promised: from the end of the question on, and until the dose is lost. */
const unpromised = ({ windowEndsAt, knownBy, comeBefore }: Invitation) => ({
  begins: before(windowEndsAt ?? knownBy, comeBefore),
  ends: comeBefore,
});
const promised = (at: Instant) => ({ begins: at, ends: plusMinutes(at, stayMinutes) });

/** As a centre's staff sees it. */
export const appointmentOf = (names: Names, one: Api.Appointment, centreName?: string): Appointment => {
  const { id, state, asked, expected, madeAt, changedAt, at, comeBefore } = one;
  const booking = expected?.booking;
  const promise = booking?.state === "refused" || booking?.state === "cancelled" ? booking.state : undefined;
  return build({
    ...{ id, madeAt, changedAt, status: statusOf[state] },
    centre: { id: one.centre, name: centreName },
    patient: expected && expectedPatient(expected),
    said: saidBy(asked?.state),
    ...(booking ? promised(at) : { begins: at, ends: comeBefore }),
    identifier: [
      { system: names.ids("appointment"), value: id },
      ...(booking ? [{ system: names.ids("booking"), value: booking.id }] : []),
      ...(booking?.platform && booking.externalRef
        ? [{ system: names.ids(`platform/${booking.platform}`), value: booking.externalRef }]
        : []),
    ],
    cancelled: reasonOf(asked?.state, promise),
    isWalkIn: booking?.walkIn,
    requested: { start: before(madeAt, comeBefore), end: comeBefore },
  });
};

const ofPromise = {
  expected: "booked",
  refused: "cancelled",
  cancelled: "cancelled",
  attended: "fulfilled",
  "no-show": "noshow",
} as const satisfies Record<PromiseState, Status>;

const ofQuestion = ({ kind, state, promise }: Invitation): Status => {
  if (promise) return ofPromise[promise];
  if (state === "decided" || state === "open") return kind === "hold" ? "pending" : "waitlist";
  // A yes to a dose that is held is promised in the same moment; whoever waits after a yes stands by.
  return state === "ready" || state === "accepted" ? "waitlist" : "cancelled";
};

/** As the person invited sees it. */
export const ownAppointmentOf = (names: Names, own: Invitation): Appointment => {
  const { id, state, centre, comeAt, comeBefore, promise } = own;
  const times = comeAt ? promised(comeAt) : unpromised(own);
  return build({
    ...{ id, status: ofQuestion(own), centre, said: saidBy(state), ...times },
    identifier: [{ system: names.ids("appointment"), value: id }],
    cancelled: reasonOf(state, promise === "refused" || promise === "cancelled" ? promise : undefined),
    requested: { start: times.begins, end: comeBefore },
  });
};

/** What `$find` proposes: an open slot of a centre. */
export const proposalOf = (open: Open, { start, end }: { start: Instant; end: Instant }): Appointment => ({
  ...{ resourceType: "Appointment", id: slotId(open), meta: { profile: [ihe.appointment] } },
  status: "proposed",
  serviceType: [vaccination],
  ...{ start: open.startsAt, end: open.endsAt },
  slot: [{ reference: `Slot/${slotId(open)}` }],
  participant: [
    { actor: { reference: `Location/${open.centre}` }, required: "required", status: "needs-action" },
  ],
  requestedPeriod: [{ start, end }],
});
