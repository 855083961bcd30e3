import { createHmac } from "node:crypto";

/* Signatures by the Standard Webhooks specification 1.0: HMAC-SHA-256 over id, moment and body, by a shared secret. */

const prefix = "whsec_";

/** A secret as its holder gets it, of at least 192 bits in base64url. */
export const secretFrom = (token: string): string =>
  prefix + Buffer.from(token, "base64url").toString("base64");

export type Message = { id: string /** In seconds since 1970. */; timestamp: number; body: string };

/** "v1," and the signature, in base64. Throws where the secret holds no key. */
export const signatureOf = ({ id, timestamp, body }: Message, secret: string): string => {
  const key = Buffer.from(secret.startsWith(prefix) ? secret.slice(prefix.length) : secret, "base64");
  if (key.length === 0) throw new Error("a webhook's secret holds no key");
  if (!Number.isInteger(timestamp) || timestamp < 0)
    throw new Error("a webhook's moment is no number of seconds");
  return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`, "utf8").digest("base64")}`;
};

/** The headers of a message, signed with each of these secrets: whoever knows one of them can check it. */
export const signedHeaders = (message: Message, secrets: readonly string[]): Record<string, string> => ({
  "webhook-id": message.id,
  "webhook-timestamp": String(message.timestamp),
  "webhook-signature": secrets.map((secret) => signatureOf(message, secret)).join(" "),
});
