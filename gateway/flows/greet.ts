import { refuse } from "../../schema/errors.ts";
import { type Instant, plusMinutes, type VolunteerId } from "../../schema/primitives.ts";
import type { MessageKind } from "../../schema/surplus.ts";
import * as audit from "../store/audit.ts";
import type { Db } from "../store/db.ts";
import * as erasures from "../store/erasures.ts";
import * as queue from "../store/queue.ts";
import * as told from "../store/told.ts";
import * as volunteers from "../store/volunteers.ts";
import { orderLetter, wayOf } from "./correspond.ts";
import { type Deps, transact } from "./deps.ts";
import { evidencesOf } from "./erasure/bar.ts";

/*
 * Who is written to because somebody registered, or asked for a lost token. Both are decided behind the answer, so
 * that whoever asked does not learn from its time whether anybody was found (F20).
 */

/** Among so many of a person's earlier registrations, the newest, one with the same address is looked for. */
const searched = 50;
/** So many of them, the newest, are written to about a further one. */
const notified = 5;
/** An address is written to about the same person once in so many minutes. */
const everyMinutes = { registration: 60, recovery: 10 } as const;

/** Where a letter to them goes: its digests under all keys, the current one first. */
const addressesOf = (deps: Deps, row: volunteers.VolunteerRow): Uint8Array[] =>
  deps.vault.digests("contact", wayOf(deps, row));
const addressOf = (deps: Deps, row: volunteers.VolunteerRow): Uint8Array =>
  addressesOf(deps, row)[0] ?? refuse("internal");

type Letter = { row: volunteers.VolunteerRow; about: MessageKind; matter: keyof typeof everyMinutes };

/** Orders a letter, unless that address had one about this person a short while ago. */
const writeTo = async (tx: Db, deps: Deps, { row, about, matter }: Letter, now: Instant): Promise<void> => {
  const person = row.repeatOf ?? row.id;
  const since = plusMinutes(now, -everyMinutes[matter]);
  const [address = addressOf(deps, row), ...older] = addressesOf(deps, row);
  const noted = { person, about: matter, address, older };
  if (!(await told.note(tx, noted, { at: now, since }))) return;
  if (!(await orderLetter(tx, deps, { row, about }))) return;
  const line = { at: now, region: row.region, actor: "gateway", event: `volunteer.told-${about}` };
  await audit.note(tx, { ...line, subject: row.id });
};

/** Whoever was forgotten once and registers again is kept out by nothing any more. */
const welcomeBack = (tx: Db, deps: Deps, row: volunteers.VolunteerRow) =>
  erasures.unbar(
    tx,
    evidencesOf(deps, row).flatMap((each) => deps.vault.digests("identity", each)),
  );

/**
 * Welcomes a registration at its own address, a person's first and a repeat in the same words: a stranger who
 * enters somebody else's number with an address of their own must not tell from the mails whether that person was
 * on the list. For the same reason each earlier registration is told of the new one, whichever came first. Where an
 * address belongs to several registrations, it gets one letter, with the token of the oldest. `place`: they are registered
 * in another campaign too, and under a lock it shows whether they wait.
 */
export const greet = (
  deps: Deps,
  { volunteer, place }: { volunteer: VolunteerId; place?: true },
): Promise<void> =>
  transact(deps, async (tx) => {
    const row = await volunteers.byId(tx, volunteer);
    if (!row) return;
    const now = deps.now();
    if (place) await queue.settle(tx, row.id);
    await welcomeBack(tx, deps, row);
    const earlier = await volunteers.earlier(tx, row, searched);
    const eldest = (each: volunteers.VolunteerRow) => {
      const address = addressOf(deps, each);
      return earlier.findLast((other) => Buffer.compare(addressOf(deps, other), address) === 0) ?? each;
    };
    const own = eldest(row);
    const again = new Set([...(own === row ? [] : [own]), ...earlier.slice(0, notified).map(eldest)]);
    if (own === row) await writeTo(tx, deps, { row, about: "registered", matter: "registration" }, now);
    for (const each of again)
      await writeTo(tx, deps, { row: each, about: "registered-again", matter: "registration" }, now);
  });

/** Whether somebody who left has registered again: one link is enough, to where they are now. */
const cameBack = ({ state, identityDigest }: volunteers.VolunteerRow, found: volunteers.VolunteerRow[]) =>
  state === "withdrawn" &&
  found.some((each) => each.state !== state && Buffer.compare(each.identityDigest, identityDigest) === 0);

/** A new token for whoever can be reached by one of these ways, each person's first registration there. */
export const sendRecovery = (deps: Deps, ways: readonly string[]): Promise<void> =>
  transact(deps, async (tx) => {
    const now = deps.now();
    const digests = ways.map((way) => Buffer.from(way, "hex"));
    const found = await volunteers.byContact(tx, digests);
    for (const row of found.filter((each) => !cameBack(each, found)))
      await writeTo(tx, deps, { row, about: "recovery", matter: "recovery" }, now);
  });
