import type { Instant } from "../../schema/primitives.ts";
import type { Budgets } from "../../schema/region.ts";
import type { MessageKind } from "../../schema/surplus.ts";
import { budgetsOf, claimOf, hourOf, turns } from "../core/budget.ts";
import { consentedHere } from "../core/consent.ts";
import { reach } from "../core/identity.ts";
import * as audit from "../store/audit.ts";
import * as budgets from "../store/budgets.ts";
import type { Db } from "../store/db.ts";
import { hexOf } from "../store/digests.ts";
import * as outbox from "../store/outbox.ts";
import type { TokenRow } from "../store/tokens.ts";
import type { VolunteerRow } from "../store/volunteers.ts";
import { type Deps, policyOf } from "./deps.ts";
import { contactOf } from "./person.ts";

/*
 * Letters are ordered within budgets, in the transaction that orders them: for each registration and each address a day,
 * for each region an hour. An address at which nobody has ever followed a link gets its first letter, whatever is about a
 * dose, and one more link of each kind a day, in half of the day's letters at the most: to whoever lost it, that is a way back, and whoever reads that somebody else
 * used their details is warned; to a stranger it is hardly a nuisance.
 */

/** Where a letter to them goes: e-mail, or else the telephone. */
export const wayOf = (deps: Deps, row: VolunteerRow): string => reach(contactOf(deps, row)).at(-1) ?? "";

type Letter = { row: VolunteerRow; about: MessageKind };
type Turn = { at: Instant } | { over: budgets.Budget["scope"] };

/** More links of one kind to an address of which nobody has shown that they read it, a day. */
const linksUnconfirmed = 1;

/** Of a day's letters to one address, so many of those who never showed that they read there: others keep the rest. */
const shareUnconfirmed = 0.5;

/** On a platform's list, that platform has written to them. */
const isTrusted = async (tx: Db, { row }: Letter): Promise<boolean> =>
  !consentedHere(row.consentText) || budgets.isConfirmed(tx, row.id);

/** What an address is written of whoever has shown nothing: the first letter is what confirms it. */
const ofUnconfirmed = (about: MessageKind, address: string, perDay: number): [string, number][] => [
  [address, Math.ceil(perDay * shareUnconfirmed)],
  ...(claimOf(about) === "owed" ? [] : ([[`${address} ${about}`, linksUnconfirmed]] as [string, number][])),
];

const turnFor = async (tx: Db, deps: Deps, letter: Letter, limits: Budgets): Promise<Turn> => {
  const { row, about } = letter;
  const now = deps.now();
  const { region } = row;
  const address = hexOf(deps.vault.digest("contact", wayOf(deps, row)));
  const unconfirmed = (await isTrusted(tx, letter))
    ? []
    : ofUnconfirmed(about, address, limits.messagesPerContactDay);
  let over: budgets.Budget["scope"] = "region";
  for (const { day, hours } of turns(now, claimOf(about))) {
    const daily: [budgets.Budget, number][] = [
      [{ region, scope: "person", key: row.id, fromAt: day }, limits.messagesPerPersonDay],
      [{ region, scope: "contact", key: address, fromAt: day }, limits.messagesPerContactDay],
      ...unconfirmed.map(([key, atMost]): [budgets.Budget, number] => [
        { region, scope: "unconfirmed", key, fromAt: day },
        atMost,
      ]),
    ];
    const taken: budgets.Budget[] = [];
    for (const [budget, atMost] of daily) {
      if (await budgets.take(tx, budget, atMost)) taken.push(budget);
      else over = budget.scope;
    }
    if (taken.length === daily.length) {
      over = "region";
      for (const hour of hours) {
        const hourly: budgets.Budget = { region, scope: "region", key: "", fromAt: hour };
        if (await budgets.take(tx, hourly, limits.messagesPerRegionHour))
          return { at: hour > now ? hour : now };
      }
    }
    for (const budget of taken) await budgets.giveBack(tx, budget);
  }
  return { over };
};

type Note = { at: Instant; became: "deferred" | "refused"; over?: string; until?: Instant };

const noteForStaff = async (tx: Db, { row, about }: Letter, { at, became, ...why }: Note): Promise<void> => {
  const { region, id: subject } = row;
  await budgets.add(tx, { region, scope: became, key: about, fromAt: hourOf(at) });
  const line = { at, region, actor: "gateway", event: `message.${became}`, subject };
  await audit.note(tx, { ...line, facts: { about, ...why } });
};

/** Orders a letter, now or for when there is room; says whether it will leave. Staff see what was put off or left out. */
export const orderLetter = async (tx: Db, deps: Deps, letter: Letter): Promise<boolean> => {
  const { row, about } = letter;
  const now = deps.now();
  const order = { kind: "message" as const, about, volunteer: row.id };
  if (claimOf(about) === "dose") {
    await outbox.enqueue(tx, [order], now);
    return true;
  }
  const turn = await turnFor(tx, deps, letter, budgetsOf((await policyOf(tx, row, now)).rules));
  if ("over" in turn) {
    await noteForStaff(tx, letter, { at: now, became: "refused", over: turn.over });
    return false;
  }
  const isLater = turn.at > now;
  await outbox.enqueue(tx, [isLater ? { ...order, at: turn.at } : order], now);
  if (isLater) await noteForStaff(tx, letter, { at: now, became: "deferred", until: turn.at });
  return true;
};

/** Whoever follows a link that was sent reads there; one that was shown on registering says nothing of it. */
export const confirmWay = async (
  tx: Db,
  deps: Deps,
  { row, token }: { row: VolunteerRow; token: Pick<TokenRow, "sent" | "issuedAt"> },
): Promise<void> => {
  if (!token.sent) return;
  const whose = { region: row.region, volunteer: row.id };
  await budgets.confirm(tx, { ...whose, sentAt: token.issuedAt, at: deps.now() });
};

/** Somebody gave another address: its reader shows by the link of one letter that they read there. */
export const moveWay = async (tx: Db, deps: Deps, row: VolunteerRow): Promise<void> => {
  await budgets.moveTo(tx, { region: row.region, volunteer: row.id, since: deps.now() });
  await orderLetter(tx, deps, { row, about: "confirm" });
};
