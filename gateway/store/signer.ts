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

/** The first key of the ring signs; every one still checks what it once signed. */
export const createSigner = (ring: readonly { version: number; key: Uint8Array }[]): Signer => {
  const keys = new Map(ring.map(({ version, key }) => [version, derive(key)]));
  const [newest] = [...keys];
  if (!newest) throw new Error("there is no key to sign with");
  const [version, key] = newest;
  return {
    sign: (text) => ({ key: version, signature: sign(null, Buffer.from(text, "utf8"), key) }),
    isSigned: (text, by) => {
      const known = keys.get(by.key);
      return (
        known !== undefined && verify(null, Buffer.from(text, "utf8"), createPublicKey(known), by.signature)
      );
    },
    publicKeys: () =>
      [...keys].map(([each, known]) => ({
        version: each,
        pem: createPublicKey(known).export({ format: "pem", type: "spki" }).toString(),
      })),
  };
};
