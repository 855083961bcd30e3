import { isDeepStrictEqual } from "node:util";
import { type ExternalId, earliest, type Instant } from "../../../schema/primitives.ts";
import type { World } from "../../kit/simulator.ts";
import { type Asked, centreAt, type Document, type Held, type State } from "./state.ts";

/** What may be written: as partners write it, or as the helpline does, which may lack a mobile or an address. */
export type Writing = Omit<Document["NewRegistration"], "email" | "mobile"> &
  Pick<Document["Registration"], "email" | "mobile">;

/** As partners see it. */
export const shown = ({ change: _change, silences: _silences, ...registration }: Held) => registration;

export const holderOf = (state: State, nationalNumber: string): Held | undefined =>
  state.registrations[state.numbers[nationalNumber] ?? ""];

export const add = (state: State, world: World, writing: Writing, centreCode?: string): Held => {
  const registrationId = newId(state, world);
  const held: Held = {
    ...writing,
    registrationId,
    centreCode: centreCode ?? centreAt(state, writing.postcode),
    updatedAt: world.now(),
    change: nextChange(state),
    silences: 0,
  };
  state.registrations[registrationId] = held;
  state.numbers[held.nationalNumber] = registrationId;
  return held;
};

/**
 * Anew in everything that partners write; who moved is assigned a centre again. What changes nothing is no change.
 */
export const replace = (state: State, held: Held, writing: Writing, at: Instant): Held => {
  const { registrationId, updatedAt, change, silences } = held;
  const moved = writing.postcode !== held.postcode;
  const centreCode = moved ? centreAt(state, writing.postcode) : held.centreCode;
  const next: Held = { ...writing, registrationId, centreCode, updatedAt, change, silences };
  if (writing.state === "on") excuse(state, held);
  if (isDeepStrictEqual(next, held)) return held;
  delete state.numbers[held.nationalNumber];
  state.numbers[next.nationalNumber] = registrationId;
  state.registrations[registrationId] = next;
  if (held.state !== "on" && next.state === "on") next.silences = 0;
  if (next.state === "closed") withdrawInvitations(state, next, at);
  return touch(state, next, at);
};

export const close = (state: State, held: Held, at: Instant): void => {
  if (held.state === "closed") return;
  held.state = "closed";
  withdrawInvitations(state, held, at);
  touch(state, held, at);
};

/** Notes a dose that passed in silence, and switches the person off where that was one too many. */
export const noteSilence = (state: State, asked: Asked, at: Instant): void => {
  asked.owesAnswer = false;
  const held = state.registrations[asked.registrationId];
  if (held?.state !== "on") return;
  held.silences += 1;
  if (held.silences < state.silencesUntilOff) return;
  held.state = "off";
  touch(state, held, at);
};

/** Whoever answers anything, or is written as on, does not pay for what passed in silence before. */
export const excuse = (state: State, { registrationId }: Pick<Held, "registrationId">): void => {
  for (const asked of Object.values(state.invitations))
    if (asked.registrationId === registrationId && asked.state === "lapsed") asked.owesAnswer = false;
};

const touch = (state: State, held: Held, at: Instant): Held => {
  held.updatedAt = at;
  held.change = nextChange(state);
  return held;
};

const nextChange = (state: State): number => {
  state.changes += 1;
  return state.changes;
};

const withdrawInvitations = (state: State, { registrationId }: Held, at: Instant): void => {
  for (const asked of Object.values(state.invitations))
    if (asked.registrationId === registrationId && isOpen(asked, at)) asked.state = "revoked";
};

/** When a message for it makes no sense any more, and no answer to it either. */
export const deadlineOf = ({ knownBy, comeBefore }: Pick<Asked, "knownBy" | "comeBefore">): Instant =>
  earliest(knownBy, comeBefore);

/** Within its window, or after it as long as a dose may come free. */
export const takesAnswer = (asked: Asked, at: Instant): boolean =>
  asked.state === "sent" || (asked.state === "lapsed" && asked.messages > 0 && at < deadlineOf(asked));

export const isOpen = (asked: Asked, at: Instant): boolean =>
  asked.state === "queued" || takesAnswer(asked, at);

const alphabet = "23456789BCDFGHJKLMNPQRSTVWXZ";

const newId = (state: State, world: World): ExternalId => {
  const letters = Array.from({ length: 8 }, () => alphabet[Math.floor(world.random() * alphabet.length)]);
  const id = `QX-${letters.join("")}` as ExternalId;
  return id in state.registrations ? newId(state, world) : id;
};
