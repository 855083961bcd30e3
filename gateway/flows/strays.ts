import type { VolunteerId } from "../../schema/primitives.ts";
import * as audit from "../store/audit.ts";
import type { Db } from "../store/db.ts";
import * as former from "../store/former.ts";
import * as officials from "../store/officials.ts";
import * as outbox from "../store/outbox.ts";
import * as queue from "../store/queue.ts";
import * as strays from "../store/strays.ts";
import * as volunteers from "../store/volunteers.ts";
import { isLater, onArrival } from "./arrival.ts";
import type { Deps } from "./deps.ts";

/*
 * Whoever registered with a number that another had entered by mistake waits beside them, and is never called. Once that one
 * corrects it, they are people of their own: the eldest comes onto the list, the others are its repeats. Behind the
 * correction, whose time must not tell that there was anybody (F20).
 */

const free = async (tx: Db, deps: Deps, id: VolunteerId): Promise<void> => {
  const row = await volunteers.lock(tx, id);
  if (!row || row.repeatOf === null) return;
  const at = deps.now();
  const { identityDigest: digest } = row;
  const first = await strays.firstBy(tx, row);
  await former.leave(tx, row, { keeps: false, leaves: true, digest, until: at });
  const known = await officials.endingOf(tx, [digest]);
  const arrival = first ? {} : onArrival(row, known, await isLater(tx, row.campaign));
  // With its birth date the search sees it anew.
  const values = { ...arrival, repeatOf: first ?? null, birthDate: row.birthDate };
  await volunteers.change(tx, id, values);
  await queue.settle(tx, id);
  if (!first) await outbox.enqueue(tx, [{ kind: "roster-put", volunteer: id }], at);
  const line = { at, region: row.region, actor: "gateway", event: "volunteer.parted", subject: id };
  await audit.note(tx, { ...line, facts: { from: row.repeatOf, first } });
};

/** Frees those among these registrations and their repeats who wait beside somebody that they have nothing to do with. */
export const freeStrays = async (tx: Db, deps: Deps, ids: readonly VolunteerId[]): Promise<void> => {
  for (const id of await strays.find(tx, ids)) await free(tx, deps, id);
};
