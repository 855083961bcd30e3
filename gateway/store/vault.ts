import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from "node:crypto";
import { createChance } from "./chance.ts";
import {
  type DataKey,
  type DigestPurpose,
  digestPurposeOf,
  digestPurposes,
  type Key,
  type KeyRing,
  type Purpose,
  purposes,
  type Ring,
  ringOf,
  type SealPurpose,
  sealPurposeOf,
  sealPurposes,
  versionIn,
} from "./keyring.ts";
import { createSigner, type Signer } from "./signer.ts";

export type { KeyRing } from "./keyring.ts";

/** The record that a sealed value belongs to; it opens nowhere else. */
export type Bound = { table: string; column: string; id: string };

export type Vault = Signer & {
  /** Never the same twice. Layout: key version (2 bytes) | nonce (12) | tag (16) | ciphertext. */
  seal(plain: string, bound: Bound): Uint8Array;
  /** Throws `VaultError` where the bytes were altered, lie in another record, or need a key that is not here. */
  open(sealed: Uint8Array, bound: Bound): string;
  /** Equal text, equal bytes; nothing about the text without the key. Layout: key version (2) | HMAC-SHA-256 (32). */
  digest(kind: string, text: string): Uint8Array;
  /** The digests under all known keys, the current first: what to look for, whenever it was written. */
  digests(kind: string, text: string): Uint8Array[];
  /**
   * Of the digests of one text, those under which another gateway may write the same text at this moment; nothing where
   * there is one key, as there is but for a rotation.
   */
  twins(kind: string, digests: readonly Uint8Array[]): Uint8Array[] | undefined;
  /** A key for a use beside the store in every version that still opens, that first with which to seal now. */
  keysFor(use: string): KeyRing;
  /** The versions of a purpose's key that are here; the first writes, where one does. */
  versions(purpose: Purpose): number[];
  /** Of which kinds the operator gave keys of their own. */
  owns: { sealing: boolean; digest: boolean };
  /** From now on these are the keys beside the operator's own: of each purpose all, in whatever state. */
  learn(keys: readonly DataKey[]): void;
};

/** Says what is wrong with a key or a sealed value, and neither of them. */
export class VaultError extends Error {
  override readonly name = "VaultError";
}

const sealUse = "everydose seal";
const keyBytes = 32;
const versionBytes = 2;
const nonceBytes = 12;
const tagBytes = 16;
const headBytes = versionBytes + nonceBytes + tagBytes;

/**
 * The operator's own keys, of which each ring may be empty where the database has data keys. No key is ever used as it
 * is: another is derived from it for each use.
 */
