import type { InvitationId, VolunteerId } from "../../../schema/primitives.ts";
import * as blocks from "../../store/blocks.ts";
import { type Db, isTaken } from "../../store/db.ts";
import * as identityWords from "../../store/identity-words.ts";
import { versionIn } from "../../store/keyring.ts";
import * as reseals from "../../store/reseals.ts";
import * as volunteers from "../../store/volunteers.ts";
import { blocksOf } from "../compare.ts";
import type { Deps } from "../deps.ts";
import { wordsOf } from "../identity.ts";
import { contactDigests } from "../person.ts";
import { derivedTokens } from "../token.ts";

/* Digests say nothing of what they were made of: that is opened, or derived, and digested anew. */

type To = { version: number; span: reseals.Span };
/** What came of some rows: `last` is the last that was looked at, by its keys; nothing where there are no more. */
export type Renewed = { last?: readonly string[]; renewed: number };
type Pair = { before: Uint8Array; after: Uint8Array };

const people: reseals.Walk = { table: "volunteers", keys: [{ name: "id", type: "uuid" }] };
const words: reseals.Walk = { table: "identity_words", keys: [{ name: "digest", type: "bytea" }] };
const tokens: reseals.Walk = { table: "tokens", keys: [{ name: "digest", type: "bytea" }] };
const renewals: reseals.Walk = { table: "renewals", keys: [{ name: "id", type: "uuid" }] };

const rowsOf = (tx: Db, found: readonly reseals.Old[]) =>
  volunteers.lockAll(
    tx,
    found.map(({ keys }) => keys[0] as VolunteerId),
  );

/** All at once; where two registrations turn out to be one person's, one by one, and those two stay as they are. */
const replaceAll = async (tx: Db, pairs: readonly Pair[]): Promise<number> => {
  if (pairs.length === 0) return 0;
  try {
    await tx.transaction((nested) => identityWords.replace(nested, pairs));
    return pairs.length;
  } catch (error) {
    if (!isTaken(error)) throw error;
    if (pairs.length === 1) return 0;
    let replaced = 0;
    for (const pair of pairs) replaced += await replaceAll(tx, [pair]);
    return replaced;
  }
};

export const renewIdentities = async (tx: Db, deps: Deps, { version, span }: To): Promise<Renewed> => {
  const found = await reseals.old(tx, people, { columns: ["identity_digest"], version }, span);
  const pairs = new Map<string, Pair>();
  for (const row of await rowsOf(tx, found)) {
    const before = row.identityDigest;
    const told = await wordsOf(tx, deps, row);
    if (told === undefined || versionIn(before) === version) continue;
    pairs.set(identityWords.boundTo(before).id, { before, after: deps.vault.digest("identity", told) });
  }
  return { last: found.at(-1)?.keys, renewed: await replaceAll(tx, [...pairs.values()]) };
};

/** The words that are kept for a digest follow it, since they are sealed to it. */
export const renewWords = async (tx: Db, deps: Deps, { version, span }: To): Promise<Renewed> => {
  const found = await reseals.old(tx, words, { columns: ["digest"], version }, span);
  let renewed = 0;
  for (const { digest, words_sealed: sealed } of found) {
    if (!(digest instanceof Uint8Array) || !(sealed instanceof Uint8Array)) continue;
    const told = deps.vault.open(sealed, identityWords.boundTo(digest));
    const after = deps.vault.digest("identity", told);
    if ((await replaceAll(tx, [{ before: digest, after }])) === 0) continue;
    await identityWords.keep(tx, {
      digest: after,
      wordsSealed: deps.vault.seal(told, identityWords.boundTo(after)),
    });
    await identityWords.drop(tx, digest);
    renewed += 1;
  }
  return { last: found.at(-1)?.keys, renewed };
};

export const renewContacts = async (tx: Db, deps: Deps, { version, span }: To): Promise<Renewed> => {
  const also = reseals.hasOldBlock(version);
  const found = await reseals.old(tx, people, { columns: ["contact_digests"], version, also }, span);
  const rows = await rowsOf(tx, found);
  await reseals.put(
    tx,
    people,
    "contact_digests",
    rows.map((row) => ({ keys: [row.id], value: contactDigests(deps, row) })),
  );
  const compared = new Set(found.flatMap(({ compared, keys: [id] }) => (compared ? [id] : [])));
  for (const row of rows) await blocks.put(tx, row.id, compared.has(row.id) ? blocksOf(deps, row) : []);
  return { last: found.at(-1)?.keys, renewed: rows.length };
};

/** The token that was derived from this id and has this digest, digested under the key that writes now. */
const digestAnew = (
  deps: Deps,
  { kind, id, digest }: { kind: "answer" | "renewal"; id: string; digest: unknown },
) => {
  if (!(digest instanceof Uint8Array)) return undefined;
  const token = derivedTokens(deps, kind, id).find((each) =>
    deps.vault.digests("token", each).some((one) => Buffer.compare(one, digest) === 0),
  );
  return token === undefined ? undefined : deps.vault.digest("token", token);
};

export const renewAnswerTokens = async (tx: Db, deps: Deps, { version, span }: To): Promise<Renewed> => {
  const only = reseals.isAnswerToken;
  const found = await reseals.old(tx, tokens, { columns: ["digest"], version, only }, span);
  const values = found.flatMap(({ keys, digest, invitation }) => {
    const value = digestAnew(deps, { kind: "answer", id: String(invitation) as InvitationId, digest });
    return value ? [{ keys, value }] : [];
  });
  await reseals.put(tx, tokens, "digest", values);
  return { last: found.at(-1)?.keys, renewed: values.length };
};

export const renewRenewals = async (tx: Db, deps: Deps, { version, span }: To): Promise<Renewed> => {
  const found = await reseals.old(tx, renewals, { columns: ["token_digest"], version }, span);
  const values = found.flatMap(({ keys, token_digest: digest }) => {
    const value = digestAnew(deps, { kind: "renewal", id: keys[0] ?? "", digest });
    return value ? [{ keys, value }] : [];
  });
  await reseals.put(tx, renewals, "token_digest", values);
  return { last: found.at(-1)?.keys, renewed: values.length };
};
