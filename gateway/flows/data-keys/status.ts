import type { Instant } from "../../../schema/primitives.ts";
import * as beginnings from "../../store/beginnings.ts";
import * as dataKeys from "../../store/data-keys.ts";
import type { Db } from "../../store/db.ts";
import { firstDataKey, type Purpose, purposes } from "../../store/keyring.ts";
import * as reseals from "../../store/reseals.ts";
import { type Deps, transact } from "../deps.ts";
import { settlesWithin } from "./open.ts";
import { KeyRefusal } from "./rotate.ts";

type State = "known" | "used" | "retired";
export type KeyStatus = {
  purpose: Purpose;
  version: number;
  /** "the operator's own" where the database holds none. */
  wrappedBy: string;
  state: State;
  since?: Instant;
  /** Rows that it wrote anew since it took over. */
  renewed: number;
  /** What it wrote and that still needs it, by column. */
  rows: { column: string; rows: number }[];
};

const stateOf = (row?: dataKeys.DataKeyRow): State => {
  if (row?.retiredAt) return "retired";
  return row && !row.usedAt ? "known" : "used";
};

/** Every key that is not removed, and how many rows it wrote. */
export const keyStatus = async ({ db, vault }: Pick<Deps, "db" | "vault">): Promise<KeyStatus[]> => {
  const kept = await dataKeys.all(db);
  const all: KeyStatus[] = [];
  for (const purpose of purposes) {
    const counts = await reseals.counts(db, purpose);
    for (const version of vault.versions(purpose)) {
      const row = kept.find((each) => each.purpose === purpose && each.version === version);
      all.push({
        ...{ purpose, version, state: stateOf(row), renewed: row?.renewed ?? 0 },
        wrappedBy: row?.wrappedBy ?? "the operator's own",
        since: row?.retiredAt ?? row?.usedAt ?? row?.createdAt,
        rows: counts
          .filter((each) => each.version === version)
          .map(({ table, column, rows }) => ({ column: `${table}.${column}`, rows })),
      });
    }
  }
  return all;
};

/** The check value of an own key goes once that key is of no more use: the next start does not ask for it. */
const forgetOwnKey = async (tx: Db, version: number): Promise<void> => {
  const rows = await dataKeys.all(tx);
  const gone = new Set(
    rows.flatMap((row) => (row.version === version && row.removedAt ? [row.purpose] : [])),
  );
  const isGone = (...of: Purpose[]) => of.every((purpose) => gone.has(purpose));
  if (isGone("names", "numbers", "replies") && !rows.some(({ wrappedBy }) => wrappedBy === `ring ${version}`))
    await beginnings.drop(tx, `sealing ${version}`);
  if (isGone("identity", "contact", "token", "general", "signing"))
    await beginnings.drop(tx, `digest ${version}`);
};

const finish = async (tx: Db, name: dataKeys.KeyName, publicKey?: string): Promise<void> => {
  await dataKeys.remove(tx, name, publicKey);
  if (name.version < firstDataKey) await forgetOwnKey(tx, name.version);
};

/**
 * Removes a key for ever. Refuses where something that still matters was written under it, or where a gateway may not
 * know yet that nobody writes under it.
 */
export const removeKey = (
  deps: Deps,
  { purpose, version }: dataKeys.KeyName,
  { settleSeconds = settlesWithin } = {},
): Promise<void> =>
  transact(deps, async (tx) => {
    await dataKeys.lock(tx);
    const row = await dataKeys.find(tx, { purpose, version });
    const name = `${purpose} ${version}`;
    if (!row?.retiredAt || row.removedAt)
      throw new KeyRefusal(`${name}: only a key that is retired can be removed; see npm run keys:status`);
    if (!(await dataKeys.allKnow(tx, { changed: row.changed, settleSeconds })))
      throw new KeyRefusal(`${name}: not every gateway knows yet that it is retired; try again in a minute`);
    // What was signed is checked with the public key, which stays.
    const pem = deps.vault.publicKeys().find((each) => each.version === version)?.pem;
    if (purpose === "signing" && pem) return void (await finish(tx, { purpose, version }, pem));
    const needs = (await reseals.counts(tx, purpose)).filter((each) => each.version === version);
    if (needs.length > 0)
      throw new KeyRefusal(
        `${name}: still needed by ${needs.map(({ table, column, rows }) => `${rows} of ${table}.${column}`).join(", ")}`,
      );
    await finish(tx, { purpose, version });
  });
