import type { Custody } from "../../store/custody.ts";
import * as dataKeys from "../../store/data-keys.ts";
import { firstDataKey, type Purpose } from "../../store/keyring.ts";
import { type Deps, transact } from "../deps.ts";
import { freshKey, rewrapped } from "./open.ts";

/** What an operator asked for cannot be done; says why. */
export class KeyRefusal extends Error {
  override readonly name = "KeyRefusal";
}

/**
 * Makes a new key for each of these purposes. It is used once all gateways know it. Refuses where an earlier one has not
 * taken over yet.
 */
export const rotate = (
  deps: Deps,
  custody: Custody,
  wanted: readonly Purpose[],
): Promise<dataKeys.KeyName[]> =>
  transact(deps, async (tx) => {
    await dataKeys.lock(tx);
    const rows = await dataKeys.all(tx);
    const made: dataKeys.KeyName[] = [];
    for (const purpose of wanted) {
      const own = rows.filter((row) => row.purpose === purpose);
      const open = deps.vault
        .versions(purpose)
        .filter((version) => !own.some((row) => row.version === version && row.retiredAt));
      if (open.length > 1 && own.length > 0)
        throw new KeyRefusal(`${purpose}: a rotation is under way; see npm run keys:status`);
      if (own.length === 0)
        for (const version of open) await dataKeys.addOwn(tx, { purpose, version, isUnwritten: false });
      const name = { purpose, version: Math.max(firstDataKey - 1, ...own.map(({ version }) => version)) + 1 };
      await dataKeys.add(tx, { ...name, ...(await freshKey(custody, name)), used: false });
      made.push(name);
    }
    return made;
  });

/** Wraps every data key anew by whoever wraps now, where another custodian did; answers with how many those were. */
export const rewrap = (deps: Deps, custody: Custody, { all = false } = {}): Promise<number> =>
  transact(deps, async (tx) => {
    await dataKeys.lock(tx);
    const rows = (await dataKeys.all(tx)).filter(
      ({ wrapped, wrappedBy }) => wrapped && (all || wrappedBy !== custody.current.name),
    );
    for (const row of rows) await dataKeys.rewrap(tx, row, await rewrapped(custody, row));
    return rows.length;
  });
