import { request } from "undici";

/** What a provider publishes is small; whoever sends more than this is no provider. */
const atMost = 1024 * 1024;

/**
 * A document of an identity provider's, of an address that it or its operator named. Follows no redirect, waits no longer
 * than it is told for all of it, and throws for whatever is not JSON with status 200.
 */
export const readJson = async (address: string, withinMs: number): Promise<unknown> => {
  const { statusCode, body } = await request(address, {
    headers: { accept: "application/json" },
    signal: AbortSignal.timeout(withinMs),
  });
  if (statusCode !== 200) {
    await body.dump();
    throw new Error(`status ${statusCode}`);
  }
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.length;
    if (size > atMost) throw new Error("too large");
    parts.push(part);
  }
  return JSON.parse(Buffer.concat(parts).toString("utf8"));
};
