import { groupBy } from "./group-by.ts";

/** A digest as a word: of two byte arrays, none is the same key of a map as another. */
export const hexOf = (digest: Uint8Array): string => Buffer.from(digest).toString("hex");

/** By what the audit names whom it must not name: 24 digits of a digest, behind the version of its key. */
export const referenceOf = (digest: Uint8Array): string => hexOf(digest.subarray(2, 14));

/** All that is known under any of these digests, which are those of one person under several keys. */
export type ByDigest<Known> = (digests: readonly Uint8Array[]) => Known[];

/** Each of these may stand under several digests, and several under one. */
export const byDigest = <Known>(
  all: readonly Known[],
  digestsOf: (each: Known) => readonly Uint8Array[],
): ByDigest<Known> => {
  const named = all.flatMap((each) => digestsOf(each).map((digest) => ({ name: hexOf(digest), each })));
  const groups = groupBy(named, ({ name }) => name);
  return (digests) => digests.flatMap((one) => groups.get(hexOf(one)) ?? []).map(({ each }) => each);
};
