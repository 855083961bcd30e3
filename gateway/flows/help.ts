import { Refusal } from "../../schema/errors.ts";
import type { RegionId } from "../../schema/primitives.ts";
import type { PolicyRules } from "../../schema/region.ts";
import type { Contact } from "../../schema/volunteer.ts";
import { budgetsOf } from "../core/budget.ts";
import { reach } from "../core/identity.ts";
import * as budgets from "../store/budgets.ts";
import type { Db } from "../store/db.ts";
import { hexOf } from "../store/digests.ts";
import type { Entry } from "../store/intake.ts";
import * as places from "../store/places.ts";
import type { Deps } from "./deps.ts";

/* For how many people one helper stands (F16): enough for a family or a house, too few to spam a street. */

/** A helper's contact, and for how many it may stand by a region's rules. */
export const helperBy = (deps: Deps, contact: Contact, rules: PolicyRules): budgets.Helper => ({
  digests: reach(contact).flatMap((way) => deps.vault.digests("contact", way)),
  atMost: budgetsOf(rules).helperAtMost,
});

export const helperFull = ({ atMost }: budgets.Helper): Refusal =>
  new Refusal("helper_full", `this region lets one contact stand for ${atMost} people`, [
    {
      ...{ in: "body", at: "/helper/contact" },
      detail: `stands for ${atMost} people already: give another helper's contact, or the person's own`,
    },
  ]);

/** Within a change of one's own registration; a helper who stays the same stays. */
export const keepHelper = async (
  tx: Db,
  deps: Deps,
  { before, region, contact }: { before?: Contact; region: RegionId; contact: Contact },
): Promise<void> => {
  if (before && reach(before).join() === reach(contact).join()) return;
  const policy = await places.policyInForce(tx, region, { at: deps.now() });
  if (!policy) return;
  const helper = helperBy(deps, contact, policy.rules);
  await budgets.lockContacts(tx, helper.digests);
  if ((await budgets.countByContact(tx, helper.digests, helper.atMost)) >= helper.atMost)
    throw helperFull(helper);
};

type Helped = Entry & { helper: budgets.Helper };
export const isHelped = (entry: Entry): entry is Helped => entry.helper !== undefined;

/**
 * Those of registrations about to be written in this transaction whose helper stands for enough people, with those
 * before them. Whoever else names these helpers waits for its end.
 */
export const withoutRoom = async (tx: Db, entries: readonly Helped[]): Promise<Set<Entry>> => {
  await budgets.lockContacts(
    tx,
    entries.flatMap(({ helper }) => helper.digests),
  );
  const nameOf = ({ helper }: Helped) => helper.digests.map(hexOf).join();
  const helpers = new Map(entries.map((entry) => [nameOf(entry), entry.helper]));
  const counted = await Promise.all(
    [...helpers].map(
      async ([name, { digests, atMost }]) =>
        [name, await budgets.countByContact(tx, digests, atMost)] as const,
    ),
  );
  const standing = new Map(counted);
  const joined = new Map<string, Set<Entry>>();
  const refused = new Set<Entry>();
  for (const entry of entries) {
    const ways = entry.helper.digests.map(hexOf);
    const beside = new Set(ways.flatMap((way) => [...(joined.get(way) ?? [])]));
    if ((standing.get(nameOf(entry)) ?? 0) + beside.size >= entry.helper.atMost) refused.add(entry);
    else if (!entry.row.repeatOf && !entry.row.closedFor)
      for (const way of ways) joined.set(way, (joined.get(way) ?? new Set()).add(entry));
  }
  return refused;
};
