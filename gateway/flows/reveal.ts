import { refuse } from "../../schema/errors.ts";
import type { BookingId } from "../../schema/primitives.ts";
import type { Reveal, Revealed } from "../../schema/reveal.ts";
import * as audit from "../store/audit.ts";
import * as bookings from "../store/bookings.ts";
import { acrossRegions, type Db } from "../store/db.ts";
import * as reveals from "../store/reveals.ts";
import * as volunteers from "../store/volunteers.ts";
import { type Actor, type Deps, transact } from "./deps.ts";
import { nationalOf } from "./person.ts";

/*
 * A national number is shown to nobody in passing: whoever needs one says why, for one person at a time, and both are
 * written down before it is shown.
 */

/** Notes who sees the numbers of these people, and why: a line of the audit for each, and the words sealed beside. */
export const noteReveals = async (
  tx: Db,
  deps: Deps,
  { people, reason, words, actor }: Reveal & { people: readonly volunteers.VolunteerRow[]; actor: Actor },
): Promise<void> => {
  const at = deps.now();
  const rows = people.map(({ id: volunteer, region }) => {
    const id = deps.uuid();
    const wordsSealed = deps.vault.seal(words, { table: "reveals", column: "words_sealed", id });
    return { id, region, volunteer, actor, reason, wordsSealed, at };
  });
  const event = "volunteer.number-revealed";
  const lines = rows.map(({ id, region, volunteer: subject }) => ({
    ...{ at, region, actor, event, subject, facts: { reason, reveal: id } },
  }));
  // Whoever is expected here may be registered elsewhere.
  await acrossRegions(tx, async (all) => {
    await reveals.note(all, ...rows);
    await audit.note(all, ...lines);
  });
};

/** The number of whoever is expected, or came. */
export const revealNumber = (
  deps: Deps,
  id: BookingId,
  { actor, ...why }: Reveal & { actor: Actor },
): Promise<Revealed> =>
  transact(deps, async (tx) => {
    const { volunteer } = (await bookings.byId(tx, id)) ?? refuse("not_found");
    const row = volunteer && (await volunteers.byId(tx, volunteer));
    if (!row) return refuse("not_found", "nobody is known to have this booking");
    const nationalNumber = nationalOf(deps, row);
    await noteReveals(tx, deps, { people: [row], actor, ...why });
    return { nationalNumber };
  });
