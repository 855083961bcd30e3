import { refuse } from "../../schema/errors.ts";
import {
  type CentreId,
  type Instant,
  localDay,
  type Vaccine,
  type VolunteerId,
} from "../../schema/primitives.ts";
import type { PolicyRules } from "../../schema/region.ts";
import type { Rehearsal } from "../../schema/rehearsal.ts";
import { appetite, type Decision, decide } from "../core/allocation.ts";
import { windowLeft } from "../core/hours.ts";
import { groupOf, reasonFor } from "../core/policy.ts";
import { type Ledger, ledgerOf } from "../store/ledger.ts";
import * as places from "../store/places.ts";
import { explain } from "../words/explain.ts";
import { usable } from "./announce.ts";
import { channelOf, readBelief } from "./belief.ts";
import { firstInOrder } from "./candidates.ts";
import { type Deps, policyOf, transact } from "./deps.ts";

type Question = {
  centre: CentreId;
  vaccine: Vaccine;
  doses: number;
  usableUntil: Instant;
  /** Rules that are not in force; those in force without them. */
  rules?: PolicyRules;
};

/** Whom the engine asks at once for doses that are announced now. */
const firstWave = async (
  ledger: Ledger,
  { centre, vaccine, doses, usableUntil, rules, now }: Question & { rules: PolicyRules; now: Instant },
): Promise<Decision> => {
  const situation = {
    surplus: { announced: doses, free: doses, usableUntil },
    invitations: [],
    channel: await channelOf(ledger, centre, now),
    belief: await readBelief(ledger, centre),
    ...{ policy: rules, now },
  };
  const offer = { centre, vaccine, usableUntil };
  const want = appetite(situation);
  const search = { offer, rules, now, want, except: new Set<VolunteerId>() };
  return decide({ ...situation, candidates: want === 0 ? [] : await firstInOrder(ledger, search) });
};

/** Who would be called for such doses now, and why: the real lists and the real code, and nothing changed. */
export const rehearse = (deps: Deps, question: Question): Promise<Rehearsal> =>
  transact(deps, async (tx) => {
    const now = deps.now();
    const centre =
      (await places.centre(tx, question.centre)) ?? refuse("not_found", "there is no such centre");
    usable(question.usableUntil, now);
    const inForce = await policyOf(tx, { region: centre.region, campaign: question.rules?.campaign }, now);
    const policy = question.rules
      ? { ...inForce, rules: question.rules, version: inForce.version + 1 }
      : inForce;
    const { hold, standby } = await firstWave(ledgerOf(tx), { ...question, rules: policy.rules, now });
    const day = localDay(now);
    const people = [
      ...hold.map(({ candidate }) => ({ candidate, kind: "hold" as const })),
      ...standby.map(({ candidate }) => ({ candidate, kind: "standby" as const })),
    ];
    const groups = people.map(({ candidate }) => groupOf(policy.rules, candidate, day)?.name ?? "");
    const called = people.map(({ candidate, kind }, index) => {
      const reason = reasonFor(policy, candidate, { before: groups.slice(0, index), day });
      return { volunteer: candidate.id, kind, reason, explanation: explain(reason, "en") };
    });
    const windowMinutes = windowLeft(policy.rules, question.usableUntil, now);
    return { centre: centre.id, windowMinutes, policyVersion: policy.version, called };
  });
