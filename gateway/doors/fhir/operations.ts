import type { Appointment, Bundle, Patient } from "@medplum/fhirtypes";
import type { Invitation } from "../../../schema/surplus.ts";
import { ownAppointmentOf, proposalOf } from "./appointment.ts";
import { type Door, isUuid, ownOf, readAppointment } from "./appointments.ts";
import { book, cancel, move } from "./change.ts";
import { type Span, spanOf } from "./dates.ts";
import { containedPatient, type Parameters, readAppointment as readGiven, readPatient } from "./incoming.ts";
import { centresOf, isInAddress } from "./location.ts";
import { hl7, ihe, vaccination } from "./names.ts";
import { Fault, fault, outcomeEntry, type Told } from "./outcome.ts";
import { register } from "./registration.ts";
import { idIn, isToken } from "./search.ts";
import { findSlot, openSlots, toldOf } from "./slot.ts";

/*
 * `$find`, `$hold` and `$book` of IHE ITI Scheduling 1.0.0. What is found is open at the centres, and booked on their
 * platforms; what is held and booked here is a dose of the reserve list, for whom the list's order says.
 */

const informed = (text: string): Told => ({ code: "informational", severity: "information", text });

const bundleOf = (
  { names, now }: Door,
  found: readonly Appointment[],
  { total = found.length, told }: { total?: number; told: readonly Told[] },
): Bundle => ({
  resourceType: "Bundle",
  // A registration is for no hour, which IHE has every appointment have.
  meta: { lastUpdated: now, ...(found.every(({ start }) => start) && { profile: [ihe.bundle] }) },
  type: "searchset",
  total,
  entry: [
    ...found.map((resource) => ({
      fullUrl: `${names.base}/Appointment/${resource.id}`,
      resource,
      search: { mode: "match" as const },
    })),
    outcomeEntry(names, told),
  ],
});

const momentIn = (given: Parameters, name: "start" | "end"): Span | undefined => {
  const [text] = given.texts(name);
  return text === undefined
    ? undefined
    : (spanOf(text) ?? fault(400, "value", `${name}: not a date that FHIR knows`, name));
};

const preventiveMedicine = { system: "http://snomed.info/sct", value: "409968004" };
const ofVaccination = { system: vaccination.coding[0].system, value: vaccination.coding[0].code };
const routine = { system: hl7("v2-0276"), value: "ROUTINE" };

/** What nothing that is open here can be. */
const nothingOf = (given: Parameters): Told | undefined => {
  const visits = given.texts("visit-type");
  if (visits.length > 0 && !isToken(visits, [ofVaccination, routine]))
    return informed(`visit-type: only vaccinations are found here (SNOMED CT ${ofVaccination.value})`);
  const specialties = given.texts("specialty");
  if (specialties.length > 0 && !isToken(specialties, [preventiveMedicine]))
    return informed(
      `specialty: only preventive medicine is found here (SNOMED CT ${preventiveMedicine.value})`,
    );
  for (const name of ["practitioner", "organization"])
    if (given.references(name).length > 0)
      return informed(`${name}: appointments here are with a centre alone`);
  return undefined;
};

const leftOut = [
  "patient-reference",
  "patient-resource",
  "reason",
  "referral-identifier",
  "timing",
  "insurance-reference",
];

/** The centres that are asked for: by any of their references, and by any of the words. */
const centresAsked = async ({ names, client }: Door, given: Parameters): Promise<string[] | undefined> => {
  const references = given.references("location-reference");
  const words = given.texts("location-string");
  if (references.length === 0 && words.length === 0) return undefined;
  const ids = references.flatMap(({ reference, identifier }) =>
    reference !== undefined ? (idIn(names, "Location", reference) ?? []) : (identifier?.value ?? []),
  );
  return (await centresOf(client))
    .filter(({ id }) => references.length === 0 || ids.includes(id))
    .filter((centre) => words.length === 0 || words.some((word) => isInAddress(centre, word)))
    .map(({ id }) => id);
};

const countOf = (given: Parameters): number => {
  const [text] = given.texts("_count");
  if (text === undefined) return 200;
  return /^\d{1,9}$/.test(text)
    ? Math.min(Number(text), 1000)
    : fault(400, "value", "_count: a whole number", "_count");
};

/** By the token of an invitation: what is offered to whoever holds it, as a proposal. */
const offered = (door: Door, invitation: Invitation): Bundle => {
  const own = ownAppointmentOf(door.names, invitation);
  const isOpen = own.status === "pending" || own.status === "waitlist";
  const told = isOpen
    ? "This is offered to whoever holds this token"
    : "Nothing is offered to whoever holds this token now";
  return bundleOf(door, isOpen ? [{ ...own, status: "proposed" }] : [], { told: [informed(told)] });
};

