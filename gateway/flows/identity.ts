import type { VolunteerId } from "../../schema/primitives.ts";
import { evidence } from "../core/identity.ts";
import type { Db } from "../store/db.ts";
import * as identityWords from "../store/identity-words.ts";
import * as platforms from "../store/platforms.ts";
import type { VolunteerRow } from "../store/volunteers.ts";
import type { Deps } from "./deps.ts";
import { likened } from "./person.ts";
import { wordsBeside } from "./sync/record.ts";

/* Of what the digest of somebody's identity was made. */

/**
 * By what somebody is found who says to be whom another registration is found by: by nothing that anybody else could say,
 * until somebody has looked at both.
 */
export const claimOf = (words: string, id: VolunteerId): string => `${words}|claimed by ${id}`;

/** What it may have been made of, as far as the registration and the platforms' names for it tell. */
const candidates = async (tx: Db, deps: Deps, row: VolunteerRow): Promise<string[]> => {
  const { person } = likened(deps, row);
  const { nationalNumber, givenName, familyName, birthDate, email, mobile } = person;
  const words = evidence({ nationalNumber, givenName, familyName, birthDate, contact: { email, mobile } });
  const told = [words, claimOf(words, row.id)];
  if (nationalNumber) return told;
  const names = await platforms.identitiesOf(tx, row.id);
  return [...told, ...names.map(({ platform, externalId }) => wordsBeside(words, { platform, externalId }))];
};

/** The words that lead to that digest, which any of the known keys may have written; nothing where none do. */
export const wordsOf = async (tx: Db, deps: Deps, row: VolunteerRow): Promise<string | undefined> => {
  const leads = (words: string) =>
    deps.vault.digests("identity", words).some((digest) => Buffer.compare(digest, row.identityDigest) === 0);
  const told = (await candidates(tx, deps, row)).find(leads);
  if (told !== undefined) return told;
  const sealed = await identityWords.find(tx, row.identityDigest);
  return sealed && deps.vault.open(sealed, identityWords.boundTo(row.identityDigest));
};

/**
 * Keeps the words, sealed, before something of them changes or they are no longer this registration's: without them its
 * digest could never be made anew under another key.
 */
export const keepWords = async (tx: Db, deps: Deps, row: VolunteerRow): Promise<void> => {
  const words = await wordsOf(tx, deps, row);
  if (words === undefined) return;
  const digest = row.identityDigest;
  const wordsSealed = deps.vault.seal(words, identityWords.boundTo(digest));
  await identityWords.keep(tx, { digest, wordsSealed });
};
