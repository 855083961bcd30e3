import { Temporal } from "temporal-polyfill";
import { ageOn, type Instant, instant, plusMinutes, zone } from "../../../schema/primitives.ts";
import { Refused } from "./refusal.ts";
import { type Agenda, type Appointment, type Document, newId, type State } from "./state.ts";
import { samePerson } from "./waiting-list.ts";

const holdMinutes = 10;
const youngest = 18;

type Place = { agenda: Agenda; start: Temporal.PlainDateTime };

const onTheWall = (now: Instant) => Temporal.Instant.from(now).toZonedDateTimeISO(zone).toPlainDateTime();

/** Where the wall clock shows this time twice, Doctena's staff mean the first. */
export const instantOf = ({ start }: Pick<Appointment, "start">): Instant =>
  instant(Temporal.PlainDateTime.from(start).toZonedDateTime(zone).epochMilliseconds);

/** A slot's id is its agenda and its minute of the calendar, so that a grid need not be stored. */
const epoch = Temporal.PlainDateTime.from("2020-01-01T00:00");
const minutesPerAgenda = 100_000_000;
const slotId = ({ agenda, start }: Place): number =>
  agenda.id * minutesPerAgenda + epoch.until(start, { largestUnit: "minute" }).minutes;

const placeOf = (state: State, id: number): Place | undefined => {
  const agenda = state.agendas.find((each) => each.id === Math.floor(id / minutesPerAgenda));
  const start = epoch.add({ minutes: id % minutesPerAgenda });
  const drawn = agenda && gridOf(agenda, start.toPlainDate()).some((each) => each.equals(start));
  return drawn ? { agenda, start } : undefined;
};

/** An agenda's starts on a day, the same every day, whatever the clocks do. */
const gridOf = (agenda: Agenda, day: Temporal.PlainDate): Temporal.PlainDateTime[] => {
  const closes = Temporal.PlainTime.from(agenda.closes);
  const starts: Temporal.PlainDateTime[] = [];
  const end = day.toPlainDateTime(closes);
  let start = day.toPlainDateTime(Temporal.PlainTime.from(agenda.opens));
  while (Temporal.PlainDateTime.compare(start.add({ minutes: agenda.minutes }), end) <= 0) {
    starts.push(start);
    start = start.add({ minutes: agenda.minutes });
  }
  return starts;
};

const isOver = ({ agenda, start }: Place, now: Instant): boolean =>
  Temporal.PlainDateTime.compare(start.add({ minutes: agenda.minutes }), onTheWall(now)) <= 0;

/** As it is now: a hold ends by the clock alone. */
export const present = (held: Appointment, now: Instant): Document["Appointment"] => {
  const { patient: _, isDirect: __, expiresAt, ...appointment } = held;
  if (held.state !== "held") return appointment;
  if (expiresAt && expiresAt <= now) return { ...appointment, state: "expired" };
  return { ...appointment, expiresAt };
};
const isLive = (held: Appointment, now: Instant): boolean =>
  ["held", "confirmed"].includes(present(held, now).state);

const takenBySlot = (state: State, now: Instant): Map<number, number> => {
  const taken = new Map<number, number>();
  for (const held of Object.values(state.appointments))
    if (isLive(held, now)) taken.set(held.slotId, (taken.get(held.slotId) ?? 0) + 1);
  return taken;
};

type Search = { agendaIds: Set<number>; from: string; to: string };

export const listSlots = (
  state: State,
  { now, agendaIds, from, to }: Search & { now: Instant },
): Document["Slot"][] => {
  const [first, last] = [Temporal.PlainDateTime.from(from), Temporal.PlainDateTime.from(to)];
  const taken = takenBySlot(state, now);
  const slots: Document["Slot"][] = [];
  for (let day = first.toPlainDate(); Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 }))
    for (const agenda of state.agendas.filter(({ id }) => agendaIds.has(id)))
      for (const start of gridOf(agenda, day)) {
        const id = slotId({ agenda, start });
        const free = Math.max(0, agenda.capacity - (taken.get(id) ?? 0));
        if (!isOver({ agenda, start }, now))
          slots.push({ id, agendaId: agenda.id, start: start.toString(), minutes: agenda.minutes, free });
      }
  return slots
    .filter(({ start }) => start >= from && start < to)
    .sort((one, other) => one.start.localeCompare(other.start) || one.id - other.id);
};

export const byReference = (state: State, reference: string): Appointment[] =>
  (state.appointmentsOf[reference] ?? []).flatMap((id) => state.appointments[id] ?? []);

/** Those of this client at a practice that hold a place, by id. */
export const ofPractice = (
  state: State,
  { practice, from, to, now }: { practice: number; from: string; to: string; now: Instant },
): Appointment[] =>
  Object.values(state.appointments).filter(
    (held) =>
      held.practiceId === practice &&
      !held.isDirect &&
      isLive(held, now) &&
      held.start >= from &&
      held.start < to,
  );