export const find = async (door: Door, given: Parameters): Promise<Bundle> => {
  const own = await ownOf(door.client);
  if (own?.invitation) return offered(door, own.invitation);
  const [start, end] = [momentIn(given, "start"), momentIn(given, "end")];
  const count = countOf(given);
  const from = start && start.from > door.now ? start.from : door.now;
  if (start && end && end.until <= start.from)
    return fault(400, "value", "the end is before the start", "end");
  const nothing = nothingOf(given);
  if (nothing) return bundleOf(door, [], { told: [nothing] });
  const centres = await centresAsked(door, given);
  const { slots, sources } = await openSlots(door.client, door.now, { centres, from, until: end?.until });
  const requested = { start: start?.from ?? from, end: end?.until ?? slots.at(-1)?.endsAt ?? from };
  const unread = leftOut.filter((name) => given.names.has(name));
  return bundleOf(
    door,
    slots.slice(0, count).map((open) => proposalOf(open, requested)),
    {
      total: slots.length,
      told: [
        informed(slots.length > 0 ? "These appointments are open" : "No appointment is open"),
        ...(unread.length > 0 ? [informed(`not looked at: ${unread.join(", ")}`)] : []),
        ...toldOf(sources),
      ],
    },
  );
};

/** The id that a parameter names; refused where there is none, or one of another server. */
const referred = ({ names }: Door, given: Parameters): string | undefined => {
  const [reference] = given.references("appointment-reference");
  if (!reference) return undefined;
  const id = idIn(names, "Appointment", reference.reference ?? reference.identifier?.value ?? "");
  return id ?? fault(400, "value", "an appointment of this server: Appointment/…", "appointment-reference");
};

/** An open slot is its platform's to book. It is answered as IHE has a rejection: the appointment, cancelled. */
const notHere = async (door: Door, id: string): Promise<Bundle> => {
  const found = await findSlot(door.client, id);
  if (!found)
    throw new Fault(404, { code: "not-found", text: "There is no such appointment, or its slot is taken" });
  const { open } = found;
  const told: Told = {
    code: "business-rule",
    text: `Slots of ${open.centre} are booked on ${open.platform}. Here a dose of the reserve list is held and booked, for whoever it is offered to`,
  };
  const proposal = proposalOf(open, { start: open.startsAt, end: open.endsAt });
  return bundleOf(door, [{ ...proposal, status: "cancelled" }], { told: [told] });
};

/** A dose is held before anybody is asked, and until the question ends: to hold it again changes nothing. */
export const hold = async (door: Door, given: Parameters): Promise<Bundle> => {
  const id =
    referred(door, given) ??
    fault(400, "required", "appointment-reference is needed", "appointment-reference");
  if (!isUuid(id)) return notHere(door, id);
  const one = await readAppointment(door, id);
  const told: Told =
    one.status === "pending"
      ? informed(`Held until ${one.start}`)
      : {
          code: "business-rule",
          text:
            one.status === "waitlist"
              ? "Nothing is held: whoever stands by is told when a dose comes free"
              : `Nothing is held: it is ${one.status}`,
        };
  return bundleOf(door, [one], { told: [told] });
};

const patientIn = (given: Parameters, appointment: Appointment): Patient =>
  given.resources("patient-resource").map(readPatient)[0] ??
  containedPatient(appointment) ??
  fault(
    400,
    "required",
    "who is to be registered: patient-resource, or a contained Patient",
    "patient-resource",
  );

const notBookable = () =>
  fault(
    400,
    "value",
    "pending to book, booked to move, cancelled to cancel, waitlist to register",
    "Appointment.status",
  );

/** As the appointment that was given says: a new one, a change, or the end. */
const asGiven = async (door: Door, given: Parameters, one: Appointment): Promise<Appointment> => {
  if (one.status === "waitlist") return register(door, { appointment: one, patient: patientIn(given, one) });
  if (one.id === undefined)
    return fault(400, "required", "of which appointment: its id, as `$find` told it", "Appointment.id");
  if (one.status === "pending" || one.status === "proposed") return book(door, one.id);
  if (one.status !== "booked" && one.status !== "cancelled") return notBookable();
  const before = await readAppointment(door, one.id);
  return one.status === "booked" ? move(door, before, one.start) : cancel(door, before);
};

const isNew = ({ status }: Appointment) => status === "pending" || status === "proposed";

const toldOfBooking = ({ status }: Appointment): Told => {
  if (status === "booked") return informed("Booked: a dose is promised");
  if (status === "cancelled") return informed("Cancelled");
  return informed("On the waiting list: whoever it is about is told when a dose is theirs");
};

export const bookGiven = async (door: Door, given: Parameters): Promise<Bundle> => {
  const reference = referred(door, given);
  const [resource, ...others] = given.resources("appointment-resource");
  if ((reference === undefined) === (resource === undefined) || others.length > 0)
    return fault(
      400,
      "required",
      "either appointment-reference or appointment-resource, once",
      "Parameters.parameter",
    );
  const one = resource === undefined ? undefined : readGiven(resource);
  const slot = one?.slot?.[0]?.reference;
  // Whoever registers somebody may call it as they like: the id is the gateway's to give.
  const named = one?.status === "waitlist" ? undefined : one?.id;
  const id = reference ?? named ?? (one && isNew(one) && slot ? idIn(door.names, "Slot", slot) : undefined);
  if (id !== undefined && !isUuid(id) && (!one || isNew(one))) return notHere(door, id);
  if (id !== undefined && !isUuid(id)) return fault(404, "not-found", "There is no such appointment here");
  const made = one ? await asGiven(door, given, one) : await book(door, id ?? "");
  const isKept = given.texts("comment").length > 0 || one?.comment !== undefined;
  return bundleOf(door, [made], {
    told: [toldOfBooking(made), ...(isKept ? [informed("comment: read by nobody here, and not kept")] : [])],
  });
};
