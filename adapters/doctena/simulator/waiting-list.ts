import type { Instant } from "../../../schema/primitives.ts";
import { Refused } from "./refusal.ts";
import { type Document, type Entry, newId, type State } from "./state.ts";

type Person = Pick<Entry, "nationalNumber" | "firstName" | "lastName" | "yearOfBirth" | "email" | "mobile">;

/** By number where both are known, else by names, year of birth and one way to reach them. */
export const samePerson = (one: Person, other: Person): boolean => {
  if (one.nationalNumber && other.nationalNumber) return one.nationalNumber === other.nationalNumber;
  return (
    one.firstName === other.firstName &&
    one.lastName === other.lastName &&
    one.yearOfBirth === other.yearOfBirth &&
    ((one.email !== undefined && one.email === other.email) ||
      (one.mobile !== undefined && one.mobile === other.mobile))
  );
};

/** What somebody writes; who signs up on Doctena's own pages has no reference. */
export type Written = Omit<Document["WaitingPerson"], "reference"> & { reference?: string };
type Writing = { person: Written; now: Instant };

export const put = (state: State, { person, now }: Writing): { before: boolean; entry: Entry } => {
  const id = person.reference && state.waitingOf[person.reference];
  const known =
    (id && state.waiting[id]) || Object.values(state.waiting).find((each) => samePerson(each, person));
  return known
    ? { before: true, entry: write(state, { id: known.id, person, now }) }
    : { before: false, entry: write(state, { id: newId(state), person, now }) };
};

export const replace = (state: State, { id, ...writing }: Writing & { id: number }): Entry => {
  find(state, id);
  return write(state, { id, ...writing });
};

const write = (state: State, { id, person, now }: Writing & { id: number }): Entry => {
  const { practiceIds, ...written } = person;
  const before = state.waiting[id];
  const reference = person.reference ?? before?.reference;
  const gone = person.state === "removed" ? (before?.gone ?? "withdrawn") : undefined;
  const entry: Entry = {
    ...written,
    id,
    ...(reference && { reference }),
    practices: state.practices.filter((practice) => practiceIds.includes(practice.id)),
    changedAt: now,
    ...(gone && { gone }),
  };
  state.waiting[id] = entry;
  if (reference) state.waitingOf[reference] = id;
  return entry;
};

type Removal = { id: number; reason: "withdrawn" | "vaccinated"; now: Instant };

/** A dose outweighs a withdrawal, whichever is told first. */
export const remove = (state: State, { id, reason, now }: Removal): Entry => {
  const entry = find(state, id);
  if (entry.gone === reason || entry.gone === "vaccinated") return entry;
  Object.assign(entry, { state: "removed", gone: reason, changedAt: now });
  return entry;
};

/** Nobody is left under that id, and the id is never given again. */
export const erase = (state: State, id: number): void => {
  const { reference } = find(state, id);
  delete state.waiting[id];
  if (reference && state.waitingOf[reference] === id) delete state.waitingOf[reference];
};

const find = (state: State, id: number): Entry => {
  const entry = state.waiting[id];
  if (!entry) throw new Refused("not_found", "there is no such entry");
  return entry;
};

/** As the document has it. */
export const present = ({ gone: _, ...entry }: Entry): Document["WaitingEntry"] => entry;

export const changedSince = (state: State, since?: Instant): Document["WaitingEntry"][] =>
  Object.values(state.waiting)
    .filter(({ changedAt }) => !since || changedAt >= since)
    .sort((one, other) => one.id - other.id)
    .map(present);
