import { Refusal } from "../../schema/errors.ts";
import { millis, plusMinutes } from "../../schema/primitives.ts";
import type { Db } from "../store/db.ts";
import * as tries from "../store/tries.ts";
import { type Deps, transact } from "./deps.ts";

/** What is counted together: `of` says of whom, and lies nowhere but as a keyed digest. */
export type Limit = { of: string; atMost: number; minutes: number };

const keyOf = (deps: Deps, { of }: Limit) => deps.vault.digest("tries", of);

/**
 * Counts a try against each of these limits before it is looked at, and refuses with the moment from which it may be
 * tried again where one is used up. It stands whatever becomes of the try: take it back with `forgive`.
 */
export const spend = async (deps: Deps, limits: readonly Limit[]): Promise<void> => {
  const now = deps.now();
  const tried = limits.map((limit) => ({ key: keyOf(deps, limit), until: plusMinutes(now, limit.minutes) }));
  const counts = await transact(deps, (tx) => tries.count(tx, tried, now));
  const used = limits.flatMap((limit, index) => {
    const key = tried[index]?.key;
    const counted = counts.find((each) => key && Buffer.compare(each.key, key) === 0);
    return counted && counted.count > limit.atMost ? [millis(counted.until)] : [];
  });
  if (used.length > 0)
    throw new Refusal("tries_spent", undefined, [], {
      retryAfterSeconds: Math.ceil((Math.max(...used) - millis(now)) / 1000),
    });
};

/** Takes a try back that was none in vain, in the transaction of what it led to. */
export const forgive = (tx: Db, deps: Deps, limits: readonly Limit[]) =>
  tries.forgive(
    tx,
    limits.map((limit) => keyOf(deps, limit)),
  );
