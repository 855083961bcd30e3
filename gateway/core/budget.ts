import { type Instant, instant, millis } from "../../schema/primitives.ts";
import { Budgets, type PolicyRules } from "../../schema/region.ts";
import type { MessageKind } from "../../schema/surplus.ts";

/* Which letters wait, and which are not sent, once too many were. */

/**
 * `dose`: about a dose, or what keeps somebody on the lists that give doses: it leaves whatever was sent before.
 * `owed`: it waits for its turn. `asked`: anybody can have it sent by asking, so what is too much is not sent.
 */
export type Claim = "dose" | "owed" | "asked";

const claims: Partial<Record<MessageKind, Claim>> = {
  registered: "owed",
  confirm: "owed",
  merged: "owed",
  "registered-again": "asked",
  recovery: "asked",
};
export const claimOf = (about: MessageKind): Claim => claims[about] ?? "dose";

export const budgetsOf = ({ budgets }: Pick<PolicyRules, "budgets">): Budgets => Budgets.parse(budgets ?? {});

const [hourMs, dayMs] = [3_600_000, 86_400_000];
const floor = (at: Instant, ms: number): Instant => instant(millis(at) - (millis(at) % ms));

export const hourOf = (at: Instant): Instant => floor(at, hourMs);

/** So far ahead a letter is put off; whoever has not been written to by then is told to staff. */
const daysAhead = 3;

/** The days and their hours in which a letter may leave, from now on; only this hour where it must not wait. */
export const turns = (now: Instant, claim: Claim): { day: Instant; hours: Instant[] }[] =>
  Array.from({ length: claim === "owed" ? daysAhead : 1 }, (_, ahead) => {
    const day = instant(millis(floor(now, dayMs)) + ahead * dayMs);
    const first = ahead === 0 ? floor(now, hourMs) : day;
    const last = instant(millis(day) + dayMs);
    const count = claim === "owed" ? (millis(last) - millis(first)) / hourMs : 1;
    return { day, hours: Array.from({ length: count }, (__, nth) => instant(millis(first) + nth * hourMs)) };
  });
