import { Temporal } from "temporal-polyfill";
import type { components } from "../../../schema/platforms/doclr.gen.ts";
import { type CentreId, type Instant, instant, plusMinutes, zone } from "../../../schema/primitives.ts";
import type { World } from "../../kit/simulator.ts";

type Document = components["schemas"];
export type Person = Document["Person"];
type Reservation = Document["Reservation"];
export type Reason = NonNullable<Document["Job"]["reason"]>;

type Invited = { code: string; person: Person; vaccinated: boolean };
export type Wish =
  | ({ kind: "reserve"; partner?: string } & Document["NewReservation"])
  | { kind: "cancel"; reservation: string };
export type Queued = {
  job: string;
  wish: Wish;
  queuedAt: Instant;
  outcome?: { reservation: Reservation } | { reason: Reason };
};

export type State = {
  centres: CentreId[];
  invited: Invited[];
  reservations: Reservation[];
  jobs: Queued[];
  /** How often it reserves twice for one request, and refuses for no reason that the document knows of. */
  faults?: { twice: number; refuses: number };
};

export const initial = ({ centres }: World): State => ({
  centres: [...centres],
  invited: [],
  reservations: [],
  jobs: [],
});

/** Open from 08:00, the last slot at 20:15, every quarter of an hour. */
const opening = { first: 8 * 60, last: 20 * 60 + 15, every: 15 };
const room = 12;

export type Slot = Pick<Document["Slot"], "id" | "centre" | "date" | "time" | "minutes" | "vaccine">;

export const startOf = ({ date, time }: { date: string; time: string }): Instant => {
  const [day, month, year] = date.split("/");
  const wall = Temporal.PlainDateTime.from(`${year}-${month}-${day}T${time}`);
  return instant(wall.toZonedDateTime(zone).epochMilliseconds);
};

const two = (value: number) => String(value).padStart(2, "0");

/** Which vaccine is given changes by centre and hour. */
const letterAt = (centre: number, minute: number): Document["VaccineLetter"] =>
  (["P", "M", "A", "J"] as const)[(centre + Math.floor(minute / 60)) % 4] ?? "P";

export const slotsOn = (state: State, centre: CentreId, date: string): Slot[] => {
  const index = state.centres.indexOf(centre);
  if (index < 0) return [];
  const count = (opening.last - opening.first) / opening.every + 1;
  return Array.from({ length: count }, (_, nth) => {
    const minute = opening.first + nth * opening.every;
    const time = `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
    const id = `${centre}.${date.replaceAll("/", "")}.${time.replace(":", "")}`;
    return { id, centre, date, time, minutes: opening.every, vaccine: letterAt(index, minute) };
  });
};

/** How many places each slot has left, by centre, date and time. */
export const freeIn = (state: State): ((slot: Slot) => number) => {
  const key = ({ centre, date, time }: Pick<Slot, "centre" | "date" | "time">) => `${centre} ${date} ${time}`;
  const taken = new Map<string, number>();
  for (const each of state.reservations)
    if (each.state === "ACTIVE") taken.set(key(each), (taken.get(key(each)) ?? 0) + 1);
  return (slot) => room - (taken.get(key(slot)) ?? 0);
};

export const invitationOf = (state: State, { code, vaccinated }: Invited): Document["Invitation"] => {
  const isHeld = state.reservations.some((each) => each.code === code && each.state === "ACTIVE");
  return { code, state: vaccinated ? "VACCINATED" : isHeld ? "RESERVED" : "OPEN" };
};

export const invitedAs = (state: State, person: Person): Invited[] =>
  state.invited.filter(({ person: known }) =>
    known.nationalNumber && person.nationalNumber
      ? known.nationalNumber === person.nationalNumber
      : known.givenName === person.givenName &&
        known.familyName === person.familyName &&
        known.birthDate === person.birthDate,
  );

export const invite = (state: State, world: World, person: Person): Invited => {
  const half = () => String(Math.floor(world.random() * 1e8)).padStart(8, "0");
  const invited = { code: half() + half(), person, vaccinated: false };
  state.invited.push(invited);
  return invited;
};

export const isPast = (slot: Slot, now: Instant): boolean => startOf(slot) < plusMinutes(now, -opening.every);
