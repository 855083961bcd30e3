import type { CentreId, PlatformName, RegionId } from "../../schema/primitives.ts";
import * as keys from "../store/keys.ts";
import { type Deps, transact } from "./deps.ts";

export type KeyRole = "staff" | "agency" | "platform" | "reporting" | "operator";

/** Who is calling, and how far their key reaches: no region or centre named means all. */
export type Caller = {
  label: string;
  role: KeyRole;
  regions: RegionId[];
  centres: CentreId[];
  platform?: PlatformName;
};

/** The caller that a bearer key stands for; nothing where it opens nothing. */
export const authorise = async (deps: Deps, key: string): Promise<Caller | undefined> => {
  const row = await keys.find(deps.db, deps.vault.digests("key", key));
  return row && { ...row, platform: row.platform ?? undefined };
};

/** Makes a key valid; only its digest is kept. The same key again changes nothing. */
export const issueKey = (deps: Deps, key: string, caller: Caller): Promise<void> =>
  transact(deps, async (tx) => {
    await keys.put(tx, { ...caller, digest: deps.vault.digest("key", key), issuedAt: deps.now() });
  });
