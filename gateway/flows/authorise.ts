import type { KeyRole } from "../../schema/key.ts";
import type { CentreId, RegionId } from "../../schema/primitives.ts";
import { replacing } from "../store/keyring.ts";
import * as keys from "../store/keys.ts";
import { type Deps, transact } from "./deps.ts";

/** Who is calling, and how far their key reaches: no region or centre named means all. */
export type Caller = {
  label: string;
  role: KeyRole;
  regions: RegionId[];
  centres: CentreId[];
};

/**
 * The caller that a bearer key stands for; nothing where it opens nothing. One that an older key of the database digested
 * is digested anew: only whoever brings it has its words.
 */
export const authorise = async (deps: Deps, key: string): Promise<Caller | undefined> => {
  const digests = deps.vault.digests("key", key);
  const found = await keys.find(deps.db, digests);
  const after = found && replacing(digests, found.digest);
  if (found && after) await keys.redigest(deps.db, { before: found.digest, after });
  return found;
};

/** A key that is given at the start, by the settings or by the sandbox, rather than made over the API. */
export type GivenKey = { key: string; caller: Caller };

/**
 * Makes these keys valid, and ends every other under the same labels: whoever changes a key, since it may be in the
 * wrong hands, has changed it. Only digests are kept. The same keys again change nothing.
 */
export const issueKeys = (deps: Deps, given: readonly GivenKey[]): Promise<void> =>
  transact(deps, async (tx) => {
    const at = deps.now();
    for (const { key, caller } of given)
      await keys.put(tx, { ...caller, digest: deps.vault.digest("key", key), issuedAt: at });
    // A digest under an older version is still that key's own, unless every gateway finds it by the newer.
    const digests = given.flatMap(({ key }) => {
      const all = deps.vault.digests("key", key);
      return all.filter((each) => replacing(all, each) === undefined);
    });
    await keys.revokeOthers(tx, { labels: given.map(({ caller }) => caller.label), digests, at });
  });
