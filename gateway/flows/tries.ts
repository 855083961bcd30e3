import { Refusal } from "../../schema/errors.ts";
import { millis, plusMinutes } from "../../schema/primitives.ts";
import type { Db } from "../store/db.ts";
import * as tries from "../store/tries.ts";
import { type Deps, transact } from "./deps.ts";

/** What is counted together: `of` says of whom, and lies nowhere but as a keyed digest. */
export type Limit = { of: string; atMost: number; minutes: number };

const keyOf = (deps: Deps, { of }: Limit) => deps.vault.digest("tries", of);

/**
 * Counts a try against these limits, one after the other, before it is looked at, and refuses with the moment from which
 * it may be tried again at the first that is used up. What is refused there is not counted against the others: else
 * whoever hammers at one link would use up all that may be tried about its person. A try stands whatever becomes of it:
 * take it back with `forgive`.
 */
export const spend = async (deps: Deps, limits: readonly Limit[]): Promise<void> => {
  const now = deps.now();
  for (const [index, limit] of limits.entries()) {
    const tried = { key: keyOf(deps, limit), until: plusMinutes(now, limit.minutes) };
    const counted = await transact(deps, (tx) => tries.count(tx, tried, now));
    if (counted.count <= limit.atMost) continue;
    await transact(deps, (tx) => forgive(tx, deps, limits.slice(0, index)));
    throw new Refusal("tries_spent", undefined, [], {
      retryAfterSeconds: Math.ceil((millis(counted.until) - millis(now)) / 1000),
    });
  }
};

/** Takes a try back that was none in vain, in the transaction of what it led to. */
export const forgive = (tx: Db, deps: Deps, limits: readonly Limit[]) =>
  tries.forgive(
    tx,
    limits.map((limit) => keyOf(deps, limit)),
  );
