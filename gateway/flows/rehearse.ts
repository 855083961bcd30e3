import { refuse } from "../../schema/errors.ts";
import { type CentreId, type Instant, localDay, type Vaccine } from "../../schema/primitives.ts";
import type { PolicyRules } from "../../schema/region.ts";
import type { Rehearsal } from "../../schema/rehearsal.ts";
import { windowLeft } from "../core/hours.ts";
import { groupOf, reasonFor } from "../core/policy.ts";
import { ledgerOf } from "../store/ledger.ts";
import * as places from "../store/places.ts";
import { explain } from "../words/explain.ts";
import { usable } from "./announce.ts";
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

/** Who would be called for such doses now, and why: the real lists and the real code, and nothing changed. */
export const rehearse = (deps: Deps, question: Question): Promise<Rehearsal> =>
  transact(deps, async (tx) => {
    const now = deps.now();
    const centre =
      (await places.centre(tx, question.centre)) ?? refuse("not_found", "there is no such centre");
    usable(question.usableUntil, now);
    const inForce = await policyOf(tx, centre.region, now);
    const policy = question.rules
      ? { ...inForce, rules: question.rules, version: inForce.version + 1 }
      : inForce;
    const windowMinutes = windowLeft(policy.rules, question.usableUntil, now);
    const offer = { centre: centre.id, vaccine: question.vaccine, usableUntil: question.usableUntil };
    const want = windowMinutes === 0 ? 0 : question.doses;
    const found = await firstInOrder(ledgerOf(tx), {
      offer,
      rules: policy.rules,
      now,
      want,
      except: new Set(),
    });
    const day = localDay(now);
    const groups = found.map((person) => groupOf(policy.rules, person, day)?.name ?? "");
    const called = found.map((person, index) => {
      const reason = reasonFor(policy, person, { before: groups.slice(0, index), day });
      return { volunteer: person.id, reason, explanation: explain(reason, "en") };
    });
    return { centre: centre.id, windowMinutes, policyVersion: policy.version, called };
  });
