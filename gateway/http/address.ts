import type { IncomingMessage } from "node:http";
import ipaddr from "ipaddr.js";

/* Whose connection a request came over, as far as its address tells. */

/** What the server hands on of the connection; nothing where a request was made within this process. */
type Connection = {
  incoming?: Pick<IncomingMessage, "headers"> & { socket: object & { remoteAddress?: string } };
};

type Address = ReturnType<typeof ipaddr.process>;
const read = (text: string | undefined): Address | undefined =>
  text !== undefined && ipaddr.isValid(text) ? ipaddr.process(text) : undefined;

/** One household, or one server, has a network of IPv6 to itself, and every address in it. */
const groupOf = (address: Address): string =>
  address.kind() === "ipv4"
    ? address.toString()
    : ipaddr.fromByteArray([...address.toByteArray().slice(0, 8), ...Array(8).fill(0)]).toString();

/** What a proxy adds to `Forwarded` (RFC 7239) and to its forerunner: who passed the request on, the first to the last. */
const inForwarded = (text: string) =>
  text.split(",").map((each) => /(?:^|;)\s*for="?([^";,\s]{1,60})/i.exec(each)?.[1] ?? "");
const inForerunner = (text: string) => text.split(",");

/** Without the port that may follow, and without the brackets of IPv6. */
const bare = (hop: string): string =>
  hop.trim().replace(/^(\d+\.\d+\.\d+\.\d+):\d+$|^\[([^\]]*)\](?::\d+)?$/, "$1$2");

/** The way that each of the two headers tells, where it is there. */
const waysIn = ({ forwarded, "x-forwarded-for": before }: IncomingMessage["headers"]): string[][] => [
  ...(forwarded === undefined ? [] : [inForwarded(forwarded).map(bare)]),
  ...(before === undefined ? [] : [inForerunner([before].flat().join()).map(bare)]),
];

/** Of whom the two headers tell differently: one of them a stranger wrote, and no proxy says which. */
const contradicted = "contradicted";

/**
 * The address that a request counts for, an IPv6 one as its network; nothing for a caller whom no limit by address
 * concerns: on this machine, or on a network of the operator's own, where one address may be a whole crowd's. What a
 * proxy says is believed where `trusted` names it, backwards from the last to the first that is not. Most proxies write
 * one of the two headers and hand the other on as it came: whoever is told of differently is counted with all of whom
 * that is so.
 */
export const createAddressOf = (trusted: readonly string[]) => {
  const networks = trusted.map((each) => ipaddr.parseCIDR(each));
  const isTrusted = (address: Address) =>
    networks.some(([base, length]) => base.kind() === address.kind() && address.match(base, length));
  const counted = (address: Address | undefined) =>
    address?.range() === "unicast" ? groupOf(address) : undefined;
  /** A connection has one peer for its whole life. */
  const peers = new WeakMap<object, { counts?: string; passesOn: boolean }>();
  const peerOf = (socket: object & { remoteAddress?: string }) => {
    const known = peers.get(socket);
    if (known) return known;
    const address = read(socket.remoteAddress);
    const peer = { counts: counted(address), passesOn: address !== undefined && isTrusted(address) };
    peers.set(socket, peer);
    return peer;
  };
  /** Whom a way ends with: the last that is not trusted. */
  const endOf = (hops: string[]): string | undefined => {
    for (const hop of hops.reverse()) {
      const address = read(hop);
      if (!address || !isTrusted(address)) return counted(address);
    }
    return undefined;
  };
  return (connection: unknown): string | undefined => {
    const { incoming } = (connection ?? {}) as Connection;
    if (!incoming) return undefined;
    const peer = peerOf(incoming.socket);
    if (!peer.passesOn) return peer.counts;
    const told = new Set(waysIn(incoming.headers).map(endOf));
    return told.size > 1 ? contradicted : [...told][0];
  };
};
