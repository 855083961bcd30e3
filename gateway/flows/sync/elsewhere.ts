import { type ExternalId, type Instant, localDay, type PlatformName } from "../../../schema/primitives.ts";
import { daysBetween } from "../../core/eligibility.ts";
import * as audit from "../../store/audit.ts";
import * as campaigns from "../../store/campaigns.ts";
import type { Db } from "../../store/db.ts";
import type { VolunteerRow } from "../../store/volunteers.ts";
import { type Deps, policyOf, transact } from "../deps.ts";
import { endListLife } from "../end.ts";
import { whoIsKnown } from "./known.ts";

/** In a later campaign, a dose within the interval since the last one is that one, told again. */
export const isKnownDose = async (tx: Db, row: VolunteerRow, given: Instant): Promise<boolean> => {
  const campaign = await campaigns.byId(tx, row.campaign);
  if (!campaign?.origin || row.lastDoseOn === null) return false;
  const { intervalDays } = (await policyOf(tx, row, given)).rules;
  return daysBetween(row.lastDoseOn, localDay(given)) < Math.max(1, intervalDays);
};

/**
 * Ends the list life of someone whom a platform reports vaccinated, here and on every other platform (F14). Whoever
 * has left has none that could end.
 */
export const vaccinatedElsewhere = (
  deps: Deps,
  platform: PlatformName,
  { externalId, at: given }: { externalId: ExternalId; at: Instant },
): Promise<void> =>
  transact(deps, async (tx) => {
    const at = deps.now();
    const row = (await whoIsKnown(tx, platform, { sought: [], names: [externalId] })).named(externalId);
    if (!row || row.state === "closed" || row.state === "withdrawn") return;
    if (await isKnownDose(tx, row, given)) return;
    await endListLife(tx, { row, reason: "vaccinated", at, happened: given });
    const [event, subject] = ["volunteer.vaccinated", row.id];
    await audit.note(tx, { at, region: row.region, actor: platform, event, subject });
  });
