import type { NewKey } from "../../schema/key.ts";
import type { CentreId, RegionId } from "../../schema/primitives.ts";
import * as keys from "../store/keys.ts";
import { type Deps, transact } from "./deps.ts";

export type KeyRole = NewKey["role"];

/** Who is calling, and how far their key reaches: no region or centre named means all. */
export type Caller = {
  label: string;
  role: KeyRole;
  regions: RegionId[];
  centres: CentreId[];
};

/** The caller that a bearer key stands for; nothing where it opens nothing. */
export const authorise = (deps: Deps, key: string): Promise<Caller | undefined> =>
  keys.find(deps.db, deps.vault.digests("key", key));

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
    // A digest under an older version of the digest key is still that key's own.
    const digests = given.flatMap(({ key }) => deps.vault.digests("key", key));
    await keys.revokeOthers(tx, { labels: given.map(({ caller }) => caller.label), digests, at });
  });
