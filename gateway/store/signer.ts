import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject, sign, verify } from "node:crypto";

/** An Ed25519 signature, and the version of the key that made it. */
export type Signature = { key: number; signature: Uint8Array };

export type Signer = {
  sign(text: string): Signature;
  /** False as well where the key of that version is not here. */
  isSigned(text: string, by: Signature): boolean;
  /** What others need to check a signature, in PEM, by version. */
  publicKeys(): { version: number; pem: string }[];
};

/** RFC 8410: what stands before the 32 bytes of an Ed25519 key in PKCS #8. */
const head = Buffer.from("302e020100300506032b657004220420", "hex");

/** A pair of keys that follows from one of the operator's, and tells nothing of it. */
const derive = (key: Uint8Array): KeyObject => {
  const seed = Buffer.from(hkdfSync("sha256", key, "", "everydose sign", 32));
  return createPrivateKey({ key: Buffer.concat([head, seed]), format: "der", type: "pkcs8" });
};

/**
 * The first key of the ring signs; every one still checks what it once signed, and so does what is left of those that
 * were removed.
 */
export const createSigner = (
  ring: readonly { version: number; key: Uint8Array }[],
  removed: readonly { version: number; publicKey?: string }[] = [],
): Signer => {
  const keys = ring.map(({ version, key }) => ({ version, key: derive(key) }));
  const [newest] = keys;
  const publicKeys = new Map([
    ...keys.map(({ version, key }) => [version, createPublicKey(key)] as const),
    ...removed.flatMap(({ version, publicKey }) =>
      publicKey ? [[version, createPublicKey(publicKey)] as const] : [],
    ),
  ]);
  return {
    sign: (text) => {
      if (!newest) throw new Error("there is no key to sign with");
      return { key: newest.version, signature: sign(null, Buffer.from(text, "utf8"), newest.key) };
    },
    isSigned: (text, by) => {
      const known = publicKeys.get(by.key);
      return known !== undefined && verify(null, Buffer.from(text, "utf8"), known, by.signature);
    },
    publicKeys: () =>
      [...publicKeys].map(([version, known]) => ({
        version,
        pem: known.export({ format: "pem", type: "spki" }).toString(),
      })),
  };
};
