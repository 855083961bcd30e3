import type { Instant, PlatformName } from "../../../schema/primitives.ts";
import { covers } from "../../core/consent.ts";
import type { Db } from "../../store/db.ts";
import * as places from "../../store/places.ts";
import type { VolunteerRow } from "../../store/volunteers.ts";

export type Lists = {
  /** Where the person belongs: lists of their centres that their consent covers. */
  rosters: PlatformName[];
  /** Lists of their centres to which they have not consented. */
  withheld: PlatformName[];
  /** Platforms that have something to do with them, and so keep them: a list of theirs, or who asks them. */
  stays: PlatformName[];
};

/** On which lists a person belongs now, by the bindings of their centres and by what they consented to. */
export const listsOf = async (
  tx: Db,
  { centres, consentText }: Pick<VolunteerRow, "centres" | "consentText">,
  at: Instant,
): Promise<Lists> => {
  if (centres.length === 0) return { rosters: [], withheld: [], stays: [] };
  const bound = async (role: "roster" | "invite") => [
    ...new Set((await places.platformsFor(tx, { centres, role, at })).map(({ platform }) => platform)),
  ];
  const [lists, inviters] = [await bound("roster"), await bound("invite")];
  const rosters = lists.filter((platform) => covers(consentText, platform));
  const withheld = lists.filter((platform) => !covers(consentText, platform));
  return { rosters, withheld, stays: [...new Set([...rosters, ...inviters])] };
};
