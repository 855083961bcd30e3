import type { RosterEntry } from "../../schema/adapter.ts";
import { plainNumber } from "../../schema/national-number.ts";
import { type CentreId, type ExternalId, localDay, plusMinutes } from "../../schema/primitives.ts";
import { type Bench, defineSimulator, type World } from "../kit/simulator.ts";
import { api, partner } from "./simulator/api.ts";
import { settle, write } from "./simulator/jobs.ts";
import { happens } from "./simulator/official.ts";
import {
  type Invited,
  initial,
  invite,
  invitedAs,
  type Person,
  type State,
  slotsOn,
  startOf,
  stateOf,
} from "./simulator/state.ts";

const personOf = ({ nationalNumber, givenName, familyName, birthDate }: RosterEntry): Person => {
  if (!birthDate) throw new Error("Doclr invites nobody without a birth date");
  return {
    ...(nationalNumber && { nationalNumber: plainNumber(nationalNumber) }),
    givenName,
    familyName,
    birthDate: birthDate.split("-").reverse().join("/"),
  };
};

const invitedOf = (entry: RosterEntry): Pick<Invited, "person" | "contact"> => ({
  person: personOf(entry),
  contact: entry.contact,
});

const officialStates = {
  OPEN: "offered",
  RESERVED: "booked",
  DECLINED: "declined",
  WITHDRAWN: "withdrawn",
  VACCINATED: "vaccinated",
} as const;

const named = (state: State, code: ExternalId): Invited => {
  const found = state.invited.find((each) => each.code === code);
  if (!found) throw new Error("Doclr has invited nobody with that code");
  return found;
};

/** Those added are people whom Doclr has sent an official invitation. */
const bench = (state: State, world: World): Bench => ({
  addPeople: (entries) => entries.map((entry) => invite(state, world, invitedOf(entry)).code as ExternalId),
  people: () =>
    state.invited.map(({ code, vaccinated }) => ({
      externalId: code as ExternalId,
      state: vaccinated ? "left" : "active",
    })),
  bookings() {
    settle(state, world);
    return state.reservations.map((held) => ({
      externalRef: held.id as ExternalId,
      centre: held.centre as CentreId,
      at: startOf(held),
      state: held.state === "ACTIVE" ? "booked" : "cancelled",
    }));
  },
  bookDirectly(entry, { centre, at }) {
    const invited = invitedAs(state, personOf(entry))[0] ?? invite(state, world, invitedOf(entry));
    if (invited.ended) throw new Error("Doclr takes that code no more");
    const slot = slotsOn(state, centre, localDay(at).split("-").reverse().join("/")).find(
      (each) => plusMinutes(startOf(each), each.minutes) > at,
    );
    if (!slot) throw new Error("Doclr has no slot then");
    return write(state, { code: invited.code }, { slot, at: world.now() }).id as ExternalId;
  },
  official: {
    state: (person) => {
      const invited = named(state, person);
      return invited.deceased ? "died" : officialStates[stateOf(state, invited)];
    },
    happens: (person, what) => happens(state, named(state, person), { what, at: world.now() }),
  },
  misbehave(faults) {
    state.faults = faults;
  },
});

/** Doclr as a running platform, on its own clock. */
export default defineSimulator<State>({
  name: "doclr",
  initial,
  app: api,
  bench,
  options: (baseUrl) => ({ baseUrl, ...partner }),
});
