import type { ErrorCode } from "../../schema/errors.ts";
import { type Instant, instant, localDay, millis } from "../../schema/primitives.ts";
import type { InvitationEvent } from "../../schema/surplus.ts";
import { type Step, transition } from "../core/invitation.ts";
import * as audit from "../store/audit.ts";
import type { Db } from "../store/db.ts";
import * as doses from "../store/doses.ts";
import * as invitations from "../store/invitations.ts";
import * as outbox from "../store/outbox.ts";
import * as queue from "../store/queue.ts";
import * as surpluses from "../store/surpluses.ts";
import { type Actor, type Deps, policyOf } from "./deps.ts";

/** After an invitation that ended without a yes: from when on the person may be asked again. */
const askAgainFrom = async (
  tx: Db,
  row: invitations.InvitationRow,
  event: InvitationEvent,
): Promise<Instant> => {
  const surplus = await surpluses.byId(tx, row.surplus);
  const evening = surplus && surplus.usableUntil > event.at ? surplus.usableUntil : event.at;
  if (event.kind !== "window-ended") return evening;
  const { silencePausesDays } = (await policyOf(tx, row.region, event.at)).rules;
  return silencePausesDays === 0 ? evening : instant(millis(event.at) + silencePausesDays * 86_400_000);
};

const keepsPlace = (event: InvitationEvent) => event.kind === "revoked" || event.kind === "undeliverable";

/**
 * Carries one event of an invitation through: its state, its dose, the person's place in the queue, the effects
 * and the audit line, in the caller's transaction. Where somebody else was first, the event is tried on what they
 * left: a yes still counts when the channel's note overtook it. Answers with the code of the refusal where the
 * invitation is past it, and nothing is changed then.
 */
export const move = async (
  tx: Db,
  deps: Deps,
  row: invitations.InvitationRow,
  event: InvitationEvent,
  actor: Actor = "gateway",
): Promise<Step | { refused: ErrorCode }> => {
  const step = transition(row, event);
  if ("refused" in step) return step;
  const moved = await invitations.advance(tx, row, {
    state: step.state,
    ...(event.kind === "taken"
      ? { takenAt: event.at, windowEndsAt: step.windowEndsAt }
      : { endedAt: event.at }),
  });
  if (!moved) {
    const since = await invitations.byId(tx, row.id);
    return since ? move(tx, deps, since, event, actor) : { refused: "not_found" };
  }
  if (step.dose === "free" || step.dose === "removed") {
    await doses.release(tx, row.id, step.dose);
    await queue.settle(tx, row.volunteer, keepsPlace(event) ? null : await askAgainFrom(tx, row, event));
  }
  await outbox.enqueue(tx, step.effects, event.at);
  await audit.note(tx, {
    at: event.at,
    region: row.region,
    actor,
    event: `invitation.${event.kind}`,
    subject: row.id,
    facts: {
      surplus: row.surplus,
      volunteer: row.volunteer,
      day: localDay(event.at),
      ...("cause" in event ? { cause: event.cause } : {}),
    },
  });
  return step;
};
