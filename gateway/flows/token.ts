import type { Instant } from "../../schema/primitives.ts";
import type { Db } from "../store/db.ts";
import type { InvitationRow } from "../store/invitations.ts";
import { replacing } from "../store/keyring.ts";
import * as tokens from "../store/tokens.ts";
import type { Deps } from "./deps.ts";

/** A new token for a purpose, of which only the digest is kept. */
export const issueToken = async (
  tx: Db,
  deps: Deps,
  holder: Pick<tokens.TokenRow, "purpose" | "volunteer"> & Partial<tokens.TokenRow>,
): Promise<string> => {
  const token = deps.token();
  await tokens.issue(tx, { ...holder, digest: deps.vault.digest("token", token), issuedAt: deps.now() });
  return token;
};

/** What a token opens. One that an older key digested is digested anew: only whoever brings it has its words. */
export const openToken = async (
  tx: Db,
  deps: Deps,
  { token, purpose }: { token: string; purpose: tokens.Purpose },
): Promise<tokens.TokenRow | undefined> => {
  const digests = deps.vault.digests("token", token);
  const opened = await tokens.find(tx, { digests, purpose, now: deps.now() });
  const after = opened && replacing(digests, opened.digest);
  if (opened && after) await tokens.redigest(tx, { before: opened.digest, after });
  return opened;
};

/**
 * The tokens that follow from an id, by the versions of the key, the current first: what nobody can compute without it,
 * and whoever has it can make again.
 */
export const derivedTokens = (deps: Deps, kind: "answer" | "renewal", id: string): string[] =>
  deps.vault.digests(kind, id).map((secret) => Buffer.from(secret.subarray(-24)).toString("base64url"));

/**
 * The token that answers an invitation. It is derived from the invitation's id, so that each try of sending carries
 * the same one: an earlier try may have arrived although its reply was lost. 192 bits that nobody can compute without
 * the digest key; only the token's own digest is stored.
 */
export const answerToken = async (
  tx: Db,
  deps: Deps,
  row: InvitationRow,
  expiresAt?: Instant,
): Promise<string> => {
  const secret = deps.vault.digest("answer", row.id).subarray(-24);
  const token = Buffer.from(secret).toString("base64url");
  const [digest, { id: invitation, volunteer }] = [deps.vault.digest("token", token), row];
  await tokens.issue(tx, {
    ...{ digest, purpose: "answer", volunteer, invitation },
    ...{ issuedAt: deps.now(), expiresAt },
  });
  return token;
};