export const createVault = (own: { sealing: KeyRing; digest: KeyRing }): Vault => {
  refuseUnfit("sealing", own.sealing);
  refuseUnfit("digest", own.digest);
  const derived = createDeriver();
  const chance = createChance();
  let seals: Map<SealPurpose, Sealing>;
  let digesting: Map<DigestPurpose, Ring>;
  let versions: Map<Purpose, number[]>;
  let signer: Signer;

  const learn = (keys: readonly DataKey[]): void => {
    const rings = new Map(
      purposes.map((purpose) => {
        const operators = (sealPurposes as readonly Purpose[]).includes(purpose) ? own.sealing : own.digest;
        return [
          purpose,
          ringOf(
            operators,
            keys.filter((each) => each.purpose === purpose),
          ),
        ] as const;
      }),
    );
    const ring = (purpose: Purpose): Ring => rings.get(purpose) ?? missing(purpose);
    seals = new Map(sealPurposes.map((purpose) => [purpose, sealingOf(ring(purpose), derived)]));
    digesting = new Map(digestPurposes.map((purpose) => [purpose, ring(purpose)]));
    const removed = keys.filter(({ purpose, state }) => purpose === "signing" && state === "removed");
    signer = createSigner(ring("signing").all, removed);
    versions = new Map([...rings].map(([purpose, { all }]) => [purpose, all.map(({ version }) => version)]));
  };
  learn([]);

  const digestUnder = ({ version, key }: Key, kind: string, text: string): Uint8Array => {
    const digest = createHmac("sha256", derived(key, `everydose digest ${kind}`))
      .update(text, "utf8")
      .digest();
    return Buffer.concat([inBytes(version), digest]);
  };
  const ringFor = (kind: string): Ring => digesting.get(digestPurposeOf(kind)) ?? missing(kind);

  return {
    learn,
    keysFor: (use) => {
      const { writing, all } = digesting.get("general") ?? missing(use);
      const first = all.filter((each) => each === writing);
      const inOrder = [...first, ...all.filter((each) => each !== writing)];
      return inOrder.map(({ version, key }) => ({ version, key: derived(key, `everydose ${use}`) }));
    },
    versions: (purpose) => versions.get(purpose) ?? [],
    owns: { sealing: own.sealing.length > 0, digest: own.digest.length > 0 },
    sign: (text) => signer.sign(text),
    isSigned: (text, by) => signer.isSigned(text, by),
    publicKeys: () => signer.publicKeys(),
    seal: (plain, bound) => {
      const { writing } = seals.get(sealPurposeOf(bound.column)) ?? missing(bound.column);
      const { version, key } = writing ?? missing(placeOf(bound));
      const nonce = chance(nonceBytes);
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      cipher.setAAD(associated(version, bound));
      const ciphertext = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
      return Buffer.concat([inBytes(version), nonce, cipher.getAuthTag(), ciphertext]);
    },
    open: (sealed, bound) => {
      const { version, nonce, tag, ciphertext } = apart(Buffer.from(sealed));
      const key = seals.get(sealPurposeOf(bound.column))?.keys.get(version);
      if (!key)
        throw new VaultError(`sealing key version ${version} is not here; ${placeOf(bound)} needs it`);
      const decipher = createDecipheriv("aes-256-gcm", key, nonce).setAuthTag(tag);
      decipher.setAAD(associated(version, bound));
      try {
        return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString("utf8");
      } catch {
        throw new VaultError(`what lies in ${placeOf(bound)} was not sealed there, or was altered since`);
      }
    },
    digest: (kind, text) => digestUnder(ringFor(kind).writing ?? missing(kind), kind, text),
    digests: (kind, text) => ringFor(kind).all.map((key) => digestUnder(key, kind, text)),
    twins: (kind, digests) => {
      const { carried } = ringFor(kind);
      return carried.size === 0 ? undefined : digests.filter((each) => carried.has(versionIn(each)));
    },
  };
};

const missing = (what: string): never => {
  throw new VaultError(`there is no key for ${what}`);
};

type Deriver = (key: Uint8Array, use: string) => Buffer;
type Sealing = { writing?: Key; keys: ReadonlyMap<number, Buffer> };

const sealingOf = ({ writing, all }: Ring, derived: Deriver): Sealing => ({
  writing: writing && { version: writing.version, key: derived(writing.key, sealUse) },
  keys: new Map(all.map(({ version, key }) => [version, derived(key, sealUse)])),
});

const refuseUnfit = (name: string, ring: KeyRing): void => {
  for (const { version, key } of ring) {
    if (!Number.isInteger(version) || version < 1 || version > 0xff_ff) {
      throw new VaultError(`${name} key version ${version} is not a number from 1 to 65535`);
    }
    if (key.length === keyBytes) continue;
    throw new VaultError(`${name} key ${version} has ${key.length} bytes instead of ${keyBytes}`);
  }
  if (new Set(ring.map(({ version }) => version)).size < ring.length)
    throw new VaultError(`two ${name} keys have the same version`);
};

const derive = (key: Uint8Array, use: string) => Buffer.from(hkdfSync("sha256", key, "", use, keyBytes));

/** Each key is derived once for each use: to do it anew took longer than what it is for. */
const createDeriver = (): Deriver => {
  const derived = new Map<Uint8Array, Map<string, Buffer>>();
  return (key, use) => {
    const uses = derived.get(key) ?? new Map<string, Buffer>();
    const known = uses.get(use) ?? derive(key, use);
    derived.set(key, uses.set(use, known));
    return known;
  };
};

const inBytes = (version: number): Buffer => Buffer.from([version >> 8, version & 0xff]);

/** As JSON, in which no two records read the same. */
const associated = (version: number, { table, column, id }: Bound): Buffer =>
  Buffer.from(JSON.stringify([version, table, column, id]));

const placeOf = ({ table, column }: Bound): string => `${table}.${column}`;

const apart = (sealed: Buffer) => {
  if (sealed.length < headBytes) throw new VaultError("too short to be a sealed value");
  return {
    version: sealed.readUInt16BE(0),
    nonce: sealed.subarray(versionBytes, versionBytes + nonceBytes),
    tag: sealed.subarray(versionBytes + nonceBytes, headBytes),
    ciphertext: sealed.subarray(headBytes),
  };
};
