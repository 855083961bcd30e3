import { refuse } from "../../schema/errors.ts";
import type { RegionId } from "../../schema/primitives.ts";
import type { Contact, NewVolunteer } from "../../schema/volunteer.ts";
import { budgetsOf } from "../core/budget.ts";
import { reach } from "../core/identity.ts";
import * as budgets from "../store/budgets.ts";
import type { Db } from "../store/db.ts";
import * as places from "../store/places.ts";
import * as requests from "../store/requests.ts";
import type { Deps } from "./deps.ts";
import type { Request } from "./remember.ts";

/* For how many people one helper stands (F16): enough for a family or a house, too few to spam a street. */

type Helping = { region: RegionId; contact: Contact };

const isFull = async (tx: Db, deps: Deps, { region, contact }: Helping): Promise<number | undefined> => {
  // Of a region that there is not, the registration itself says so.
  const policy = await places.policyInForce(tx, region, { at: deps.now() });
  if (!policy) return undefined;
  const { helperAtMost } = budgetsOf(policy.rules);
  const digests = reach(contact).flatMap((way) => deps.vault.digests("contact", way));
  return (await budgets.countByContact(tx, digests, helperAtMost)) >= helperAtMost ? helperAtMost : undefined;
};

const refuseFull = (atMost: number): never =>
  refuse("helper_full", `this region lets one contact stand for ${atMost} people`, [
    {
      ...{ in: "body", at: "/helper/contact" },
      detail: `stands for ${atMost} people already: give another helper's contact, or the person's own`,
    },
  ]);

/** Within a change of one's own registration; a helper who stays the same stays. */
export const keepHelper = async (
  tx: Db,
  deps: Deps,
  { before, ...helping }: Helping & { before?: Contact },
): Promise<void> => {
  const same = before && reach(before).join() === reach(helping.contact).join();
  const full = same ? undefined : await isFull(tx, deps, helping);
  if (full !== undefined) refuseFull(full);
};

/**
 * Of a registration that names a helper, before it is taken in; nobody else's waits for this. A repeat of one that was
 * taken in gets its first answer.
 */
export const mayHelp = async (deps: Deps, input: NewVolunteer, request?: Request): Promise<void> => {
  if (!input.helper) return;
  const full = await isFull(deps.db, deps, { region: input.region, contact: input.helper.contact });
  if (full === undefined || (request && (await requests.find(deps.db, request)))) return;
  refuseFull(full);
};
