import type { CentreId } from "../../schema/primitives.ts";
import * as audit from "../store/audit.ts";
import { acrossRegions, type Db } from "../store/db.ts";
import type { VolunteerRow } from "../store/volunteers.ts";
import type { Actor, Deps } from "./deps.ts";

/** Who looks at people by their names, and on what. */
export type Look = { actor: Actor; list: "expected" | "calls" | "file"; centre: CentreId };
type Person = Pick<VolunteerRow, "id" | "region">;

/** A line of the audit for each of them, in the transaction that reads them: nobody is shown unseen. */
export const noteSeen = (
  tx: Db,
  { now }: Pick<Deps, "now">,
  { people, actor, ...facts }: Look & { people: readonly Person[] },
): Promise<void> => {
  const line = { at: now(), actor, event: "volunteer.seen", facts };
  const lines = people.map(({ id: subject, region }) => ({ ...line, region, subject }));
  // Whoever is expected here may be registered elsewhere.
  return acrossRegions(tx, (all) => audit.note(all, ...lines));
};
