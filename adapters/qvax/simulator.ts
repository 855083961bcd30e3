import type { RosterEntry } from "../../schema/adapter.ts";
import { plainNumber } from "../../schema/national-number.ts";
import type { ExternalId, InvitationId } from "../../schema/primitives.ts";
import { DayPart, weekdays } from "../../schema/volunteer.ts";
import { type Bench, defineSimulator, type World } from "../kit/simulator.ts";
import { api } from "./simulator/api.ts";
import { answer, settle } from "./simulator/invitations.ts";
import { add, holderOf, replace, type Writing } from "./simulator/registrations.ts";
import { type Asked, initial, type State, sandboxKey } from "./simulator/state.ts";

const partnerStates = { on: "active", off: "paused", closed: "left" } as const;
const ownStates = { active: "on", paused: "off", left: "closed" } as const;

const seenBy = {
  queued: "open",
  sent: "open",
  yes: "yes",
  no: "no",
  lapsed: "lapsed",
  revoked: "revoked",
} as const satisfies Record<Asked["state"], string>;

/** As the helpline types somebody in, with or without a mobile. */
const writingOf = (entry: RosterEntry): Writing => {
  const { nationalNumber, contact, availability, postcode, language } = entry;
  if (!nationalNumber) throw new Error("Qvax registers nobody without a national number");
  const flags = (day: (typeof weekdays)[number]) =>
    DayPart.options.map((part) => (availability?.week[day].includes(part) ? "1" : "0")).join("");
  return {
    nationalNumber: plainNumber(nationalNumber),
    givenName: entry.givenName,
    familyName: entry.familyName,
    email: contact.email ?? null,
    mobile: contact.mobile ?? null,
    ...(postcode && { postcode }),
    ...(language && { language }),
    ...(availability && {
      availability: {
        week: weekdays.map(flags),
        repeats: availability.repeats,
        ...(availability.from && { startsOn: availability.from }),
      },
    }),
    state: ownStates[entry.state],
  };
};

const signUp = (state: State, world: World, entry: RosterEntry): ExternalId => {
  const writing = writingOf(entry);
  const holder = holderOf(state, writing.nationalNumber);
  const centre = state.centres.find(({ code }) => code === entry.centres[0])?.code;
  const held = holder ? replace(state, holder, writing, world.now()) : add(state, world, writing, centre);
  return held.registrationId as ExternalId;
};

const bench = (state: State, world: World): Bench => {
  const settled = () => {
    const now = world.now();
    settle(state, now);
    return now;
  };
  return {
    addPeople: (entries) => entries.map((entry) => signUp(state, world, entry)),
    people() {
      settled();
      return Object.values(state.registrations).map((held) => ({
        externalId: held.registrationId as ExternalId,
        state: partnerStates[held.state],
      }));
    },
    invitations() {
      settled();
      return Object.values(state.invitations).map((asked) => ({
        invitation: asked.externalId as InvitationId,
        asked: asked.messages,
        ...(asked.messages > 0 && { told: { kind: asked.kind, knownBy: asked.knownBy } }),
        state: seenBy[asked.state],
      }));
    },
    answer({ invitation, answer: given }) {
      const at = settled();
      const asked = state.invitations[invitation];
      if (!asked) throw new Error("Qvax knows no such invitation");
      answer(state, asked, { answer: given, at });
    },
  };
};

/** Qvax as a running platform, on its own clock. */
export default defineSimulator<State>({
  name: "qvax",
  initial,
  app: api,
  bench,
  options: (baseUrl) => ({ baseUrl, apiKey: sandboxKey }),
});
