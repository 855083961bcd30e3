import type { KeyRole } from "../../schema/key.ts";
import type { CentreId, Instant, RegionId } from "../../schema/primitives.ts";
import { referenceOf } from "../store/digests.ts";
import { replacing } from "../store/keyring.ts";
import * as keys from "../store/keys.ts";
import { type Deps, transact } from "./deps.ts";

/** Who is calling, and how far their key reaches: no region or centre named means all. */
export type Caller = {
  label: string;
  role: KeyRole;
  regions: RegionId[];
  centres: CentreId[];
  /** When their access token expires; a key holds until it is ended. */
  validUntil?: Instant;
};

/** Who an access token is of, as its issuer names them, and what it makes of them here. */
export type TokenHolder = Omit<Caller, "label" | "validUntil"> & {
  issuer: string;
  subject: string;
  validUntil: Instant;
};

/** Reads access tokens, and refuses those that open nothing, with the reason. */
export type AccessTokens = { read(token: string): Promise<TokenHolder> };

/** The beginning of a JSON object in base64url, and two dots: a token in the compact form of RFC 7519. */
const accessToken = /^eyJ[\w-]*\.[\w-]+\.[\w-]*$/;

/**
 * The caller that a bearer key or an access token stands for; nothing where it opens nothing. Whoever comes with a token
 * is called by a reference made with a key, which stays the same: neither their name nor what their provider calls them
 * stands in the audit.
 */
export const authorise = async (deps: Deps, shown: string): Promise<Caller | undefined> => {
  if (!deps.accessTokens || !accessToken.test(shown)) return holderOf(deps, shown);
  const { issuer, subject, ...granted } = await deps.accessTokens.read(shown);
  const [reference = ""] = referencesOf(deps, { issuer, subject });
  return { label: `${granted.role}:${reference}`, ...granted };
};

/** Which references the audit has for somebody, by each version of the key that made them, the newest first. */
export const referencesOf = (
  { vault }: Pick<Deps, "vault">,
  { issuer, subject }: Pick<TokenHolder, "issuer" | "subject">,
): string[] => vault.digests("caller", JSON.stringify([issuer, subject])).map(referenceOf);

/**
 * The caller that a bearer key stands for; nothing where it opens nothing. One that an older key of the database digested
 * is digested anew: only whoever brings it has its words.
 */
const holderOf = async (deps: Deps, key: string): Promise<Caller | undefined> => {
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
