import type { Call, CallOutcome } from "../../schema/call.ts";
import { refuse } from "../../schema/errors.ts";
import { type CentreId, earliest, type InvitationId, plusMinutes } from "../../schema/primitives.ts";
import * as invitations from "../store/invitations.ts";
import { ledgerOf } from "../store/ledger.ts";
import * as surpluses from "../store/surpluses.ts";
import * as volunteers from "../store/volunteers.ts";
import { answerAs, showInvitation } from "./answer.ts";
import { type Actor, type Deps, transact } from "./deps.ts";
import { move } from "./move.ts";
import { addressee } from "./person.ts";
import { noteSeen } from "./seen.ts";

/* The telephone of a centre that keeps a list of its own: whom to call, and what they said. */

/** Whom the centre's staff calls now, first in order first, with the number to dial. */
export const callSheet = (deps: Deps, centre: CentreId, actor: Actor): Promise<Call[]> =>
  transact(deps, async (tx) => {
    const calls: Call[] = [];
    const people: volunteers.VolunteerRow[] = [];
    for (const row of await invitations.callsOf(tx, centre)) {
      const person = await volunteers.byId(tx, row.volunteer);
      const surplus = await surpluses.byId(tx, row.surplus);
      if (!person || !surplus) continue;
      people.push(person);
      const { givenName, familyName, contact, language } = addressee(deps, person);
      const invitation = row.id;
      const { kind, knownBy } = row;
      const told = { kind, knownBy, place: row.reason.place, calls: row.calls, callBefore: row.leaveBy };
      calls.push({
        invitation,
        ...told,
        givenName,
        familyName,
        contact,
        language,
        comeBefore: surplus.usableUntil,
      });
    }
    await noteSeen(tx, deps, { people, actor, list: "calls", centre });
    return calls;
  });

/**
 * What staff heard. A call that nobody answers is not a silence: after the third the dose goes on to the next
 * person, and this one keeps their place (F04).
 */
export const recordCall = (deps: Deps, id: InvitationId, outcome: CallOutcome, actor: Actor) =>
  transact(deps, async (tx) => {
    const row = (await invitations.byId(tx, id)) ?? refuse("not_found");
    if (row.channel !== "telephone") refuse("not_found", "nobody is to be telephoned for this invitation");
    const at = deps.now();
    if (outcome !== "no-answer") await answerAs(tx, deps, row, { answer: outcome, at, actor });
    else {
      if (row.state !== "decided" && row.state !== "open") refuse("invitation_over");
      await invitations.noteCall(tx, id, earliest(plusMinutes(at, row.windowMinutes), row.knownBy));
      if (row.calls + 1 >= 3)
        await move(ledgerOf(tx), row, { kind: "undeliverable", at, cause: "no-answer" }, actor);
    }
    return showInvitation(tx, (await invitations.byId(tx, id)) ?? row, true);
  });

export const callCentre = async (deps: Deps, id: InvitationId): Promise<CentreId | undefined> =>
  (await invitations.byId(deps.db, id))?.centre;
