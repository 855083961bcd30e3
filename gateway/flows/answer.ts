import { refuse } from "../../schema/errors.ts";
import type { BookingId, Instant, InvitationId, Language } from "../../schema/primitives.ts";
import type { Booking, Invitation } from "../../schema/surplus.ts";
import { arrivalAt } from "../core/booking.ts";
import * as bookings from "../store/bookings.ts";
import type { Db } from "../store/db.ts";
import * as doses from "../store/doses.ts";
import * as invitations from "../store/invitations.ts";
import * as outbox from "../store/outbox.ts";
import * as places from "../store/places.ts";
import * as surpluses from "../store/surpluses.ts";
import * as tokens from "../store/tokens.ts";
import * as volunteers from "../store/volunteers.ts";
import { explain } from "../words/explain.ts";
import { type Actor, type Deps, policyOf, transact } from "./deps.ts";
import { move } from "./move.ts";

export type Answer = "yes" | "no";

const byToken = async (tx: Db, deps: Deps, token: string): Promise<invitations.InvitationRow> => {
  const digests = deps.vault.digests("token", token);
  const opened = await tokens.find(tx, { digests, purpose: "answer", now: deps.now() });
  const row = opened?.invitation && (await invitations.byId(tx, opened.invitation));
  return row || refuse("token_not_valid");
};

const surplusOf = async (tx: Db, row: invitations.InvitationRow) =>
  (await surpluses.byId(tx, row.surplus)) ?? refuse("not_found");

/** An invitation as the person invited may see it. */
export const showInvitation = async (tx: Db, row: invitations.InvitationRow): Promise<Invitation> => {
  const centre = (await places.centre(tx, row.centre)) ?? refuse("not_found");
  const language: Language = (await volunteers.byId(tx, row.volunteer))?.language ?? "en";
  return {
    id: row.id,
    state: row.state,
    centre: { id: centre.id, name: centre.name, municipality: centre.municipality },
    windowEndsAt: row.windowEndsAt ?? undefined,
    comeBefore: (await surplusOf(tx, row)).usableUntil,
    comeAt: (await bookings.byInvitation(tx, row.id))?.at,
    reason: row.reason,
    explanation: explain(row.reason, language),
  };
};

/**
 * A yes: the dose that is held becomes a promise, in the gateway's own record; the platform is told afterwards
 * and its failure changes nothing (F10).
 */
const accept = async (
  tx: Db,
  deps: Deps,
  row: invitations.InvitationRow,
  said: { at: Instant; actor: Actor },
) => {
  const { usableUntil } = await surplusOf(tx, row);
  if (usableUntil <= said.at) return refuse("invitation_over");
  const { travelMinutes } = (await policyOf(tx, row.region, said.at)).rules;
  const comeAt = arrivalAt({ now: said.at, travelMinutes, usableUntil });
  const step = await move(tx, deps, row, { kind: "accepted", at: said.at, comeAt }, said.actor);
  if ("refused" in step) return refuse(step.refused);
  const id = deps.uuid() as BookingId;
  const { region, campaign, centre, surplus, volunteer } = row;
  await bookings.add(tx, {
    ...{ id, region, campaign, centre, surplus, volunteer, invitation: row.id },
    ...{ state: "promised", at: comeAt, promisedAt: said.at },
  });
  if (!(await doses.promise(tx, row.id, id))) refuse("invitation_over");
  return outbox.enqueue(tx, [{ kind: "book", booking: id, centre }], said.at);
};

/** Carries an answer through, whoever brings it: the person by token, a telephone, a platform. */
export const answerAs = async (
  tx: Db,
  deps: Deps,
  row: invitations.InvitationRow,
  { answer, ...said }: { answer: Answer; at: Instant; actor: Actor },
): Promise<void> => {
  if (answer === "yes") return accept(tx, deps, row, said);
  const step = await move(tx, deps, row, { kind: "declined", at: said.at }, said.actor);
  if ("refused" in step) refuse(step.refused);
};

export const readInvitation = (deps: Deps, token: string): Promise<Invitation> =>
  transact(deps, async (tx) => showInvitation(tx, await byToken(tx, deps, token)));

/** Yes or no, by token. The first answer counts; a second is told which it was. */
export const answer = (deps: Deps, token: string, said: Answer): Promise<Invitation> =>
  transact(deps, async (tx) => {
    const row = await byToken(tx, deps, token);
    await answerAs(tx, deps, row, { answer: said, at: deps.now(), actor: "volunteer" });
    return showInvitation(tx, (await invitations.byId(tx, row.id)) ?? row);
  });

/** The same, told by the platform that asked. An answer that comes too late, or twice, is not an error there. */
export const answerFromPlatform = (
  deps: Deps,
  id: InvitationId,
  said: { answer: Answer; actor: Actor },
): Promise<Booking["id"] | undefined> =>
  transact(deps, async (tx) => {
    const row = await invitations.byId(tx, id);
    if (!row || (row.state !== "open" && row.state !== "decided")) return undefined;
    const at = deps.now();
    const late = row.windowEndsAt !== null && row.windowEndsAt < at;
    await answerAs(tx, deps, row, { ...said, answer: late ? "no" : said.answer, at });
    return (await bookings.byInvitation(tx, id))?.id;
  });
