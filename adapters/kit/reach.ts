import { lookup as ask, type LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { buildConnector } from "undici";
import { AdapterError } from "../../schema/adapter.ts";

/* Where a platform may lie: out on the internet, or where the operator says. */

export type Reach = {
  /** Networks beside the public internet, such as "10.20.0.0/16": those of the operator's own. */
  networks: readonly string[];
  /** Instead of the system's resolver. */
  resolve?: typeof ask;
};

type Address = ReturnType<typeof ipaddr.process>;

/** IPv4 within IPv6 by which a network translates (NAT64, RFC 6052): what counts is where it leads. */
const translated = (address: Address): Address => {
  if (address.kind() !== "ipv6" || address.range() !== "rfc6052") return address;
  const bytes = address.toByteArray();
  const isWellKnown = bytes
    .slice(2, 12)
    .every((byte, at) => byte === [0xff, 0x9b][at] || (at > 1 && byte === 0));
  return isWellKnown ? ipaddr.fromByteArray(bytes.slice(12)) : address;
};

/**
 * Whether that is an address that anybody's on the internet may have, or one of these networks. Everything that the
 * registries of IANA set apart is not: loopback, private, link-local with its metadata services, carriers' own,
 * multicast, and what tunnels to any of these.
 */
export const mayReach = (text: string, networks: readonly string[]): boolean => {
  if (!ipaddr.isValid(text)) return false;
  const address = translated(ipaddr.process(text));
  const isWithin = (network: string) => {
    const [base, length] = ipaddr.parseCIDR(network);
    return base.kind() === address.kind() && address.match(base, length);
  };
  return address.range() === "unicast" || networks.some(isWithin);
};

const refused = (host: string): AdapterError =>
  new AdapterError(
    "unavailable",
    `${host} lies in a network of its own; where it may, name the network in privateNetworks of platforms.yaml`,
  );

/** One that answers with what may be reached alone: the connection goes to exactly what was looked at here. */
const guardedLookup =
  ({ networks, resolve = ask }: Reach): LookupFunction =>
  (host, options, tell) =>
    resolve(host, { ...options, all: true }, (error, found: LookupAddress[]) => {
      if (error) return tell(error, "", 0);
      // A name that leads inside with any of its addresses is nobody's honest one.
      if (found.length === 0 || found.some(({ address }) => !mayReach(address, networks)))
        return tell(refused(host), "", 0);
      const [first] = found;
      return options.all ? tell(null, found) : tell(null, first?.address ?? "", first?.family);
    });

/** Connects like undici, but nowhere beyond that reach, whatever a name says from one moment to the next. */
export const connectorWithin = (reach: Reach, timeout: number): buildConnector.connector => {
  const connect = buildConnector({ timeout, lookup: guardedLookup(reach) });
  return (options, tell) => {
    // What is an address already is not looked up.
    if (ipaddr.isValid(options.hostname) && !mayReach(options.hostname, reach.networks))
      return tell(refused(options.hostname), null);
    return connect(options, tell);
  };
};
