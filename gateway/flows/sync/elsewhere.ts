import type { ExternalId, PlatformName } from "../../../schema/primitives.ts";
import * as audit from "../../store/audit.ts";
import { type Deps, transact } from "../deps.ts";
import { endListLife } from "../manage.ts";
import { whoIsKnown } from "./known.ts";

/**
 * Ends the list life of someone whom a platform reports vaccinated, here and on every other platform (F14). Whoever
 * has left has none that could end.
 */
export const vaccinatedElsewhere = (
  deps: Deps,
  platform: PlatformName,
  externalId: ExternalId,
): Promise<void> =>
  transact(deps, async (tx) => {
    const at = deps.now();
    const row = (await whoIsKnown(tx, platform, { sought: [], names: [externalId] })).named(externalId);
    if (!row || row.state === "closed" || row.state === "withdrawn") return;
    await endListLife(tx, { row, reason: "vaccinated", at });
    const [event, subject] = ["volunteer.vaccinated", row.id];
    await audit.note(tx, { at, region: row.region, actor: platform, event, subject });
  });
