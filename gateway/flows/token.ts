import { type Instant, plusMinutes } from "../../schema/primitives.ts";
import type { Db } from "../store/db.ts";
import type { InvitationRow } from "../store/invitations.ts";
import { replacing } from "../store/keyring.ts";
import * as tokens from "../store/tokens.ts";
import type { Deps } from "./deps.ts";

const day = 24 * 60;

/**
 * In minutes, how long a token opens anything, where it does not end sooner. A link that is too old is no loss: whoever
 * reads the messages of a registered contact is sent a fresh one at any time. An answer's ends with its doses.
 */
export const lifetimes = {
  manage: 180 * day,
  letter: 90 * day,
  answer: 2 * day,
  personal: 30,
} as const satisfies Record<tokens.Purpose, number>;

/** Whoever has just registered has said all of it themselves, and is shown it for so many minutes. */
const justRegistered = 60;

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

/**
 * What a token opens; nothing once it is expired or revoked, or where it is for something else. One that an older key
 * digested is digested anew: only whoever brings it has its words.
 */
export const openToken = async (
  tx: Db,
  deps: Deps,
  { token, purposes }: { token: string; purposes: readonly tokens.Purpose[] },
): Promise<tokens.TokenRow | undefined> => {
  const [now, digests] = [deps.now(), deps.vault.digests("token", token)];
  const opened = await tokens.find(tx, { digests, purposes, now });
  if (!opened || plusMinutes(opened.issuedAt, lifetimes[opened.purpose]) <= now) return undefined;
  const after = replacing(digests, opened.digest);
  if (after) await tokens.redigest(tx, { before: opened.digest, after });
  return opened;
};

/** Whether this token shows and changes what is personal, or its holder has to say their birth date first. */
export const isPersonal = (deps: Deps, { purpose, issuedAt }: tokens.TokenRow): boolean =>
  purpose === "personal" || (purpose === "manage" && plusMinutes(issuedAt, justRegistered) >= deps.now());

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
  { row, expiresAt }: { row: InvitationRow; expiresAt?: Instant },
): Promise<string> => {
  const secret = deps.vault.digest("answer", row.id).subarray(-24);
  const token = Buffer.from(secret).toString("base64url");
  const [digest, { id: invitation, volunteer }] = [deps.vault.digest("token", token), row];
  await tokens.issue(tx, {
    ...{ digest, purpose: "answer", volunteer, invitation },
    ...{ issuedAt: deps.now(), expiresAt, sent: true },
  });
  return token;
};
