import { Temporal } from "temporal-polyfill";
import type { components } from "../../../schema/platforms/doclr.gen.ts";
import { type CentreId, type Instant, instant, plusMinutes, zone } from "../../../schema/primitives.ts";
import type { World } from "../../kit/simulator.ts";

type Document = components["schemas"];
export type Person = Document["Person"];
export type Reservation = Document["Reservation"];
export type Reason = NonNullable<Document["Job"]["reason"]>;

type Contact = Pick<Document["NewInvitation"], "email" | "mobile">;
export type Invited = {
  code: string;
  person: Person;
  contact?: Contact;
  /** The partner who invited, where it was not the authority. */
  partner?: string;
  vaccinated: boolean;
  deceased?: true;
  ended?: "DECLINED" | "WITHDRAWN" | "SUPERSEDED";
};
type Change = Pick<Document["Change"], "kind" | "at" | "partner"> & { code: string };
export type Wish =
  | ({ kind: "reserve"; partner?: string } & Document["NewReservation"])
  | { kind: "cancel"; reservation: string; partner?: string };
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
  /** What happened to official invitations; absent in a state that was kept before it was written down. */
  changes?: Change[];
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

export const stateOf = (
  state: State,
  { code, vaccinated, ended }: Invited,
): Document["Invitation"]["state"] => {
  if (vaccinated) return "VACCINATED";
  if (ended) return ended === "DECLINED" ? "DECLINED" : "WITHDRAWN";
  const isHeld = state.reservations.some((each) => each.code === code && each.state === "ACTIVE");
  return isHeld ? "RESERVED" : "OPEN";
};

export const invitationOf = (state: State, invited: Invited): Document["Invitation"] => ({
  code: invited.code,
  state: stateOf(state, invited),
});

/** What others may call an invitation, which opens nothing. */
export const nameOf = (state: State, code: string): string =>
  `I${String(state.invited.findIndex((each) => each.code === code) + 1).padStart(7, "0")}`;

/** Writes down what happens to an invitation. Invitations of a partner's are no official ones. */
export const note = (state: State, change: Change): void => {
  if (state.invited.find(({ code }) => code === change.code)?.partner) return;
  state.changes ??= [];
  state.changes.push(change);
};

export const invitedAs = (state: State, person: Person): Invited[] =>
  state.invited.filter(({ person: known }) =>
    known.nationalNumber && person.nationalNumber
      ? known.nationalNumber === person.nationalNumber
      : known.givenName === person.givenName &&
        known.familyName === person.familyName &&
        known.birthDate === person.birthDate,
  );

export const invite = (
  state: State,
  world: Pick<World, "now" | "random">,
  { person, ...rest }: Pick<Invited, "person" | "contact" | "partner">,
): Invited => {
  const half = () => String(Math.floor(world.random() * 1e8)).padStart(8, "0");
  const invited = { code: half() + half(), person, ...rest, vaccinated: false };
  state.invited.push(invited);
  note(state, { code: invited.code, kind: "INVITED", at: world.now() });
  return invited;
};

export const isPast = (slot: Slot, now: Instant): boolean => startOf(slot) < plusMinutes(now, -opening.every);
