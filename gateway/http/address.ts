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

/** `Forwarded` (RFC 7239) and its forerunner: who passed the request on, from the first to the last. */
const hopsIn = ({ forwarded, "x-forwarded-for": before }: IncomingMessage["headers"]): string[] => {
  const named = forwarded
    ?.split(",")
    .map((each) => /(?:^|;)\s*for="?\[?([^\]";,\s]{1,60})/i.exec(each)?.[1] ?? "");
  const listed = [before ?? []].flat().flatMap((each) => each.split(","));
  return (named ?? listed).map((each) => each.trim().replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1"));
};

/**
 * The address that a request counts for, an IPv6 one as its network; nothing for a caller whom no limit by address
 * concerns: on this machine, or on a network of the operator's own, where one address may be a whole crowd's. What a
 * proxy says is believed where `trusted` names it, backwards from the last to the first that is not.
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
  return (connection: unknown): string | undefined => {
    const { incoming } = (connection ?? {}) as Connection;
    if (!incoming) return undefined;
    const peer = peerOf(incoming.socket);
    if (!peer.passesOn) return peer.counts;
    for (const hop of hopsIn(incoming.headers).reverse()) {
      const address = read(hop);
      if (!address || !isTrusted(address)) return counted(address);
    }
    return undefined;
  };
};
