import { type CampaignId, localDay } from "../../schema/primitives.ts";
import { closedBy } from "../core/official.ts";
import * as campaigns from "../store/campaigns.ts";
import type { Db } from "../store/db.ts";
import type { OfficialRow } from "../store/officials.ts";
import type { VolunteerRow } from "../store/volunteers.ts";

type Known = Pick<OfficialRow, "state" | "at">;

/** Whether that campaign began with the people of another: a dose of before is then no end, and only counts days. */
export const isLater = async (tx: Db, campaign: CampaignId): Promise<boolean> =>
  Boolean((await campaigns.byId(tx, campaign))?.origin);

/** What is known of somebody's official invitations as they come onto a list. */
export const onArrival = (
  row: VolunteerRow,
  known: readonly Known[],
  later: boolean,
): Pick<VolunteerRow, "closedFor" | "lastDoseOn"> => {
  const doses = known.filter(({ state }) => state === "vaccinated").map(({ at }) => localDay(at));
  const counting = later ? known.filter(({ state }) => state !== "vaccinated") : known;
  const days = [...doses, ...(row.lastDoseOn ? [row.lastDoseOn] : [])].toSorted((one, other) =>
    one < other ? -1 : 1,
  );
  return { closedFor: closedBy(counting.map(({ state }) => state)), lastDoseOn: days.at(-1) ?? null };
};
