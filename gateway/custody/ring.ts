import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { type Custodian, CustodyError } from "../store/custody.ts";

/* Keys that the operator gives in a setting or in a file: they are in this process's memory, and wrap here. */

const use = "everydose wrap";
const nonceBytes = 12;
const tagBytes = 16;

/** Layout of what it wraps: nonce (12) | tag (16) | ciphertext (AES-256-GCM). The ring's key itself is never used. */
export const ringCustodian = ({ version, key }: { version: number; key: Uint8Array }): Custodian => {
  const name = `ring ${version}`;
  const wrapping = Buffer.from(hkdfSync("sha256", key, "", use, 32));
  const associated = (label: string) => Buffer.from(JSON.stringify([name, label]));
  return {
    name,
    wrap: async (plain, label) => {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv("aes-256-gcm", wrapping, nonce).setAAD(associated(label));
      const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]);
    },
    unwrap: async (wrapped, label) => {
      const bytes = Buffer.from(wrapped);
      const [nonce, tag] = [bytes.subarray(0, nonceBytes), bytes.subarray(nonceBytes, nonceBytes + tagBytes)];
      try {
        const decipher = createDecipheriv("aes-256-gcm", wrapping, nonce, { authTagLength: tagBytes });
        decipher.setAuthTag(tag).setAAD(associated(label));
        return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]);
      } catch {
        throw new CustodyError(`${name} did not wrap ${label}, or it was altered since`);
      }
    },
  };
};
