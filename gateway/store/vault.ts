import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from "node:crypto";
import { createChance } from "./chance.ts";
import { createSigner, type Signer } from "./signer.ts";

/** One key in all its versions: the first writes, every one still opens and finds what it once wrote. */
export type KeyRing = readonly Key[];
type Key = { version: number; key: Uint8Array };

/** The record that a sealed value belongs to; it opens nowhere else. */
export type Bound = { table: string; column: string; id: string };

export type Vault = Signer & {
  /** Never the same twice. Layout: key version (2 bytes) | nonce (12) | tag (16) | ciphertext. */
  seal(plain: string, bound: Bound): Uint8Array;
  /** Throws `VaultError` where the bytes were altered, lie in another record, or need a key that is not here. */
  open(sealed: Uint8Array, bound: Bound): string;
  /** Equal text, equal bytes; nothing about the text without the key. Layout: key version (2) | HMAC-SHA-256 (32). */
  digest(purpose: string, text: string): Uint8Array;
  /** The digests under all known keys, the current first: what to look for, whenever it was written. */
  digests(purpose: string, text: string): Uint8Array[];
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

/** The operator's keys are never used as they are: another key is derived from them for each use. */
export const createVault = (rings: { sealing: KeyRing; digest: KeyRing }): Vault => {
  const sealing = current("sealing", rings.sealing);
  const digesting = current("digest", rings.digest);
  const derived = createDeriver();
  const chance = createChance();
  const sealingKeys = new Map(rings.sealing.map((each) => [each.version, derived(each.key, sealUse)]));
  const digestUnder = ({ version, key }: Key, purpose: string, text: string): Uint8Array => {
    const digest = createHmac("sha256", derived(key, `everydose digest ${purpose}`))
      .update(text, "utf8")
      .digest();
    return Buffer.concat([inBytes(version), digest]);
  };

  return {
    ...createSigner(rings.digest),
    seal: (plain, bound) => {
      const nonce = chance(nonceBytes);
      const cipher = createCipheriv("aes-256-gcm", derived(sealing.key, sealUse), nonce);
      cipher.setAAD(associated(sealing.version, bound));
      const ciphertext = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
      return Buffer.concat([inBytes(sealing.version), nonce, cipher.getAuthTag(), ciphertext]);
    },
    open: (sealed, bound) => {
      const { version, nonce, tag, ciphertext } = apart(Buffer.from(sealed));
      const key = sealingKeys.get(version);
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
    digest: (purpose, text) => digestUnder(digesting, purpose, text),
    digests: (purpose, text) => rings.digest.map((key) => digestUnder(key, purpose, text)),
  };
};

/** The key that writes. */
const current = (name: string, ring: KeyRing): Key => {
  const [newest] = ring;
  if (!newest) throw new VaultError(`there is no ${name} key`);
  for (const { version, key } of ring) {
    if (!Number.isInteger(version) || version < 1 || version > 0xff_ff) {
      throw new VaultError(`${name} key version ${version} is not a number from 1 to 65535`);
    }
    if (key.length === keyBytes) continue;
    throw new VaultError(`${name} key ${version} has ${key.length} bytes instead of ${keyBytes}`);
  }
  if (new Set(ring.map(({ version }) => version)).size === ring.length) return newest;
  throw new VaultError(`two ${name} keys have the same version`);
};

const derive = (key: Uint8Array, use: string) => Buffer.from(hkdfSync("sha256", key, "", use, keyBytes));

/** Each key is derived once for each use: to do it anew took longer than what it is for. */
const createDeriver = () => {
  const derived = new Map<Uint8Array, Map<string, Buffer>>();
  return (key: Uint8Array, use: string): Buffer => {
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
