import { type ErrorCode, refuse } from "../../schema/errors.ts";
import type { Instant, InvitationId, Language } from "../../schema/primitives.ts";
import type { Invitation, InvitationEvent } from "../../schema/surplus.ts";
import { transition } from "../core/invitation.ts";
import * as bookings from "../store/bookings.ts";
import type { Db } from "../store/db.ts";
import * as invitations from "../store/invitations.ts";
import { ledgerOf } from "../store/ledger.ts";
import * as places from "../store/places.ts";
import * as queue from "../store/queue.ts";
import * as surpluses from "../store/surpluses.ts";
import * as volunteers from "../store/volunteers.ts";
import { explain } from "../words/explain.ts";
import { doseLeft, endBooking } from "./attend.ts";
import { confirmWay } from "./correspond.ts";
import { type Actor, type Deps, transact } from "./deps.ts";
import { look, type World } from "./look.ts";
import { move } from "./move.ts";
import { openToken } from "./token.ts";

export type Answer = "yes" | "no";

/** `inPerson`: whether they have said their birth date as well. */
const opened = async (tx: Db, deps: Deps, token: string) => {
  const held = await openToken(tx, deps, { token, purposes: ["answer", "personal"] });
  const row = held?.invitation && (await invitations.byId(tx, held.invitation));
  const person = held?.sent ? await volunteers.byId(tx, held.volunteer) : undefined;
  if (person && held) await confirmWay(tx, deps, { row: person, token: held });
  return { row: row || refuse("token_not_valid"), inPerson: held?.purpose === "personal" };
};

const surplusOf = async (tx: Db, row: invitations.InvitationRow) =>
  (await surpluses.byId(tx, row.surplus)) ?? refuse("not_found");

/** What the person sees of their booking: expected, until it is over; never whether a platform knows of it (F10). */
const promiseOf = (row: bookings.BookingRow | undefined): Pick<Invitation, "promise" | "comeAt"> => {
  if (!row) return {};
  const { state, at } = row;
  return state === "promised" || state === "booked"
    ? { promise: "expected", comeAt: at }
    : { promise: state };
};

/**
 * An invitation as the person invited may see it; why they were asked, which tells their age and group, only where it is
 * sure that it is they who read it.
 */
export const showInvitation = async (
  tx: Db,
  row: invitations.InvitationRow,
  inPerson: boolean,
): Promise<Invitation> => {
  const centre = (await places.centre(tx, row.centre)) ?? refuse("not_found");
  const language: Language = (await volunteers.byId(tx, row.volunteer))?.language ?? "en";
  const { id, name, municipality, postcode, latitude, longitude } = centre;
  const paused = row.state === "lapsed" ? await queue.pausedUntil(tx, row.volunteer) : undefined;
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    centre: { id, name, municipality, postcode, latitude, longitude },
    ...(paused ? { pausedUntil: paused } : {}),
    windowEndsAt: row.windowEndsAt ?? undefined,
    knownBy: row.knownBy,
    comeBefore: (await surplusOf(tx, row)).usableUntil,
    ...promiseOf(await bookings.byInvitation(tx, row.id)),
    ...(inPerson ? { reason: row.reason, explanation: explain(row.reason, language) } : {}),
    language,
  };
};

/** Done, or the code of the refusal, and then nothing is changed. */
type Taken = { refused: ErrorCode } | undefined;

/**
 * A yes, and what follows from it for the whole surplus at once: the dose that is held becomes a promise; a standby
 * is promised one as soon as nobody above can take it any more, which may be now.
 */
export const acceptIn = async (
  world: World,
  asked: invitations.InvitationRow,
  said: { at: Instant; actor: Actor },
): Promise<Taken> => {
  const { ledger } = world;
  const surplus = (await ledger.surpluses.lock(asked.surplus)) ?? refuse("not_found");
  const row = (await ledger.invitations.byId(asked.id)) ?? refuse("not_found");
  const event: InvitationEvent = { kind: "yes", at: said.at };
  const possible = transition(row, event);
  if ("refused" in possible) return possible;
  if (surplus.state !== "open" || surplus.usableUntil <= said.at) return { refused: "invitation_over" };
  // Somebody silent may have been asked for other doses since: only whoever waits in the queue is still free to.
  if (row.state === "lapsed" && !(await ledger.queue.claim(row.volunteer)))
    return { refused: "invitation_over" };
  const step = await move(ledger, row, event, said.actor);
  if ("refused" in step) return { refused: step.refused };
  await look(world, surplus, said.at);
  return undefined;
};

const take = async (
  tx: Db,
  deps: Deps,
  row: invitations.InvitationRow,
  { answer, ...said }: { answer: Answer; at: Instant; actor: Actor },
): Promise<Taken> => {
  const ledger = ledgerOf(tx);
  if (answer === "yes") return acceptIn({ ledger, deps }, row, said);
  const step = await move(ledger, row, { kind: "declined", at: said.at }, said.actor);
  return "refused" in step ? { refused: step.refused } : undefined;
};

/** Carries an answer through, or refuses it: the person's by token, or what was heard at a telephone. */
export const answerAs = async (
  tx: Db,
  deps: Deps,
  row: invitations.InvitationRow,
  said: { answer: Answer; at: Instant; actor: Actor },
): Promise<void> => {
  const taken = await take(tx, deps, row, said);
  if (taken) refuse(taken.refused);
};

export const readInvitation = (deps: Deps, token: string): Promise<Invitation> =>
  transact(deps, async (tx) => {
    const { row, inPerson } = await opened(tx, deps, token);
    return showInvitation(tx, row, inPerson);
  });

/** Yes or no, by token. The first answer counts; a second is told which it was. */
export const answer = (deps: Deps, token: string, said: Answer): Promise<Invitation> =>
  transact(deps, async (tx) => {
    const { row, inPerson } = await opened(tx, deps, token);
    await answerAs(tx, deps, row, { answer: said, at: deps.now(), actor: "volunteer" });
    return showInvitation(tx, (await invitations.byId(tx, row.id)) ?? row, inPerson);
  });

/**
 * "I cannot come after all": lets go of a promised dose, for the next person at once, and keeps the place on the list.
 * From whoever is not promised one yet, it is a no.
 */
export const callOff = (deps: Deps, token: string): Promise<Invitation> =>
  transact(deps, async (tx) => {
    const { row, inPerson } = await opened(tx, deps, token);
    const [at, actor] = [deps.now(), "volunteer"];
    const booking = await bookings.byInvitation(tx, row.id);
    if (booking && !bookings.expected.includes(booking.state)) refuse("booking_over");
    if (booking) {
      const dose = doseLeft(await surpluses.byId(tx, row.surplus), at);
      await endBooking(tx, booking, { outcome: "cancelled", dose, at, actor });
    } else await answerAs(tx, deps, row, { answer: "no", at, actor });
    return showInvitation(tx, (await invitations.byId(tx, row.id)) ?? row, inPerson);
  });

/**
 * An answer told by the platform that asked. One that comes too late, or twice, is no error there, and changes
 * nothing: the platform would be asked for it again and again.
 */
export const answerFromPlatform = (
  deps: Deps,
  id: InvitationId,
  said: { answer: Answer; actor: Actor },
): Promise<void> =>
  transact(deps, async (tx) => {
    const row = await invitations.byId(tx, id);
    if (row) await take(tx, deps, row, { ...said, at: deps.now() });
  });
