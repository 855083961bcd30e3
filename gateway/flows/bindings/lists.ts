import type { Instant, PlatformName } from "../../../schema/primitives.ts";
import { covers } from "../../core/consent.ts";
import * as consents from "../../store/consents.ts";
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
  /** Whether they are handed on to platforms at all. */
  isShared: boolean;
};

/** On which lists a person belongs now, by the bindings of their centres and by what they consented to. */
export const listsOf = async (
  tx: Db,
  { id, centres, consentText }: Pick<VolunteerRow, "id" | "centres" | "consentText">,
  at: Instant,
): Promise<Lists> => {
  if (centres.length === 0) return { rosters: [], withheld: [], stays: [], isShared: true };
  const bound = async (role: "roster" | "invite") => [
    ...new Set((await places.platformsFor(tx, { centres, role, at })).map(({ platform }) => platform)),
  ];
  // Whoever does not want to be handed on any more leaves each list, and stands on no other instead.
  if (await consents.isWithdrawn(tx, id, "share"))
    return { rosters: [], withheld: [], stays: [], isShared: false };
  const [lists, inviters] = [await bound("roster"), await bound("invite")];
  const rosters = lists.filter((platform) => covers(consentText, platform));
  const withheld = lists.filter((platform) => !covers(consentText, platform));
  return { rosters, withheld, stays: [...new Set([...rosters, ...inviters])], isShared: true };
};
