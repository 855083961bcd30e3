import { consentedHere } from "../../core/consent.ts";
import * as absence from "../../store/absence.ts";
import * as audit from "../../store/audit.ts";
import * as bookings from "../../store/bookings.ts";
import type { Db } from "../../store/db.ts";
import { hexOf } from "../../store/digests.ts";
import * as invitations from "../../store/invitations.ts";
import * as readings from "../../store/readings.ts";
import * as volunteers from "../../store/volunteers.ts";
import { type Deps, transact } from "../deps.ts";
import { endListLife } from "../end.ts";
import { lockAsRead, type Pass } from "./pass.ts";

/* Those whom a complete pass has not seen have left that list. */

/** So few in one step that a turn of steps ends well within a worker's lease. */
const atOnce = 20;

/** Whoever is asked or promised a dose keeps it: a list's silence is not the person's. The next pass looks again. */
const isBusy = async (tx: Db, { id }: volunteers.VolunteerRow): Promise<boolean> =>
  Boolean((await invitations.liveOfVolunteer(tx, id)) ?? (await bookings.liveOfVolunteer(tx, id)));

/** Whether somebody is on the list by another way than that name: on another platform, or signed up here. */
const isKnownElsewhere = async (tx: Db, row: volunteers.VolunteerRow): Promise<boolean> => {
  if ((await absence.namesOf(tx, row.id)).length > 0) return true;
  const all = [row, ...(await volunteers.repeatsOf(tx, row.id))];
  return all.some(({ state, consentText }) => state !== "withdrawn" && consentedHere(consentText));
};

/** One name, one transaction; whoever was seen since stays. */
const believeOne = (deps: Deps, pass: Pass, { externalId, person }: absence.Missing): Promise<void> =>
  transact(deps, async (tx) => {
    const row = await volunteers.lock(tx, person);
    const [still] = await absence.missing(tx, pass, { only: externalId, limit: 1 });
    if (!row || still?.person !== person || (await isBusy(tx, row))) return;
    const at = deps.now();
    const { platform, number: reading } = pass;
    await absence.forget(tx, platform, externalId);
    const stays = await isKnownElsewhere(tx, row);
    if (!stays) await endListLife(tx, { row, reason: "withdrawn", at });
    const event = stays ? "volunteer.unlisted" : "volunteer.left";
    const line = { at, region: row.region, actor: platform, event, subject: person };
    // The list's name for somebody is theirs: whoever forgets them must not find it in the audit, which stays.
    const name = hexOf(deps.vault.digest("name", `${platform} ${externalId}`));
    await audit.note(tx, { ...line, facts: { reading, name } });
  });

/** Takes the next names of a pass that is believed off the list; the pass ends with the last of them. */
export const believeSome = async (deps: Deps, pass: Pass): Promise<void> => {
  const after = (pass.cursor ?? undefined) as absence.Missing["externalId"] | undefined;
  const gone = await absence.missing(deps.db, pass, { after, limit: atOnce });
  for (const each of gone) await believeOne(deps, pass, each);
  await transact(deps, async (tx) => {
    const row = await lockAsRead(tx, pass);
    const isOver = gone.length < atOnce;
    const values = isOver ? { endedAt: deps.now() } : { cursor: gone.at(-1)?.externalId ?? null };
    if (row) await readings.change(tx, row, values);
  });
};
