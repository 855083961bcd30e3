import * as beginnings from "../store/beginnings.ts";
import type { Db } from "../store/db.ts";
import { versionIn } from "../store/keyring.ts";
import * as places from "../store/places.ts";
import { VaultError } from "../store/vault.ts";
import { type Deps, transact } from "./deps.ts";

/** Whether the platforms and channels around the gateway are simulated. */
export type Kind = "sandbox" | "production";

/** What differs between this start and the first one on its database: its kind, or a key, with its version. */
export type Amiss = { what: "kind" } | { what: "sealing" | "digest"; version: number };

/** The database was begun by another kind of gateway, or with other keys. Names what differs and shows no key. */
export class OtherBeginning extends Error {
  readonly amiss: readonly Amiss[];
  constructor(amiss: readonly Amiss[]) {
    super(`this database began otherwise: ${amiss.map(({ what }) => what).join(", ")}`);
    this.name = "OtherBeginning";
    this.amiss = amiss;
  }
}

const text = "everydose";
const bound = { table: "beginnings", column: "value", id: "sealing" };

const noteKey = (tx: Db, what: "sealing" | "digest", value: Uint8Array) =>
  beginnings.add(tx, `${what} ${versionIn(value)}`, value);

/**
 * At the first start, notes in the database its kind, and of each key of the operator's own a value that only that key could have written.
 * Throws `OtherBeginning` at a later start whose keys could not read what is there, or whose kind is another. It is
 * asked before the vault learns any data key, which prove themselves as they are unwrapped.
 */
export const begin = (deps: Deps, kind: Kind): Promise<void> =>
  // There is no worker yet that could be nudged.
  transact({ ...deps, nudge: () => undefined }, async (tx) => {
    await places.lockConfiguration(tx);
    const known = await beginnings.all(tx);
    const began = known.get("kind");
    if (began && Buffer.from(began).toString() !== kind) throw new OtherBeginning([{ what: "kind" }]);
    const amiss = [...known].flatMap(([name, value]) => amissIn(deps, name, value));
    if (amiss.length > 0) throw new OtherBeginning(amiss);
    await beginnings.add(tx, "kind", Buffer.from(kind));
    const { vault } = deps;
    if (vault.owns.sealing) await noteKey(tx, "sealing", vault.seal(text, bound));
    if (vault.owns.digest) await noteKey(tx, "digest", vault.digest(bound.table, text));
  });

const amissIn = ({ vault }: Deps, name: string, value: Uint8Array): Amiss[] => {
  const [what] = name.split(" ");
  if (what === "digest") {
    const same = vault.digests(bound.table, text).some((each) => Buffer.compare(each, value) === 0);
    return same ? [] : [{ what, version: versionIn(value) }];
  }
  if (what !== "sealing") return [];
  try {
    vault.open(value, bound);
    return [];
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    return [{ what, version: versionIn(value) }];
  }
};
