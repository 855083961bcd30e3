/* Which key is for what, and in which of its versions. */

/** One key in all its versions: the first writes, every one still opens and finds what it once wrote. */
export type KeyRing = readonly Key[];
export type Key = { version: number; key: Uint8Array };

export const sealPurposes = ["names", "numbers", "replies"] as const;
export const digestPurposes = ["identity", "contact", "token", "general"] as const;
/** Each has keys of its own: whoever has one of them can do nothing with what another is for. */
export const purposes = [...sealPurposes, ...digestPurposes, "signing"] as const;
export type SealPurpose = (typeof sealPurposes)[number];
export type DigestPurpose = (typeof digestPurposes)[number];
export type Purpose = (typeof purposes)[number];

/**
 * `known`: it opens and finds, and writes nothing yet. `used`: the newest of these writes, and another gateway may still
 * write under an older one. `retired`: nobody writes under it any more. `removed`: it is not there any more.
 */
type State = "known" | "used" | "retired" | "removed";

/**
 * A random key that is kept, wrapped, in the database; without `key` it is the operator's own of that version. Of one
 * that signed and was removed, `publicKey` is what is left, in PEM.
 */
export type DataKey = {
  purpose: Purpose;
  version: number;
  state: State;
  key?: Uint8Array;
  publicKey?: string;
};

/** Versions below are the operator's own keys, which wrote by themselves before there were data keys. */
export const firstDataKey = 10_001;

/** The key's version, which stands before whatever it wrote. */
export const versionIn = (written: Uint8Array): number => ((written[0] ?? 0) << 8) | (written[1] ?? 0);

/**
 * Of the digests of one text, the first of which is under the key that writes, that by which one under an older key may
 * be replaced: every gateway knows a data key before it is used, while one of the operator's own may be new to others.
 */
export const replacing = (digests: readonly Uint8Array[], found: Uint8Array): Uint8Array | undefined => {
  const [newest] = digests;
  if (!newest || versionIn(newest) < firstDataKey) return undefined;
  return versionIn(newest) === versionIn(found) ? undefined : newest;
};

/** `all` begins with the one that writes, where one does; `carried` are the others under which somebody may write. */
export type Ring = { writing?: Key; all: KeyRing; carried: ReadonlySet<number> };

const order: Record<State, number> = { used: 0, known: 1, retired: 2, removed: 3 };

/** The versions of one purpose's key, those of the operator's own and those of the database together. */
export const ringOf = (own: KeyRing, dataKeys: readonly DataKey[]): Ring => {
  const states = new Map(dataKeys.map(({ version, state }) => [version, state]));
  const stateOf = ({ version }: Key): State => states.get(version) ?? "used";
  const random = dataKeys.flatMap(({ version, key }) => (key ? [{ version, key }] : []));
  // What the operator gives later on wraps, and was never written with.
  const wrote = own.filter(({ version }) => dataKeys.length === 0 || states.has(version));
  const all = [...random, ...wrote]
    .filter((each) => stateOf(each) !== "removed")
    .toSorted((one, other) => order[stateOf(one)] - order[stateOf(other)] || other.version - one.version);
  const writing = all.find((each) => stateOf(each) === "used");
  const carried = all.filter((each) => each !== writing && stateOf(each) !== "retired");
  return { writing, all, carried: new Set(carried.map(({ version }) => version)) };
};

const sealedBy: ReadonlyMap<string, SealPurpose> = new Map([
  ["national_sealed", "numbers"],
  ["words_sealed", "numbers"],
  ["rows_sealed", "numbers"],
  ["reply_sealed", "replies"],
  ["secret_sealed", "replies"],
  ["old_secret_sealed", "replies"],
]);

/** The purpose of the key with which a column is sealed. */
export const sealPurposeOf = (column: string): SealPurpose => sealedBy.get(column) ?? "names";

const digestedBy: ReadonlyMap<string, DigestPurpose> = new Map([
  ["identity", "identity"],
  ...["contact", "block"].map((kind) => [kind, "contact"] as const),
  ...["token", "answer", "renewal", "key"].map((kind) => [kind, "token"] as const),
]);

/** The purpose of the key with which words of that kind are digested. */
export const digestPurposeOf = (kind: string): DigestPurpose => digestedBy.get(kind) ?? "general";
