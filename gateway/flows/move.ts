import type { ErrorCode } from "../../schema/errors.ts";
import { type Instant, instant, localDay, millis, plusMinutes } from "../../schema/primitives.ts";
import type { InvitationEvent } from "../../schema/surplus.ts";
import { type Step, transition } from "../core/invitation.ts";
import type { DoseMove } from "../core/replay.ts";
import type { InvitationRow } from "../store/invitations.ts";
import type { Ledger } from "../store/ledger.ts";
import { type Actor, policyIn } from "./deps.ts";

/** Whoever was not needed, never reached or called off keeps their place at once. */
const keepsPlace = ({ kind }: InvitationEvent) =>
  kind === "revoked" || kind === "undeliverable" || kind === "released";

/**
 * After an invitation that ended without a yes: from when on the person may be asked again. Silence pauses only
 * those for whom a dose was held (F06): a standby owed no answer.
 */
const askAgainFrom = async (ledger: Ledger, row: InvitationRow, event: InvitationEvent): Promise<Instant> => {
  const surplus = await ledger.surpluses.byId(row.surplus);
  const { rules } = await policyIn(ledger, { region: row.region, campaign: row.campaign, at: event.at });
  const moments = [event.at, plusMinutes(row.decidedAt, rules.pauseMinutes)];
  if (surplus) moments.push(surplus.usableUntil);
  if (event.kind === "window-ended" && row.kind === "hold" && rules.silencePausesDays > 0)
    moments.push(instant(millis(event.at) + rules.silencePausesDays * 86_400_000));
  return moments.reduce((latest, each) => (each > latest ? each : latest));
};

/**
 * Whoever answers has been reached, also where no channel said so: a telephone never does. Otherwise the evening would
 * count their yes and not that they were asked.
 */
const reached = ({ state }: InvitationRow, { kind, at }: InvitationEvent): Partial<InvitationRow> =>
  state === "decided" && (kind === "yes" || kind === "declined") ? { takenAt: at } : {};

const changesOf = (row: InvitationRow, step: Step, event: InvitationEvent): Partial<InvitationRow> => {
  const { kind, at } = event;
  if (kind === "taken") return { takenAt: at, windowEndsAt: step.windowEndsAt };
  if (kind === "yes") return { yesAt: at, ...reached(row, event), ...(step.kind ? { kind: step.kind } : {}) };
  return { endedAt: at, ...reached(row, event) };
};

/**
 * Carries one event of an invitation through: its state, its dose, the person's place in the queue, the effects
 * and the audit line, in the caller's transaction. Where somebody else was first, the event is tried on what they
 * left: a yes still counts when the channel's note overtook it. Answers with the code of the refusal where the
 * invitation is past it, and nothing is changed then. Whoever hands on `promoted` gives the dose.
 */
export const move = async (
  ledger: Ledger,
  row: InvitationRow,
  event: InvitationEvent,
  actor: Actor = "gateway",
): Promise<Step | { refused: ErrorCode }> => {
  const step = transition(row, event);
  if ("refused" in step) return step;
  const moved = await ledger.invitations.advance(row, { state: step.state, ...changesOf(row, step, event) });
  if (!moved) {
    const since = await ledger.invitations.byId(row.id);
    return since ? move(ledger, since, event, actor) : { refused: "not_found" };
  }
  const given = step.dose && (await ledger.doses.release(row.id, step.dose)) ? step.dose : undefined;
  if (step.isOver)
    await ledger.queue.settle(
      row.volunteer,
      keepsPlace(event) ? null : await askAgainFrom(ledger, row, event),
    );
  await ledger.outbox.enqueue(step.effects, event.at);
  const doses: DoseMove[] = given ? [["held", given, 1]] : [];
  await ledger.audit.note({
    ...{ at: event.at, region: row.region, actor, event: `invitation.${event.kind}`, subject: row.id },
    facts: {
      ...{
        surplus: row.surplus,
        volunteer: row.volunteer,
        day: localDay(event.at),
        state: step.state,
        doses,
      },
      ...("cause" in event ? { cause: event.cause } : {}),
    },
  });
  return step;
};
