import type { Instant } from "../../../schema/primitives.ts";
import { evidence } from "../../core/identity.ts";
import { type Renumbering, renumbering } from "../../core/renumber.ts";
import type { Db } from "../../store/db.ts";
import * as former from "../../store/former.ts";
import type { VolunteerRow } from "../../store/volunteers.ts";
import type { Deps } from "../deps.ts";
import { keepWords } from "../identity.ts";
import { likened, sealNational } from "../person.ts";
import type { Sought } from "./known.ts";

/** What came of a number that was told: nothing, a doubt, or the registration as it now is. */
type Renumbered = Exclude<Renumbering, "take"> | VolunteerRow;

/**
 * Takes over the number that a platform tells of somebody whom it knows by name, where that is plausible; the old one
 * goes on finding them. A number that is somebody else's here is a doubt, and changes nothing.
 */
export const renumber = async (
  tx: Db,
  deps: Deps,
  { row, one, at, owner }: { row: VolunteerRow; one: Sought; at: Instant; owner?: VolunteerRow },
): Promise<Renumbered> => {
  const { nationalNumber } = one.entry;
  if (!nationalNumber || owner?.id === row.id || one.changedAt < row.updatedAt) return "none";
  if (owner) return "doubt";
  const { birthDate, entry } = one;
  const told = { ...entry, ...entry.contact, birthDate, nationalNumber };
  const meant = renumbering(likened(deps, row).person, told);
  if (meant !== "take") return meant;
  await keepWords(tx, deps, row);
  const digests = deps.vault.digests("identity", evidence({ ...entry, birthDate }));
  const identity = {
    identityDigest: deps.vault.digest("identity", evidence({ ...entry, birthDate })),
    twins: deps.vault.twins("identity", digests),
    nationalSealed: sealNational(deps, row.id, nationalNumber),
  };
  await former.replace(tx, row, { ...identity, until: at });
  return { ...row, ...identity };
};
