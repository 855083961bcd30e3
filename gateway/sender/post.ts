import { type LookupAddress, lookup } from "node:dns";
import { Agent } from "undici";
import { connectorWithin, mayReach } from "../../adapters/kit/reach.ts";
import { AdapterError } from "../../schema/adapter.ts";
import { type Instant, millis } from "../../schema/primitives.ts";
import type { Post, Posted } from "../flows/webhooks/post.ts";

/*
 * How a body gets to an address that somebody has given: out to the internet, or where the operator says, and nowhere
 * else, whatever a name leads to from one moment to the next. No redirect is followed, and nothing of what is answered is
 * kept but its status and how long it asks to wait.
 */

/** The specification of webhooks asks for 15 to 30 seconds. */
const usualTimeoutMs = 20_000;
/** So much of an answer is read before its connection is closed instead of used again. */
const readAtMost = 64 * 1024;
const lookedUpWithinMs = 2_000;

type Options = {
  /** Networks beside the public internet, in which http will do: those of the operator's own. */
  networks: readonly string[];
  now(): Instant;
  timeoutMs?: number;
  /** Instead of the system's resolver. */
  resolve?: typeof lookup;
};

const textOf = (header: string | string[] | undefined) => (Array.isArray(header) ? header[0] : header);

const waitOf = (header: string | undefined, now: Instant): number | undefined => {
  if (header === undefined) return undefined;
  const seconds = /^\d{1,9}$/.test(header) ? Number(header) : (Date.parse(header) - millis(now)) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, Math.ceil(seconds));
};

const timeouts = ["TimeoutError", "ConnectTimeoutError", "HeadersTimeoutError", "BodyTimeoutError"];

/** A code, never a message: that may repeat the address. */
const faultOf = (error: unknown): string => {
  if (error instanceof AdapterError) return "forbidden";
  if (!(error instanceof Error)) return "unknown";
  if (timeouts.includes(error.name)) return "timeout";
  if (error.cause instanceof AdapterError) return "forbidden";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
};

export const createPost = ({ networks, now, timeoutMs = usualTimeoutMs, resolve = lookup }: Options) => {
  const agent = new Agent({
    connect: connectorWithin({ networks, resolve }, timeoutMs),
    ...{ connections: 4, pipelining: 1, keepAliveTimeout: 4_000, keepAliveMaxTimeout: 10_000 },
    ...{ headersTimeout: timeoutMs, bodyTimeout: timeoutMs },
  });

  /** The addresses behind a name; none where it is not known, or not in time. */
  const addressesOf = (host: string): Promise<string[]> =>
    new Promise((tell) => {
      const late = setTimeout(() => tell([]), lookedUpWithinMs);
      resolve(host.replace(/^\[(.*)\]$/, "$1"), { all: true }, (_, found?: LookupAddress[]) => {
        clearTimeout(late);
        tell((found ?? []).map(({ address }) => address));
      });
    });

  const refusal = async (address: string): Promise<string | undefined> => {
    const { protocol, hostname, username, password, hash } = new URL(address);
    if (username || password) return "an address without a name and a password in it; what we send is signed";
    if (hash) return "an address without #, which is never sent";
    const found = await addressesOf(hostname);
    if (found.some((each) => !mayReach(each, networks)))
      return `${hostname} lies in a network of its own; the operator can name it in EVERYDOSE_WEBHOOK_NETWORKS`;
    const isOwn = found.length > 0 && found.every((each) => mayReach(each, networks) && isInside(each));
    return protocol === "https:" || isOwn ? undefined : "an address of https";
  };

  const send: Post["send"] = async ({ address, headers, body }): Promise<Posted> => {
    const { origin, pathname, search } = new URL(address);
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const asked = { origin, path: pathname + search, method: "POST" as const, headers, body, signal };
      const reply = await agent.request(asked);
      await reply.body.dump({ limit: readAtMost, signal }).catch(() => undefined);
      const retryAfterSeconds = waitOf(textOf(reply.headers["retry-after"]), now());
      return { status: reply.statusCode, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) };
    } catch (error) {
      return { fault: faultOf(error) };
    }
  };
  const post: Post = { refusal, send };
  return { post, close: () => agent.destroy() };
};

/** Whether an address is one that the public internet has not. */
const isInside = (address: string): boolean => !mayReach(address, []);
