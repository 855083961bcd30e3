import { type Instant, localDay } from "../../schema/primitives.ts";
import {
  type Asked,
  type Asking,
  appetite,
  type Decision,
  decide,
  type Situation,
} from "../core/allocation.ts";
import { groupOf } from "../core/policy.ts";
import type { Patience } from "../core/sizing.ts";
import type { InvitationRow } from "../store/invitations.ts";
import type { Ledger } from "../store/ledger.ts";
import type { SurplusRow } from "../store/surpluses.ts";
import { ask, type Before, type Scene } from "./ask.ts";
import { askedUntil, channelOf, readBelief } from "./belief.ts";
import { firstInOrder } from "./candidates.ts";
import { type Deps, policyIn } from "./deps.ts";
import { move } from "./move.ts";
import { promote } from "./promote.ts";

/** `patience`: another than the engine's own, where a simulation searches for the best. */
export type World = { ledger: Ledger; deps: Pick<Deps, "uuid">; patience?: Patience };

const silent = new Set(["decided", "open", "lapsed"]);

const asAsked = (row: InvitationRow, now: Instant): Asked => {
  const { id, rank, kind, state, chance, leaveBy } = row;
  return {
    id,
    rank,
    kind,
    state,
    chance,
    leaveBy,
    askedAt: row.decidedAt,
    takenAt: row.takenAt ?? undefined,
    windowEndsAt: row.windowEndsAt ?? undefined,
    yesAt: row.yesAt ?? undefined,
    askedUntil: askedUntil(row),
    maySayYes: silent.has(state) && row.knownBy >= now,
  };
};

const standOf = ({ policy, now }: Scene, { rank, candidate }: Asking): Before => ({
  volunteer: candidate.id,
  rank,
  group: groupOf(policy.rules, candidate, localDay(now))?.name ?? "",
});

const apply = async (world: World, scene: Scene, decision: Decision): Promise<void> => {
  const { ledger } = world;
  const { surplus, asked, now, policy } = scene;
  const rows = new Map(asked.map((row) => [row.id, row]));
  for (const { id, event } of decision.release) {
    const row = rows.get(id);
    if (row) await move(ledger, row, event);
  }
  for (const id of decision.promote) {
    const row = rows.get(id);
    if (row) await promote(world, row, { surplus, rules: policy.rules, now });
  }
  const asks = [
    ...decision.hold.map((asking) => ({ asking, kind: "hold" as const })),
    ...decision.standby.map((asking) => ({ asking, kind: "standby" as const })),
  ];
  const before: Before[] = asked.map(({ volunteer, rank, reason }) => ({
    volunteer,
    rank,
    group: reason.group,
  }));
  let missed = 0;
  for (const { asking, kind } of asks) {
    const isAsked = await ask({ ...world, scene }, asking, { kind, before });
    if (isAsked) before.push(standOf(scene, asking));
    else missed += 1;
  }
  const at = missed > 0 ? now : decision.nextWakeAt;
  await ledger.outbox.enqueue([{ kind: "wake", surplus: surplus.id, at }], now);
};

const situationOf = async (
  ledger: Ledger,
  { surplus, asked, policy, now }: Scene,
): Promise<Omit<Situation, "candidates">> => {
  const doses = (await ledger.surpluses.counts([surplus.id])).get(surplus.id);
  const { free = 0, held = 0, promised = 0, used = 0, lost = 0 } = doses ?? {};
  return {
    surplus: {
      announced: free + held + promised + used + lost,
      free: free + held,
      usableUntil: surplus.usableUntil,
    },
    invitations: asked.map((row) => asAsked(row, now)),
    channel: await channelOf(ledger, surplus.centre, now),
    policy: policy.rules,
    belief: await readBelief(ledger, surplus.centre),
    now,
  };
};

/**
 * Looks at one open surplus, which the caller has locked, and does what its situation asks for: ends what is over,
 * promises what can be promised, asks who is next, and says when to look again.
 */
export const look = async (world: World, surplus: SurplusRow, now: Instant): Promise<void> => {
  const { ledger } = world;
  const policy = await policyIn(ledger, { region: surplus.region, campaign: surplus.campaign, at: now });
  const scene: Scene = { surplus, policy, asked: await ledger.invitations.ofSurplus(surplus.id), now };
  const situation = { ...(await situationOf(ledger, scene)), patience: world.patience };
  const want = appetite(situation);
  const except = new Set(
    scene.asked.filter(({ state }) => state !== "released").map(({ volunteer }) => volunteer),
  );
  const search = { offer: surplus, rules: policy.rules, now, want, except };
  const candidates = want === 0 ? [] : await firstInOrder(ledger, search);
  await apply(world, scene, decide({ ...situation, candidates }));
};
