import {
  earliest,
  type Instant,
  type InvitationId,
  plusMinutes,
  type VolunteerId,
} from "../../schema/primitives.ts";
import type { InvitationKind, MessageKind } from "../../schema/surplus.ts";
import type { Contact } from "../../schema/volunteer.ts";
import * as queue from "../store/queue.ts";
import * as volunteers from "../store/volunteers.ts";
import { compose, type LetterFacts } from "../words/compose.ts";
import { messageToWrite } from "./carry.ts";
import { type Deps, policyOf, transact } from "./deps.ts";

export type Letter = {
  contact: Contact;
  letter: { reference: string; about: MessageKind; subject: string; body: string; short: string };
};

/** Which token a message carries: only those with a link. */
const tokenIn = (about: MessageKind) => {
  if (about === "invitation") return ["answer"] as const;
  return about === "consent" ||
    about === "confirm" ||
    about === "registered" ||
    about === "registered-again" ||
    about === "recovery"
    ? (["letter"] as const)
    : [];
};

/** Until when somebody is not called who did not react, where their region pauses the silent (F06). */
const pauseOf = (deps: Deps, id: VolunteerId): Promise<Instant | undefined> =>
  transact(deps, async (tx) => {
    const person = await volunteers.byId(tx, id);
    const policy = person && (await policyOf(tx, person, deps.now()));
    return policy?.rules.silencePausesDays ? queue.pausedUntil(tx, id) : undefined;
  });

/** The invitation of a standby has a letter of its own: no dose is kept for them. */
const letterFor = (about: MessageKind, kind?: InvitationKind): MessageKind =>
  about === "invitation" && kind === "standby" ? "standby" : about;

/**
 * Writes one message as it must be now, with the token of its link where it has one; nothing where the person is
 * unknown. The half hour of an invitation is told from this moment, and counts from when a channel took it (F03).
 */
export const write = async (
  deps: Deps,
  {
    publicUrl,
    ...ask
  }: { about: MessageKind; volunteer: VolunteerId; invitation?: InvitationId; publicUrl: string },
): Promise<Letter | undefined> => {
  const pausedUntil = ask.about === "lapsed" ? await pauseOf(deps, ask.volunteer) : undefined;
  const tokens = pausedUntil ? (["letter"] as const) : tokenIn(ask.about);
  const told = await messageToWrite(deps, { ...ask, tokens });
  if (!told) return undefined;
  const { row, surplus, centre, booking, issued } = told;
  const facts: LetterFacts = {
    givenName: told.givenName,
    helperName: told.helperName,
    link: issued.answer
      ? `${publicUrl}/answer#${issued.answer}`
      : issued.letter && `${publicUrl}/${ask.about === "consent" ? "consent" : "my-place"}#${issued.letter}`,
    centre,
    windowEndsAt: row && earliest(plusMinutes(deps.now(), row.windowMinutes), row.knownBy),
    knownBy: row?.knownBy,
    comeBefore: surplus?.usableUntil,
    comeAt: booking?.at,
    pausedUntil,
  };
  const words = compose({ about: letterFor(ask.about, row?.kind), language: told.language, facts });
  const matter =
    ask.about === "booking-moved" ? `${ask.invitation}-${booking?.at}` : (ask.invitation ?? deps.uuid());
  return {
    contact: told.contact,
    letter: { reference: `${matter}-${ask.about}`, about: ask.about, ...words },
  };
};
