import { sandboxPrefix } from "./secrets.ts";

/** One key in all its versions, newest first. Newer ones write; older ones still open what they once sealed. */
export type KeyRing = { version: number; key: Uint8Array }[];

const keyBytes = 32;
const remedy = `write 1: and ${keyBytes} random bytes in base64, for instance with: openssl rand -base64 ${keyBytes}`;

/** Reads "1:base64,2:base64". No key is ever part of a fault. */
export const readKeyRing = (text: string): { ring: KeyRing; faults: string[] } => {
  const faults: string[] = [];
  const ring = text.split(",").flatMap((entry, index) => {
    const [, version, base64] = /^\s*([1-9]\d{0,3}):(.+?)\s*$/.exec(entry) ?? [];
    const fault = entry.includes(sandboxPrefix)
      ? "is a sandbox key; make one of your own"
      : entryFault(version, base64);
    if (fault) faults.push(`entry ${index + 1} ${fault}`);
    return version && base64 ? [{ version: Number(version), key: Buffer.from(base64, "base64") }] : [];
  });
  if (new Set(ring.map(({ version }) => version)).size < ring.length) faults.push("has a version twice");
  return { ring: ring.sort((one, other) => other.version - one.version), faults };
};

const entryFault = (version?: string, base64?: string): string | undefined => {
  if (!version || !base64) return `is malformed; ${remedy}`;
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return `is not base64; ${remedy}`;
  const { length } = Buffer.from(base64, "base64");
  return length === keyBytes ? undefined : `has ${length} bytes instead of ${keyBytes}; ${remedy}`;
};
