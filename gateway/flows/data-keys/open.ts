import { randomBytes } from "node:crypto";
import { type Custody, CustodyError } from "../../store/custody.ts";
import * as dataKeys from "../../store/data-keys.ts";
import type { Db } from "../../store/db.ts";
import { type DataKey, firstDataKey, purposes } from "../../store/keyring.ts";
import type { Deps } from "../deps.ts";

/* The data keys are unwrapped once and held in memory: to seal or to open asks nobody for anything. */

const keyBytes = 32;

/** In seconds, how long a request, a batch or a page of a list may go on with the keys that it began with. */
export const settlesWithin = 20;

export type KnownKeys = {
  /** Up to which change of the data keys the vault knows them. */
  known(): number;
  /** Learns what has changed. Throws `CustodyError` where a key cannot be unwrapped; the vault is as before then. */
  refresh(): Promise<void>;
};

const labelOf = ({ purpose, version }: dataKeys.KeyName): string => `everydose ${purpose} ${version}`;

/** A new random key, wrapped. */
export const freshKey = async (
  custody: Custody,
  name: dataKeys.KeyName,
): Promise<{ wrapped: Uint8Array; wrappedBy: string }> => ({
  wrapped: await custody.current.wrap(randomBytes(keyBytes), labelOf(name)),
  wrappedBy: custody.current.name,
});

export const unwrapped = async (custody: Custody, row: dataKeys.DataKeyRow): Promise<Uint8Array> => {
  const by = row.wrappedBy ?? "nobody";
  const custodian = custody.named(by);
  const name = `the data key ${row.purpose} ${row.version}`;
  if (!custodian) throw new CustodyError(`${name} was wrapped by ${by}, which is not given`);
  const key = await custodian.unwrap(row.wrapped ?? new Uint8Array(), labelOf(row));
  if (key.length !== keyBytes)
    throw new CustodyError(`${name} has ${key.length} bytes instead of ${keyBytes}`);
  return key;
};

/** The same key, wrapped by the custodian that wraps now. */
export const rewrapped = async (custody: Custody, row: dataKeys.DataKeyRow) => ({
  wrapped: await custody.current.wrap(await unwrapped(custody, row), labelOf(row)),
  wrappedBy: custody.current.name,
});

const stateOf = ({ usedAt, retiredAt, removedAt }: dataKeys.DataKeyRow): DataKey["state"] => {
  if (removedAt) return "removed";
  if (retiredAt) return "retired";
  return usedAt ? "used" : "known";
};

/** A database in which nobody has written yet begins with data keys; any other gets them by a rotation. */
const beginWithKeys = async (tx: Db, vault: Deps["vault"], custody: Custody): Promise<void> => {
  await dataKeys.lock(tx);
  if ((await dataKeys.lastChange(tx)) > 0 || !(await dataKeys.isUnwritten(tx))) return;
  for (const purpose of purposes) {
    for (const version of vault.versions(purpose))
      await dataKeys.addOwn(tx, { purpose, version, isUnwritten: true });
    const name = { purpose, version: firstDataKey };
    await dataKeys.add(tx, { ...name, ...(await freshKey(custody, name)), used: true });
  }
};

/**
 * Gives the vault this database's data keys, and makes the first ones where nobody has written in it, unless whoever
 * asks only reads.
 */
export const openDataKeys = async (
  { db, vault }: Pick<Deps, "db" | "vault">,
  custody: Custody,
  { readOnly = false } = {},
): Promise<KnownKeys> => {
  const held = new Map<string, Uint8Array>();
  let known = -1;
  const keyOf = async (row: dataKeys.DataKeyRow): Promise<Uint8Array | undefined> => {
    if (row.wrapped === null) return undefined;
    const label = labelOf(row);
    const key = held.get(label) ?? (await unwrapped(custody, row));
    held.set(label, key);
    return key;
  };
  const refresh = async (): Promise<void> => {
    if ((await dataKeys.lastChange(db)) === known) return;
    const rows = await dataKeys.all(db);
    const keys: DataKey[] = [];
    for (const row of rows)
      keys.push({
        ...{ purpose: row.purpose, version: row.version, state: stateOf(row), key: await keyOf(row) },
        publicKey: row.publicKey ?? undefined,
      });
    vault.learn(keys);
    known = Math.max(0, ...rows.map(({ changed }) => changed));
  };
  if (!readOnly) await db.transaction((tx) => beginWithKeys(tx, vault, custody));
  await refresh();
  return { known: () => known, refresh };
};
