import { refuse } from "../../schema/errors.ts";
import {
  earliest,
  type Instant,
  type InvitationId,
  localDay,
  plusMinutes,
  type VolunteerId,
} from "../../schema/primitives.ts";
import type { Policy } from "../../schema/region.ts";
import type { InvitationKind } from "../../schema/surplus.ts";
import type { Asking } from "../core/allocation.ts";
import { answersUntil, lastInvitation } from "../core/hours.ts";
import type { Rank } from "../core/order.ts";
import { reasonFor } from "../core/policy.ts";
import type { DoseMove } from "../core/replay.ts";
import type { InvitationRow } from "../store/invitations.ts";
import type { Ledger } from "../store/ledger.ts";
import type { SurplusRow } from "../store/surpluses.ts";
import type { Deps } from "./deps.ts";

export type Scene = {
  surplus: SurplusRow;
  policy: Policy;
  /** Everybody asked so far, in the authority's order. */
  asked: InvitationRow[];
  now: Instant;
};

/** Where somebody stood who was asked for these doses: all that later ones are told of them. */
export type Before = { volunteer: VolunteerId; rank: Rank; group: string };

const reasonOf = ({ policy, now }: Scene, { candidate, rank }: Asking, before: readonly Before[]) => {
  // Whoever was released and asked again is one person, also where few enough of a group are not told of.
  const people = new Map(before.map((each) => [each.volunteer, each]));
  const groups = [...people.values()].filter((each) => each.rank < rank).map(({ group }) => group);
  const reason = reasonFor(policy, candidate, { before: groups, day: localDay(now) });
  // Those of the centre's own list stand before its neighbours', whatever their age: "older" would not be true.
  return candidate.ring ? { ...reason, before: undefined } : reason;
};

const rowOf = (
  scene: Scene,
  { candidate, rank, chance, windowMinutes }: Asking,
  reason: InvitationRow["reason"],
) => {
  const { surplus, policy, now } = scene;
  const { rules } = policy;
  const { region, campaign, centre } = surplus;
  const leaveBy = earliest(
    plusMinutes(now, rules.leaveWithinMinutes),
    plusMinutes(lastInvitation(rules, surplus.usableUntil), 1),
  );
  return {
    ...{ region, campaign, centre, surplus: surplus.id, volunteer: candidate.id },
    ...{ state: "decided" as const, rank, chance, reason, windowMinutes, decidedAt: now, leaveBy },
    knownBy: answersUntil(rules, surplus.usableUntil),
  };
};

/**
 * Asks one person: takes them out of the queue, keeps a dose where one is held for them, and orders the message.
 * `before`: those asked so far, in this wave too. `false` where somebody else has asked this person meanwhile, or
 * they have left.
 */
export const ask = async (
  { ledger, deps, scene }: { ledger: Ledger; deps: Pick<Deps, "uuid">; scene: Scene },
  asking: Asking,
  { kind, before }: { kind: InvitationKind; before: readonly Before[] },
): Promise<boolean> => {
  const { surplus, now } = scene;
  const { candidate } = asking;
  if (!(await ledger.queue.claim(candidate.id))) return false;
  const id = deps.uuid() as InvitationId;
  const reason = reasonOf(scene, asking, before);
  await ledger.invitations.add({ ...rowOf(scene, asking, reason), id, kind });
  if (kind === "hold" && !(await ledger.doses.hold(surplus.id, id))) refuse("conflict");
  await ledger.outbox.enqueue([{ kind: "invite", invitation: id, centre: surplus.centre }], now);
  const doses: DoseMove[] = kind === "hold" ? [["free", "held", 1]] : [];
  await ledger.audit.note({
    ...{ at: now, region: surplus.region, actor: "gateway", event: "invitation.decided", subject: id },
    facts: { surplus: surplus.id, volunteer: candidate.id, state: "decided", kind, ...reason, doses },
  });
  return true;
};