/** A patient books on Doctena's own pages. */
export const bookDirectly = (
  state: State,
  { patient, practice, at }: { patient: Document["Patient"]; practice: number; at: Instant },
): Appointment => {
  const agenda = state.agendas.find(({ practiceId }) => practiceId === practice);
  const wall = onTheWall(at);
  const start =
    agenda &&
    gridOf(agenda, wall.toPlainDate()).find((each) => Temporal.PlainDateTime.compare(each, wall) >= 0);
  if (!agenda || !start) throw new Error("Doctena has no slot then");
  const made: Appointment = {
    ...{ id: newId(state), reference: "direct", practiceId: practice, slotId: slotId({ agenda, start }) },
    ...{ start: start.toString(), state: "confirmed", patient, isDirect: true },
  };
  state.appointments[made.id] = made;
  return made;
};

type Asked = { request: Document["AppointmentRequest"]; now: Instant; random(): number };

/** Whether it was held before, and the appointment. */
export const hold = (
  state: State,
  { request, now, random }: Asked,
): { before: boolean; held: Appointment } => {
  const before = byReference(state, request.reference).find((held) => isLive(held, now));
  if (before) return { before: true, held: before };
  const { agenda, start } = admit(state, { request, now });
  if (state.faults && random() < state.faults.refuses) throw new Refused("not_accepted", "not this one");
  const { reference, patient } = request;
  const held: Appointment = {
    id: newId(state),
    reference,
    practiceId: agenda.practiceId,
    slotId: request.slotId,
    start: start.toString(),
    state: "held",
    expiresAt: plusMinutes(now, holdMinutes),
    patient,
  };
  state.appointments[held.id] = held;
  state.appointmentsOf[reference] = [...(state.appointmentsOf[reference] ?? []), held.id];
  return { before: false, held };
};

const admit = (state: State, { request, now }: Omit<Asked, "random">): Place => {
  const { patient, product } = request;
  const place = placeOf(state, request.slotId);
  if (!place || isOver(place, now)) throw new Refused("slot_gone", "there is no such slot");
  if (!place.agenda.products.includes(product)) throw new Refused("not_accepted", "not given there");
  if (ageOn(patient.birthDate, place.start.toPlainDate().toString()) < youngest)
    throw new Refused("not_accepted", "too young on that day");
  const person = listed(patient);
  if (Object.values(state.waiting).some((entry) => entry.gone === "vaccinated" && samePerson(entry, person)))
    throw new Refused("already_vaccinated", "had a dose");
  const today = onTheWall(now).toPlainDate().toString();
  const ahead = Object.values(state.appointments).filter((held) => isLive(held, now) && held.start >= today);
  if (ahead.some((held) => samePerson(listed(held.patient), person)))
    throw new Refused("already_booked", "has an appointment");
  if ((takenBySlot(state, now).get(request.slotId) ?? 0) >= place.agenda.capacity)
    throw new Refused("slot_full", "no place is left");
  return place;
};

/** A patient in the words of the waiting list. */
const listed = (patient: Document["Patient"]) => ({
  ...patient,
  yearOfBirth: Number(patient.birthDate.slice(0, 4)),
});

export const confirm = (
  state: State,
  { id, now, random }: { id: number; now: Instant; random(): number },
): Appointment => {
  const held = state.appointments[id];
  if (!held) throw new Refused("not_found", "there is no such appointment");
  if (!isLive(held, now)) throw new Refused("hold_expired", "the place was given back");
  const isNew = held.state === "held";
  held.state = "confirmed";
  if (isNew && state.faults && random() < state.faults.twice) {
    const again = { ...held, id: newId(state) };
    state.appointments[again.id] = again;
    state.appointmentsOf[held.reference] = [...(state.appointmentsOf[held.reference] ?? []), again.id];
  }
  return held;
};

export const cancel = (state: State, id: number): Appointment => {
  const held = state.appointments[id];
  if (!held) throw new Refused("not_found", "there is no such appointment");
  held.state = "cancelled";
  return held;
};

const nobody: Document["Patient"] = {
  firstName: "-",
  lastName: "-",
  birthDate: "1900-01-01",
  language: "fr",
};

/** Only of what holds no place to come: whoever is expected must be known at the door. */
export const erasePatient = (state: State, { id, now }: { id: number; now: Instant }): void => {
  const held = state.appointments[id];
  if (!held) throw new Refused("not_found", "there is no such appointment");
  const isPast = held.start < onTheWall(now).toString();
  if (isLive(held, now) && !isPast) throw new Refused("still_expected", "the patient is expected");
  held.patient = { ...nobody };
};
